"""Copy memory, 2015: how long a wait the LSTM bridges, beside a net whose recurrent matrix keeps lengths."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.library.variant import Chrono
from lstm_viz.papers.edited import Edited, per_cent
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial
from lstm_viz.training import Exam

SHORT, LONG, SOLVED, GUESSES = 20, 200, 5.0, 70.0
LENGTHS = (SHORT, 50, 100, LONG)

LSTM = Trial("lstm", "copy", SHORT, SHORT, 32, 1500, 32, 0.01)
ROTATION = LSTM._replace(cell="rnn_tanh", rate=0.001, starts=(("U_h", "orthogonal"), ("b_h", 0.0)))
LINEAR = "h = W_h @ x + U_h @ h_prev + b_h"


def starts(T: int) -> dict[str, tuple]:
    """The starts of an LSTM that is to remember for T steps, by their names."""
    return {"b_f = 3": (("b_f", 3.0),), "chrono": (("b_f", Chrono(1, T)), ("b_i", Chrono(-1, T)))}


def at(trial: Trial, T: int, equations: str = "") -> Edited:
    """The trial with sequences of T steps."""
    return Edited(trial._replace(T=T, shortest=T), equations)


def lstm(start: str, T: int) -> str:
    """The name of an arm."""
    return f"LSTM {start}, {T} steps"


def linear(T: int) -> str:
    """The name of an arm."""
    return f"linear RNN, {T} steps"


ARMS = {lstm(start, T): at(LSTM._replace(starts=starts(T)[start]), T) for T in LENGTHS for start in starts(T)}
ARMS |= {linear(T): at(ROTATION, T, LINEAR) for T in (SHORT, LONG)}


def wrong(arm: Edited, seed: int) -> float:
    """The share of symbols said wrongly, in per cent."""
    return per_cent(arm, seed, Exam(arm.trial.T))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the medians at the shortest and the longest wait, at each of the LSTM's best start."""
    short, long = (min(np.median(numbers[lstm(start, T)]) for start in starts(T)) for T in (SHORT, LONG))
    fails = short <= SOLVED and long >= GUESSES
    return grade(fails and np.median(numbers[linear(LONG)]) <= SOLVED, fails)


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
        f"{LSTM.hidden} units, {LSTM.steps * LSTM.batch:,} sequences in batches of {LSTM.batch}, Adam. The "
        f"LSTM at {LSTM.rate} with two starts: b_f = 3, and chrono (Tallec & Ollivier 2018), b_f and "
        "b_i = −b_f for memories as long as the sequence, at the same rate and not tuned. In "
        f"place of the unitary net a linear RNN, orthogonal start, at {ROTATION.rate}.",
        unit="% of the symbols said wrongly; a guess: 75 %",
        arms=ARMS,
        run=wrong,
        criterion=f"In the median the LSTM, by its better start at each length, has at most {SOLVED:g} % "
        f"wrong at {SHORT} steps and {GUESSES:g} % or more at {LONG}, the linear RNN at most {SOLVED:g} % at "
        f"{LONG}; in part, if that holds for the LSTM alone.",
        verdict=verdict,
        better="less",
    ),
    opens=f"training?task=copy&cells=lstm&T={LONG}&shortest={LONG}&hidden={LSTM.hidden}&rate={LSTM.rate}"
    f"&keep=chrono&steps={LSTM.steps}&horizon={LSTM.steps}&precision=float32&seed=1",
    opened=f"One of the ten arms with the first seed, the LSTM with chrono start at {LONG} steps.",
    exact=True,
)
