"""The lesson on the forget gate: where in an endless stream the gates have learnt to shut."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.papers import forget_stream
from lstm_viz.papers.forget_stream import Heard, Stream, heard
from lstm_viz.papers.row import Ours, Row, grade
from lstm_viz.tasks.reber import SYMBOLS

BORDER, EVERYWHERE = "where a string ends or begins, the lowest unit", "everywhere, all units"


def borders(found: Heard) -> tuple[np.ndarray, np.ndarray]:
    """The letters (T, B) that are the last of a string, and those that are the first: E, then B."""
    # After the outer E alone a B must come; the inner one is followed by T or P.
    legal = found.batch.legal
    last = (legal[:, SYMBOLS.index("B")] == 1) & (legal.sum(axis=1) == 1)
    last &= found.batch.x[:, SYMBOLS.index("E")] == 1
    first = np.zeros_like(last)
    first[1:] = last[:-1]
    return last, first


def gate(arm: Stream, seed: int) -> float:
    """The mean forget gate: of the unit that shuts most at the borders, or of all units at all letters."""
    found = heard(arm.cell, arm.windows, seed)
    f = found.values["f"]
    if arm.asked == "all":
        return float(f.mean())
    units = np.moveaxis(f, 1, -1)
    return float(min(units[where].mean(axis=0).min() for where in borders(found)))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the two means."""
    low, mean = np.array(numbers[BORDER]), np.array(numbers[EVERYWHERE])
    return grade((low < 0.2).all() and (mean > 0.7).all(), (low < mean / 2).all())


ROW = Row(
    name="forget_reset",
    title="Where the forget gates shut",
    paper=forget_stream.ROW.paper._replace(
        claim="The gates learn by themselves to shut where a string ends.",
        number="in words alone",
        sure="notes",
    ),
    ours=Ours(
        setup=forget_stream.ROW.ours.setup,
        unit="mean forget gate",
        arms={BORDER: Stream("lstm"), EVERYWHERE: Stream("lstm", asked="all")},
        run=gate,
        criterion="With every seed one unit's mean is below 0.2 at a border, and the mean of all above 0.7; "
        "in part, if it is less than half of the mean of all.",
        verdict=verdict,
        seeds=(1, 2, 3, 4),
    ),
    opens="lessons?lesson=forget_gate",
    opened="The lesson on the forget gate, with a map of the gates.",
)
