"""The picture of the lesson on the ConvLSTM: two maps of the trained network while it follows the dot."""

import numpy as np

from lessons.seen import at
from lstm_viz.stage.chart import Axis, Dots, Heat, Plot
from lstm_viz.tasks.dot import SIZE

SEEN = "/?task=dot&right=convlstm_peephole&left=lstm&T=24&hidden=8&loss=every&open=i&unit=5&t=18&model=2"
T, GATE, STATE = 17, 4, 0  # the step, and the channels of the input gate and the cell state, from 0
NAMES = [(SIZE + 1 - row, str(row)) for row in range(1, SIZE + 1)]


def seen() -> tuple[Plot, Plot]:
    """One channel's input gates and another's cell states at step 18."""
    values = at(SEEN).runs[1].trace.values
    before, now, after = (place(t) for t in (T - 1, T, T + 1))
    gates, states = values["i"][T, GATE, :, :, 0], values["c"][T, STATE, :, :, 0]
    left = maps(
        "Input gates of channel 5", "input", gates, (0.0, 1.0), (now, "now"), (before, "one frame ago")
    )
    right = maps("Cell states of channel 1", "cell", states, (-4.0, 1.0), (now, "now"), (after, "next"))
    return left, right


def place(t: int) -> tuple[float, float]:
    """Column and height of the dot at a step, in the axes of the picture."""
    row, column = divmod(int(at(SEEN).batch.x[t, :, 0].argmax()), SIZE)
    return column + 1, SIZE - row


def maps(title: str, role: str, values: np.ndarray, bounds: tuple[float, float], *dots) -> Plot:
    """A map with the dot at two times."""
    marks = [Heat(title, role, values[::-1], *bounds)]
    for ((x, y), when), ink in zip(dots, ("hidden", "gradient"), strict=True):
        marks.append(Dots(f"the dot {when}", ink, [x], [y]))
    where = ", ".join(f"{when} at row {SIZE + 1 - y:g}, column {x:g}" for (x, y), when in dots)
    low, high = (at_pixel(pick(values)) for pick in (np.argmin, np.argmax))
    said = f"{title}, lowest at {low}, highest at {high}. The dot is {where}."
    axes = Axis("column", 0.5, SIZE + 0.5), Axis("row", 0.5, SIZE + 0.5, names=NAMES)
    return Plot(f"{title}: full colour is high", *axes, tuple(marks), said, tall=1.5)


def at_pixel(pixel: int) -> str:
    """A pixel in words."""
    row, column = divmod(int(pixel), SIZE)
    return f"row {row + 1}, column {column + 1}"
