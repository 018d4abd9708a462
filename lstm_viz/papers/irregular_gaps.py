"""Events farther apart than any in training: a clock that was built in, and one that was learnt."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.tlstm_2017 import AWARE, TOLD, T
from lstm_viz.papers.trial import Trial, trained
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.events import GAPS, faded
from lstm_viz.training.measure import TEST_SEED, outputs

LONG, TESTS = 4 * GAPS[-1], 500
ARMS = {"LSTM, gap as an input": TOLD, "T-LSTM": AWARE}


def sequences() -> tuple[np.ndarray, np.ndarray]:
    """Values and gaps of the test, (T, 1, TESTS) each: all gaps are LONG."""
    values = np.random.default_rng(TEST_SEED).random((T, 1, TESTS))
    return values, np.full_like(values, LONG)


def far(trial: Trial, seed: int) -> float:
    """The mean squared error of the trained net on sequences whose gaps are all LONG."""
    params = {name: p.astype(float) for name, p in trained(trial, seed).params.items()}
    values, gaps = sequences()
    told = np.concatenate([values, gaps / max(GAPS)], axis=1) if trial is TOLD else values
    y = outputs(parse(LIBRARY[trial.cell].equations), params, TASKS[trial.task], told, gaps)
    return float(((y - faded(values, gaps)) ** 2).mean())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """The T-LSTM against the LSTM that learnt its clock."""
    told, aware = numbers["LSTM, gap as an input"], numbers["T-LSTM"]
    return grade(max(aware) < min(told), np.median(aware) < np.median(told))


ROW = Row(
    name="irregular_gaps",
    title="Gaps longer than any before",
    paper=Paper(
        source="Baytas, Xiao, Zhang, Wang, Jain & Zhou 2017, Patient subtyping via time-aware LSTM networks",
        claim="The T-LSTM's memory fades by a fixed function of the elapsed time, whatever that is.",
        number="no number: the paper has no such test",
        sure="notes",
    ),
    ours=Ours(
        setup=f"The nets of the row on irregular events, trained on gaps of {GAPS[0]:g} to {GAPS[-1]:g}, "
        f"read sequences of {T} events that are all {LONG:g} apart.",
        unit=f"mean squared error on {TESTS} such sequences",
        arms=ARMS,
        run=far,
        criterion="Every T-LSTM errs less than every LSTM that reads the gap; in part, if its median does.",
        verdict=verdict,
        seeds=(1, 2, 3, 4, 5),
        better="less",
    ),
    opens="lessons?lesson=irregular_time",
    opened="The lesson on irregular time, where both are trained.",
)
