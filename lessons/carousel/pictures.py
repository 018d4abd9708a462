"""The picture of the lesson on the carousel: by what one step multiplies the gradient."""

import numpy as np

from lessons.carousel.units import factor
from lessons.plain import jacobians, net
from lstm_viz.stage.chart import Axis, Line, Plot

VALUES = np.linspace(-1, 1, 121)


def factors() -> Plot:
    """The factor of one step at each state, of two tanh units and of a straight line."""
    straight = [jacobians(net("linear", [[1.0]]), [0.0], [v])[0, 0, 0] for v in VALUES]
    lines = (
        Line("tanh, weight 2", "hidden", VALUES, factor(2.0, VALUES)),
        Line("straight line, weight 1", "cell", VALUES, straight),
        Line("tanh, weight 1", "output", VALUES, factor(1.0, VALUES), "dash"),
    )
    return Plot(
        "By what a step multiplies the gradient",
        Axis("state after the step", -1, 1),
        Axis("factor", 0, 2.2),
        lines,
        "Tanh with weight 2 has the factor 2 at state 0 and falls to 0 at −1 and 1; with weight 1 it has 1 "
        "at 0 and falls to 0; the straight line with weight 1 has 1 everywhere.",
        tall=1.1,
    )
