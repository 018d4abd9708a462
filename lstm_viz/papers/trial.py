"""One training run of a row and what it gives: a cell of the library on a task, then its error in a test."""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Start
from lstm_viz.tasks import TASKS, Batch, judge
from lstm_viz.training import Descent, Spec, State, advance, first_state, spec_for
from lstm_viz.training.measure import TEST_SEED, TEST_SEQUENCES, outputs


class Trial(NamedTuple):
    """What is trained and for how many steps, each a batch; sequences have `shortest` to T steps.

    `starts` are ("b_f", value) pairs beside the variant's own; the rate falls over the trial's steps, where
    a `schedule` says how.
    """

    cell: str
    task: str
    T: int
    shortest: int
    hidden: int
    steps: int
    batch: int = 32
    rate: float = 0.01
    starts: tuple[tuple[str, Start], ...] = ()
    schedule: str = "constant"


def spec(trial: Trial, seed: int) -> Spec:
    """The run of a trial: Adam, the gradient's norm clipped at 1, in float32."""
    descent = Descent(trial.batch, trial.rate, schedule=trial.schedule, horizon=trial.steps)
    made = spec_for(LIBRARY[trial.cell], trial.task, trial.T, trial.hidden, seed, descent, dict(trial.starts))
    return made._replace(shortest=trial.shortest, precision="float32")


def trained(trial: Trial, seed: int) -> State:
    """The state after the trial's steps; where training diverged, the last before."""
    return advance(spec(trial, seed), first_state(spec(trial, seed)), trial.steps).state


def said(trial: Trial, params: dict, sequences: int, T: int | None = None) -> tuple[np.ndarray, Batch]:
    """What a net of those weights says of fresh test sequences (of T steps, or the longest)."""
    task, cell = TASKS[trial.task], parse(LIBRARY[trial.cell].equations)
    batch = task.draw_test(np.random.default_rng(TEST_SEED), T or trial.T, sequences)
    return outputs(cell, params, task, batch.x, batch.dt), batch


def answers(trial: Trial, seed: int, sequences: int, T: int | None = None) -> tuple[np.ndarray, Batch]:
    """What the trained net says of fresh test sequences, and what they are."""
    return said(trial, trained(trial, seed).params, sequences, T)


def error(trial: Trial, seed: int, sequences: int = TEST_SEQUENCES, T: int | None = None) -> float:
    """The task's own measure of the trained net on fresh test sequences."""
    return judge(TASKS[trial.task], *answers(trial, seed, sequences, T))
