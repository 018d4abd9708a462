"""State tracking, 2024: parity needs a cell that reads its own last output."""

import re
from collections.abc import Mapping

import numpy as np

from lstm_viz.library import LIBRARY
from lstm_viz.papers.edited import Edited, per_cent
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial
from lstm_viz.training import Exam

T, SHORTEST, LONG, TESTS = 20, 5, 200, 100
RIGHT, GUESSES, CLEAR = 5.0, 40.0, 20.0

COMMON = Trial("lstm", "parity", T, SHORTEST, 8, 1000, 32, 0.02)
BLIND = re.sub(r" \+ U_\w @ h_prev", "", LIBRARY["lstm"].equations)
MIXES = {arm: Edited(COMMON._replace(cell=cell)) for arm, cell in (("sLSTM", "slstm"), ("LSTM", "lstm"))}
MIXES["tanh RNN"] = Edited(COMMON._replace(cell="rnn_tanh"))
DOES_NOT = {
    "mLSTM": Edited(COMMON._replace(cell="mlstm")),
    "mLSTM, twice as long": Edited(COMMON._replace(cell="mlstm", steps=2 * COMMON.steps)),
    "LSTM without U h": Edited(COMMON, BLIND),
}


def wrong(arm: Edited, seed: int) -> float:
    """The share of wrong answers far beyond the lengths of training, in per cent."""
    return per_cent(arm, seed, Exam(LONG, TESTS))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the medians of the nets with memory mixing and of those without."""
    middle = {arm: np.median(values) for arm, values in numbers.items()}
    solved, none = (middle[arm] < RIGHT for arm in MIXES), (middle[arm] > GUESSES for arm in DOES_NOT)
    return grade(all(solved) and all(none), middle["sLSTM"] < RIGHT and middle["mLSTM"] > CLEAR)


ROW = Row(
    name="tracking",
    title="Keeping track of a state",
    paper=Paper(
        source="Beck et al. 2024, xLSTM: Extended long short-term memory",
        claim="Tasks like parity ask for memory mixing, hidden to hidden connections: the sLSTM and the "
        "LSTM solve them, models without it do not.",
        number="in words alone: solved or not",
        sure="read",
    ),
    ours=Ours(
        setup=f"The parity of the bits so far, at every step; learnt on {SHORTEST}–{T} bits, "
        f"{COMMON.hidden} units, {COMMON.steps * COMMON.batch:,} sequences in batches of {COMMON.batch}, "
        f"Adam at {COMMON.rate}, one layer and no more; one arm has twice as many. Asked on {LONG} bits, "
        "ten times the longest. The LSTM without U h is the library's with its recurrent products taken "
        "out.",
        unit=f"% of answers wrong on {LONG} bits; a guess: 50 %",
        arms=MIXES | DOES_NOT,
        run=wrong,
        criterion=f"In the median less than {RIGHT:g} % wrong for sLSTM, LSTM and tanh RNN, more than "
        f"{GUESSES:g} % in each of the other arms; in part, if less than {RIGHT:g} % for the sLSTM and more "
        f"than {CLEAR:g} % for the mLSTM.",
        verdict=verdict,
        better="less",
    ),
    opens=f"training?task=parity&cells=rnn_tanh,lstm,slstm,mlstm&T={T}&shortest={SHORTEST}"
    f"&hidden={COMMON.hidden}&rate={COMMON.rate}&steps={COMMON.steps}&precision=float32&seed=1",
    opened="Four of the six arms with the first seed, each as it is in the library.",
    exact=True,
)
