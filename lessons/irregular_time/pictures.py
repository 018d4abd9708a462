"""The pictures of the lesson on irregular time: two laws of fading, two memories of one window."""

import numpy as np

from lessons.irregular_time.measured import SHORTEST, WINDOW, left
from lessons.irregular_time.memory import kept
from lstm_viz.stage.chart import Axis, Line, Plot
from lstm_viz.tasks.events import FADE

MOMENT = 700  # the step that is shown, counted from the second window on
HIGH = 3.0


def fade() -> Plot:
    """What is left after a wait."""
    waits = np.geomspace(0.1, 1000, 81)
    logarithm, exponential = [left(dt) for dt in waits], np.exp(-waits / FADE)
    lines = (
        Line("T-LSTM", "cell", waits, logarithm),
        Line("exponential", "plain", waits, exponential, "dash"),
    )
    return Plot(
        "What is left of the short-lived part",
        Axis("elapsed time Δ", 0.1, 1000, log=True),
        Axis("share", 0, 1),
        lines,
        f"The T-LSTM leaves {left(1):.2f} after 1, {left(16):.2f} after 16, {left(1000):.2f} after 1,000; "
        f"the exponential {np.exp(-16 / FADE):.2f} after 16 and nothing after 1,000.",
    )


def window() -> Plot:
    """A window of the signal, and what two memories say of it."""
    return recalled((8, 12), WINDOW, SHORTEST)


def recalled(orders: tuple[int, ...], length: int, shortest: float) -> Plot:
    """The last steps of a signal, as they were and as memories of these orders have them."""
    k = kept(orders[0], length, shortest)
    roles = ("gradient", "cell")[-len(orders) :]
    steps, was, lines = -k.ago[::-1], k.was[MOMENT, ::-1], []
    for order, role in zip(orders, roles, strict=True):
        said = kept(order, length, shortest).said[MOMENT, ::-1].clip(-HIGH, HIGH)
        lines.append(Line(f"order {order}", role, steps, said))
    off = [np.abs(line.y - was).max() for line in lines]
    lines.append(Line("signal", "plain", steps, was, "dash"))
    told = ", ".join(f"order {order} by {most:.2g}" for order, most in zip(orders, off, strict=True))
    return Plot(
        "The window now, and what the memory has of it",
        Axis("steps before now", -length, 0),
        Axis("signal", -HIGH, HIGH),
        tuple(lines),
        f"The last {length} steps of a signal. At most a memory is off: {told}.",
    )
