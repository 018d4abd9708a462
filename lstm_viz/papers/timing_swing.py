"""The lesson on timing: a swing of ten steps without any input, with peepholes and without."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.papers import timing
from lstm_viz.papers.row import Ours, Row, grade
from lstm_viz.papers.trial import Trial, trained
from lstm_viz.tasks.periodic import PERIOD, swing

LEARNT, ASKED, CLOSE = 4, 20, timing.CLOSE  # periods; periods; the paper's error
FOUR = Trial("lstm", "periodic", LEARNT * PERIOD, LEARNT * PERIOD, 4, 1000, 1, 0.02, schedule="cosine")
ONE = FOUR._replace(hidden=1, rate=0.03)
ARMS = {
    "1 unit, peepholes": ONE._replace(**timing.PEEPHOLES),
    "1 unit, none": ONE,
    "4 units, peepholes": FOUR._replace(**timing.PEEPHOLES),
    "4 units, none": FOUR,
}


def goes_on(cell: str, params: dict, periods: int = ASKED) -> np.ndarray:
    """What a net says from rest in so many periods without any input, (T,)."""
    x = np.zeros((periods * PERIOD, 1, 1))
    return forward(parse(LIBRARY[cell].equations), params, x)[1][:, 0, 0]


def error(trial: Trial, seed: int) -> float:
    """The root mean squared error of the trained net over ASKED periods from rest."""
    said = goes_on(trial.cell, trained(trial, seed).params)
    return float(np.sqrt(np.mean((said - swing(len(said))) ** 2)))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the share of the nets that keep time, of each size with and without peepholes."""
    with_one, one, with_four, four = (np.mean(np.array(numbers[arm]) < CLOSE) > 0.5 for arm in ARMS)
    only = with_one and not one, with_four and not four
    return grade(all(only), any(only))


ROW = Row(
    name="timing_swing",
    title="A swing of ten steps",
    paper=timing.ROW.paper,
    ours=Ours(
        setup=f"The cosine of period {PERIOD}: {FOUR.steps:,} updates on the same {LEARNT} periods from "
        f"rest, full backpropagation and Adam with a cosine schedule. One unit at {ONE.rate}, four at "
        f"{FOUR.rate}.",
        unit=f"root mean squared error over {ASKED} periods from rest; always saying the mean: 0.35",
        arms=ARMS,
        run=error,
        criterion=f"More than half of the nets with peepholes come below {CLOSE}, and no more than half of "
        "those without, with one unit and with four; in part, if with one of the two.",
        verdict=verdict,
        better="less",
    ),
    opens="lessons?lesson=timing",
    opened="The lesson on timing, where all four learn.",
)
