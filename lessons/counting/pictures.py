"""The picture of the lesson on counting, and the curve that the reader draws."""

import numpy as np

from lessons.counting.grammar import drawing
from lessons.counting.nets import MOST, lstm2, reach
from lessons.parts import Curve, Drawing
from lstm_viz.stage.chart import Ask, Axis, Line, Plot

BIASES = np.linspace(0, 10, 21)


def grammar() -> Drawing:
    """The embedded Reber grammar."""
    return Drawing(
        drawing(),
        "The embedded Reber grammar: from B either T or P leads into one of two equal inner grammars, and "
        "the same letter leads out of it to the closing E.",
    )


def leak() -> tuple[Line, ...]:
    """How far the counter gets by the bias of its forget gate."""
    return (Line("in fact", "forget", BIASES, [reach(lstm2(bias), MOST) for bias in BIASES]),)


LEAK = Curve(
    Plot(
        "How far does it count?",
        Axis("bias of the counter's forget gate", 0, 10),
        Axis("largest n that is right", 0.8, 200, log=True),
        (),
        "An empty plot: the bias across, the largest n that is right upwards.",
    ),
    Ask([float(b) for b in range(11)], 10.0),
    leak,
)
