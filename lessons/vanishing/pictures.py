"""The pictures of the lesson on vanishing gradients."""

import numpy as np

from lessons.plain import net
from lessons.seen import at, share
from lessons.vanishing.networks import FAILED, MARKS
from lessons.words import tens
from lstm_viz.flow.jacobians import running
from lstm_viz.stage.chart import Axis, Band, Line, Note, Plot, Rule

STEPS = np.arange(101)
DRAWN = (0.8, 0.9, 0.955, 1.0, 1.047, 1.1)


def seen() -> Plot:
    """The gradient of two trained networks on its way back, as shares of what it was at the end."""
    rnn, lstm = at(FAILED).runs
    left = {"plain network": share(rnn, "h"), "LSTM": share(lstm, "c")}
    steps = np.arange(1, 101)
    roles = {"plain network": "hidden", "LSTM": "cell"}
    lines = [Line(name, roles[name], steps, values) for name, values in left.items()]
    # Above the falling curve, below the level one.
    off = {"plain network": 1e3, "LSTM": 1e-2}
    notes = [Note(tens(v[m]), m + 1, v[m] * off[name]) for name, v in left.items() for m in MARKS]
    rules = [
        Rule(f"{words} marked number", m + 1) for words, m in zip(("first", "second"), MARKS, strict=True)
    ]
    said = "; ".join(
        f"{name}: {tens(values[MARKS[1]])} at step 60, {tens(values[MARKS[0]])} at step 15"
        for name, values in left.items()
    )
    return Plot(
        "What is left of the gradient",
        Axis("step", 1, 100),
        Axis("share of that at the last step", 1e-35, 1e8, log=True),
        (*lines, *rules, *notes),
        f"The share of the last step's gradient that is left at each step. {said}.",
        tall=1.2,
    )


def powers() -> Plot:
    """What a weight leaves of the gradient after 0 to 100 steps."""
    lines = [Line(f"{w:g}", "hidden", STEPS, np.append(1.0, left(w))) for w in DRAWN]
    band = Band("", "input", [0, 100], [0.01, 0.01], [100, 100])
    ends = ", ".join(f"{w:g} to {tens(left(w)[-1])}" for w in DRAWN)
    return Plot(
        "One unit without tanh, by its weight",
        Axis("steps back", 0, 100),
        Axis("share that is left", 1e-10, 1e6, log=True),
        (band, *lines),
        f"Straight lines from 1, one a weight; after 100 steps {ends}. "
        "Those between a hundredth and a hundred are shaded.",
        tall=1.1,
    )


def left(w: float) -> np.ndarray:
    """The products of 1 to 100 Jacobians of a linear unit with this weight."""
    return running(np.full((100, 1, 1), net("linear", [[w]]).U))
