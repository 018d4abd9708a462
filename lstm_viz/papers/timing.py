"""Timing, 2002: keep swinging without any input, with peepholes and without."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, spec
from lstm_viz.tasks import Batch
from lstm_viz.training import first_state
from lstm_viz.training.advance import Diverged, update

PERIOD, LEARNT, ASKED, CLOSE = 25, 4, 20, 0.17  # steps; periods; periods; the paper's error

FOUR = Trial("lstm", "periodic", LEARNT * PERIOD, LEARNT * PERIOD, 4, 1500, 1, 0.02, schedule="cosine")
ONE = FOUR._replace(hidden=1, rate=0.03)
PEEPHOLES = {"cell": "peephole_gers"}
ARMS = {
    "1 cell, peepholes": ONE._replace(**PEEPHOLES),
    "1 cell, none": ONE,
    "4 cells, peepholes": FOUR._replace(**PEEPHOLES),
    "4 cells, none": FOUR,
}


def swing(T: int) -> Batch:
    """One sequence of T steps without input, which swings once in PERIOD: (1 − cos(2π t / PERIOD)) / 2."""
    target = (1 - np.cos(2 * np.pi * np.arange(1, T + 1) / PERIOD)) / 2
    return Batch(np.zeros((T, 1, 1)), target[:, None, None], ("nothing",) * T)


def error(trial: Trial, seed: int) -> float:
    """The root mean squared error of the trained net over ASKED periods from rest."""
    run, lesson, exam = spec(trial, seed), swing(trial.T), swing(ASKED * PERIOD)
    state = first_state(run)
    try:
        for _ in range(trial.steps):
            state, _ = update(run, state, lesson)
    except Diverged:
        pass  # what it could do before is what it is asked
    _, y = forward(parse(LIBRARY[trial.cell].equations), state.params, exam.x)
    return float(np.sqrt(np.mean((y - exam.target) ** 2)))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the share of the nets that keep time, of each size with and without peepholes."""
    with_one, one, with_four, four = (np.mean(np.array(numbers[arm]) < CLOSE) > 0.5 for arm in ARMS)
    only = with_one and not one, with_four and not four
    return grade(all(only), any(only))


ROW = Row(
    name="timing",
    title="Keeping time",
    paper=Paper(
        source="Gers, Schraudolph & Schmidhuber 2002, Learning precise timing with LSTM recurrent networks",
        claim="To generate a swing of 25 steps without any input one LSTM cell needs peepholes; without "
        "them only one of 10 steps was learnt.",
        number="root mean squared error 0.17 ± 0.019 with peepholes (cosine, period 25)",
        sure="notes",
    ),
    ours=Ours(
        setup=f"The cosine of period {PERIOD}: {FOUR.steps:,} updates on the same {LEARNT} periods from "
        "rest, full backpropagation and Adam with a cosine schedule in place of the paper's rule and up to "
        f"ten million streams. One cell at {ONE.rate}, four at {FOUR.rate}.",
        unit=f"root mean squared error over {ASKED} periods from rest; always saying the mean: 0.35",
        arms=ARMS,
        run=error,
        criterion=f"More than half of the nets with peepholes come below {CLOSE}, the paper's error, and no "
        "more than half of those without, with one cell and with four; in part, if with one of the two.",
        verdict=verdict,
        seeds=tuple(range(1, 11)),
        better="less",
    ),
    opens=f"training?task=periodic&cells=lstm,peephole_gers&T={FOUR.T}&shortest={FOUR.T}&hidden={FOUR.hidden}"
    f"&batch=1&rate={FOUR.rate}&schedule=cosine&horizon={FOUR.steps}&steps={FOUR.steps}&precision=float32"
    "&seed=1",
    opened=f"The lab's own swing of 10 steps in place of {PERIOD}; the nets with four cells alone.",
)
