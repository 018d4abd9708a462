"""Copy memory, 2015: a task on which the LSTM, too, comes to its end."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.papers.edited import Edited, per_cent
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial
from lstm_viz.training import Exam

SHORT, LONG, SOLVED, GUESSES = 20, 200, 5.0, 70.0
LENGTHS = (SHORT, 50, 100, LONG)

LSTM = Trial("lstm", "copy", SHORT, SHORT, 32, 1500, 32, 0.01, (("b_f", 3.0),))
ROTATION = LSTM._replace(cell="rnn_tanh", rate=0.001, starts=(("U_h", "orthogonal"), ("b_h", 0.0)))
LINEAR = "h = W_h @ x + U_h @ h_prev + b_h"


def at(trial: Trial, T: int, equations: str = "") -> Edited:
    """The trial with sequences of T steps."""
    return Edited(trial._replace(T=T, shortest=T), equations)


ARMS = {f"LSTM, {T} steps": at(LSTM, T) for T in LENGTHS}
ARMS |= {f"linear RNN, {T} steps": at(ROTATION, T, LINEAR) for T in (SHORT, LONG)}


def wrong(arm: Edited, seed: int) -> float:
    """The share of symbols said wrongly, in per cent."""
    return per_cent(arm, seed, Exam(arm.trial.T))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the medians at the shortest and the longest wait."""
    short, long, linear = (
        np.median(numbers[arm])
        for arm in (f"LSTM, {SHORT} steps", f"LSTM, {LONG} steps", f"linear RNN, {LONG} steps")
    )
    fails = short <= SOLVED and long >= GUESSES
    return grade(fails and linear <= SOLVED, fails)


ROW = Row(
    name="copying",
    title="Copying after a long wait",
    paper=Paper(
        source="Arjovsky, Shah & Bengio 2015, Unitary evolution recurrent neural networks, the copying "
        "problem",
        claim="After a longer wait the LSTM does no better than a net without memory, where one whose "
        "recurrent matrix keeps lengths (unitary) still copies.",
        number="“the LSTM is able to beat the baseline only for 100 times steps”",
        sure="notes",
    ),
    ours=Ours(
        setup=f"3 of 4 symbols for the paper's 10 of 8, sequences of {SHORT}–{LONG} steps in all. "
        f"{LSTM.hidden} units, {LSTM.steps * LSTM.batch:,} sequences in batches of {LSTM.batch}, Adam: the "
        f"LSTM with b_f = 3 at {LSTM.rate}; in place of the unitary net a linear RNN, orthogonal start, at "
        f"{ROTATION.rate}. With more sequences the LSTM gets further.",
        unit="% of the symbols said wrongly; a guess: 75 %",
        arms=ARMS,
        run=wrong,
        criterion=f"In the median the LSTM has at most {SOLVED:g} % wrong at {SHORT} steps and {GUESSES:g} "
        f"% or more at {LONG}, the linear RNN at most {SOLVED:g} % at {LONG}; in part, if that holds for "
        "the LSTM alone.",
        verdict=verdict,
        better="less",
    ),
    opens=""
    f"training?task=copy&cells=lstm,rnn_tanh&T={LONG}&shortest={LONG}&hidden={LSTM.hidden}&rate={LSTM.rate}&keep=open&steps={LSTM.steps}&precision=float32&seed=1",
)
