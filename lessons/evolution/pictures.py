"""The pictures of the lesson on evolution: what nudges know of a gradient, and networks left alone."""

import numpy as np

from lessons.evolution.nets import PAIRS, alone, by_chance, cost, turning
from lstm_viz.stage.chart import Axis, Line, Plot, Rule

SHOWN = 120  # steps of the free run that are drawn
EDGE = 2.5


def estimate() -> Plot:
    """The cosine between the gradient and a sum of random nudges."""
    pairs = np.arange(1, PAIRS + 1)
    weights = int(next(iter(cost().values())))
    lines = (
        Line("by chance", "plain", pairs, by_chance(pairs, weights), "dash", True),
        Line("measured", "gradient", pairs, turning()),
    )
    return Plot(
        "How near random nudges come to the gradient",
        Axis("pairs of nudges", 1, PAIRS, log=True),
        Axis("cosine of the angle", 0, 1),
        lines,
        f"The cosine rises from {turning()[0]:.2f} with one pair to {turning()[-1]:.2f} with {PAIRS}, for "
        f"{weights} weights.",
    )


def free() -> tuple[Plot, ...]:
    """The best and the median of a hundred networks: led, and alone."""
    drawn = alone(1)
    order = np.argsort(drawn.alone_error)
    return (
        played("The best of a hundred", drawn, int(order[0])),
        played("The median one", drawn, int(order[len(order) // 2])),
    )


def played(title: str, drawn, k: int) -> Plot:
    """What one network says while it is led and when it is alone."""
    steps = np.arange(100, 100 + SHOWN)
    marks = (
        Line("right", "plain", steps, drawn.target[:SHOWN]),
        Line("led", "input", steps, drawn.led[:SHOWN, k], "dot"),
        Line("alone", "cell", steps, np.clip(drawn.alone[:SHOWN, k], -EDGE, EDGE)),
        Rule("", 100),
    )
    led, own = drawn.led_error[k], drawn.alone_error[k]
    said = f"{title}: error {led:.2g} of the variance while led, {own:.2g} alone."
    return Plot(title, Axis("step", 100, 99 + SHOWN), Axis("value", -EDGE, EDGE), marks, said)
