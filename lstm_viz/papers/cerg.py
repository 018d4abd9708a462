"""Learning to forget, 2000: a stream that never ends, with and without a forget gate."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.library import LIBRARY
from lstm_viz.papers.edited import Edited, spec_of
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.streams import before_error, right
from lstm_viz.papers.trial import Trial

STREAMS, WINDOW, WINDOWS, ASKED = 8, 40, 1000, 10_000
GOOD, POOR = 1000, 100  # symbols without an error; the first is the paper's "good"

FORGET = Trial("lstm", "reber_stream", WINDOW, WINDOW, 12, WINDOWS, STREAMS, 0.01)
NONE = FORGET._replace(cell="lstm1997")
DECAYS = LIBRARY["lstm1997"].equations.replace("c = c_prev", "c = 0.9 * c_prev")
ARMS = {
    "forget gate": Edited(FORGET),
    "no forget gate": Edited(NONE),
    "none, twice as long": Edited(NONE._replace(steps=2 * WINDOWS)),
    "state × 0.9 every step": Edited(NONE, DECAYS),
}


def symbols(arm: Edited, seed: int) -> float:
    """How many symbols the net predicts before its first error, the mean of its streams."""
    spec = spec_of(arm, seed)._replace(precision="float64")
    return before_error(right(spec, arm.trial.steps, ASKED))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the medians of the arms."""
    gate, *others = (np.median(numbers[arm]) for arm in ARMS)
    return grade(gate > GOOD and max(others) < POOR, gate > GOOD and others[0] < POOR)


ROW = Row(
    name="cerg",
    title="Learning to forget",
    paper=Paper(
        source="Gers, Schmidhuber & Cummins 2000, Learning to forget, table 2",
        claim="On a stream that is never reset an LSTM needs a forget gate; letting the state decay does "
        "not do.",
        number="of 100 nets with forget gates 18 predicted ten streams of 100,000 symbols without an error "
        "(62 with a falling rate); without forget gates none, and 99 erred after 37 symbols on average; "
        "with a decay of 0.9 after 56",
        sure="read",
    ),
    ours=Ours(
        setup=f"The continual embedded Reber grammar, {STREAMS} streams whose states are never set back, in "
        f"training or after; the gradient is cut every {WINDOW} symbols. {FORGET.hidden} units, Adam at "
        f"{FORGET.rate}, {STREAMS * WINDOW * WINDOWS:,} symbols in {WINDOWS:,} updates; one arm has twice "
        "as many. Then the weights are kept and the streams read on.",
        unit=f"symbols before the first error, mean of {STREAMS} streams, at most {ASKED:,}",
        arms=ARMS,
        run=symbols,
        criterion=f"In the median more than {GOOD:,} with the forget gate and less than {POOR} in each of "
        f"the other arms; in part, if less than {POOR} at least without forget gate after as many symbols.",
        verdict=verdict,
        better="more",
    ),
    opens=f"training?task=reber_stream&cells=lstm1997,lstm&T={WINDOW}&shortest={WINDOW}"
    f"&hidden={FORGET.hidden}&batch={STREAMS}&rate={FORGET.rate}&steps={WINDOWS}&seed=1",
    opened=f"New sequences of {WINDOW} symbols, each from rest, in place of streams whose states are never "
    "set back. Without the arms with twice as many symbols and with a decay.",
)
