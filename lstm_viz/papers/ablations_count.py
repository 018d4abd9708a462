"""Tied gates and counting: how far a cell that forgets exactly as much as it lets in can count."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.papers.counting import COMMON, T, reached
from lstm_viz.papers.row import Ours, Paper, Row, grade

CELLS = {"LSTM": "lstm", "CIFG": "cifg", "GRU": "gru_reset_after"}


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Free gates go further than tied ones."""
    free, tied = np.array(numbers["LSTM"]), [*numbers["CIFG"], *numbers["GRU"]]
    return grade(free.min() > max(tied), np.median(free) > np.median(tied))


ROW = Row(
    name="ablations_count",
    title="Tied gates and counting",
    paper=Paper(
        source="Weiss, Goldberg & Yahav 2018, On the practical computational power of finite precision RNNs",
        claim="With finite precision an LSTM can count, a GRU cannot.",
        number="in words alone: the LSTM and the ReLU network can count, the GRU and the squashing "
        "one cannot",
        sure="notes",
    ),
    ours=Ours(
        setup=f"aⁿbⁿ with n = 1–{(T - 1) // 2}, {COMMON.hidden} units, {COMMON.steps * COMMON.batch:,} "
        f"strings in batches of {COMMON.batch}, Adam at {COMMON.rate} with a cosine schedule for all.",
        unit="largest n up to which all strings are right, at most 200",
        arms={arm: COMMON._replace(cell=cell) for arm, cell in CELLS.items()},
        run=reached,
        criterion="The LSTM further with every seed than CIFG and GRU with any; in part, by the medians.",
        verdict=verdict,
        seeds=(1, 2, 3),
        better="more",
    ),
    opens="lessons?lesson=gru_and_ablations",
    opened="The lesson on the GRU and the ablations.",
)
