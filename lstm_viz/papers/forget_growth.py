"""The lesson on the forget gate: how far the cell states go out on a stream that is never reset."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.papers import forget_stream
from lstm_viz.papers.forget_stream import STREAMS, WINDOW, WINDOWS, Stream, heard
from lstm_viz.papers.row import Ours, Row, grade

STAGES = tuple(WINDOWS // part for part in (8, 4, 2, 1))  # windows after which one looks
CELLS = {"LSTM": "lstm", "LSTM 1997": "lstm1997"}


def farthest(arm: Stream, seed: int) -> float:
    """The farthest cell state of all units and streams in the letters of one window."""
    return float(np.abs(heard(arm.cell, arm.windows, seed, WINDOW).values["c"]).max())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the states at the end."""
    gate, none = (numbers[name_of(cell, WINDOWS)] for cell in CELLS)
    return grade(min(none) > 10 * max(gate), np.median(none) > np.median(gate))


def name_of(cell: str, windows: int) -> str:
    """An arm's name."""
    return f"{cell}, {windows * WINDOW:,} letters"


ROW = Row(
    name="forget_growth",
    title="States on an endless stream",
    paper=forget_stream.ROW.paper._replace(
        claim="Without a forget gate the states grow about linearly with the stream.", number="in words alone"
    ),
    ours=Ours(
        setup=f"{forget_stream.ROW.ours.setup} Looked at after {', '.join(map(str, STAGES))} updates.",
        unit=f"farthest cell state in the next {WINDOW} letters of {STREAMS} streams",
        arms={name_of(c, n): Stream(cell, n) for c, cell in CELLS.items() for n in STAGES},
        run=farthest,
        criterion="At the end the least far of 1997 is ten times as far as the farthest with forget gates; "
        "in part, if it is farther in the median.",
        verdict=verdict,
        seeds=(1, 2, 3, 4),
    ),
    opens="lessons?lesson=forget_gate",
    opened="The lesson on the forget gate, where both are trained.",
)
