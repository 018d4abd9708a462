"""Pack the curves of runs into bytes for the browser: head and arrays as in stage/pack.py, thinned.

The arrays are "run/plot" (points, 3), as `thin` makes them: with a logarithmic axis they are log10 already.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.palette import SYMBOLS
from lstm_viz.stage.curves.thin import width
from lstm_viz.stage.pack import to_bytes

# Told apart without colour too: dashes in pixels.
DASHES = ("", "9 4", "2 3", "12 4 2 4")
INKS = SYMBOLS[1:5]


class Run(NamedTuple):
    """One run as it is drawn: its names, how far it is, what to say of it; `broke` is what ended it."""

    title: str
    short: str
    steps: int
    says: str
    broke: str
    points: tuple[np.ndarray, ...]  # one for each plot


class Plot(NamedTuple):
    """One metric of all runs: the axis runs from `low` to `high`, in log10 where it is logarithmic.

    `baseline` is a value to be drawn across, `line` its name there, `beside` its name in the heading,
    `phrase` says what reaches it; `percent` writes shares. A plot with `across` has an axis of its own
    along, of sequences ("low" and "high" in log10, "words"): the places on it come first in every point.
    A `note` stands below it.
    """

    key: str
    title: str
    words: str
    logarithm: bool
    percent: bool
    low: float
    high: float
    baseline: float | None = None
    phrase: str = ""
    line: str = "no memory"
    beside: str = "without memory"
    across: dict | None = None
    note: str = ""


def pack_curves(
    runs: list[Run], plots: list[Plot], goal: int, batch: int, moments: dict, unit: str = "update"
) -> bytes:
    """The bytes of the curves: `goal` updates across, of `batch` sequences each, 0 where runs differ in it.

    `moments` has "stops" (the updates that can be shown), "at" (the one that is), "newest" (the one that it
    is where it follows) and "follow".
    """
    arrays = {
        f"{k}/{plot.key}": points
        for k, run in enumerate(runs)
        for plot, points in zip(plots, run.points, strict=True)
    }
    head = {
        "goal": goal,
        "width": width(goal),
        "batch": batch,
        "unit": unit,
        "runs": [
            run._asdict() | {"points": None, "ink": INKS[k], "dash": DASHES[k]} for k, run in enumerate(runs)
        ],
        "plots": [plot._asdict() for plot in plots],
        "fine": 1,
        **moments,
    }
    return to_bytes(head, arrays)
