"""The pictures of the lesson on copying."""

import numpy as np

from lessons.copying.rings import LENGTH, Net, heard, ring, sequences
from lstm_viz.stage.chart import Axis, Heat, Note, Plot, Rule
from lstm_viz.tasks import Batch
from lstm_viz.tasks.copy_memory import INPUTS, SYMBOLS

T = 20
MESSAGE = "ACB"


def turning() -> Plot:
    """The state of a linear ring over twenty steps."""
    return state(ring(T), told(MESSAGE, T), 1.0)


def told(message: str, steps: int) -> Batch:
    """One sequence with this message."""
    batch = sequences(steps, 1)
    batch.x[:LENGTH, :, 0] = np.eye(len(INPUTS))[[INPUTS.index(symbol) for symbol in message]]
    return batch


def state(net: Net, batch: Batch, most: float, noise: float = 0.0) -> Plot:
    """All units at every step, the first slot on top; above them what is read."""
    values = heard(net, batch, noise)[0].values["h"][:, :, 0].T
    units, steps = values.shape
    slots = units // net.slot
    # A row above the units, empty, for the letters that are read.
    rows = np.vstack([values[::-1], np.zeros((1, steps))])
    symbols = [INPUTS[code] for code in batch.x[:LENGTH, :, 0].argmax(axis=1)]
    names = [(units - net.slot * (k + 0.5) + 0.5, f"slot {k + 1}") for k in range(slots)]
    if slots == 1:
        names = [(units - k, symbol) for k, symbol in enumerate(SYMBOLS)]
    return Plot(
        f"The state of {units} units in {slots} slots" if slots > 1 else f"The state of {units} units",
        Axis("step", 0.5, steps + 0.5),
        Axis("", 0.5, units + 1.5, names=names),
        (
            Heat("state", "signed", rows, -most, most),
            *(Rule("", units + 0.5 - net.slot * k, across=True) for k in range(slots)),
            *(Note(symbol, k + 1, units + 1) for k, symbol in enumerate(symbols)),
            Note("?", steps - LENGTH, units + 1),
        ),
        f"{', '.join(symbols)} are written at the first steps"
        + (" and move one slot on at every step." if slots > 1 else " and stay where they are."),
        tall=0.6 + 0.05 * units,
    )
