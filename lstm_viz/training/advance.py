"""Training in chunks: `advance` takes a state some steps further and says what happened on the way.

Step k draws its own sequences from the seed and k, so that a run in one chunk and the same run in ten,
in other processes, on other days, are equal bit for bit.
"""

import math
from functools import partial
from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import CellError, parse
from lstm_viz.errors import LearnerError
from lstm_viz.losses import loss
from lstm_viz.network import backward, check_size, forward
from lstm_viz.tasks import Batch, judge, task_of
from lstm_viz.tasks.task import MIN_STEPS
from lstm_viz.training.chunk import Chunk
from lstm_viz.training.optimisers import State, clip_by_norm, clip_by_value, descend
from lstm_viz.training.schedules import SCHEDULES
from lstm_viz.training.spec import SEQUENCES, Spec, check

MAX_CHUNK = 100_000


class Metrics(NamedTuple):
    """One number a step: the loss, the task's own measure, the gradient's norm before clipping.

    `first` is the norm of dL/d the states before the first step of the sequences: how much of the error
    arrives where they began.
    """

    loss: np.ndarray
    error: np.ndarray
    norm: np.ndarray
    first: np.ndarray


def advance(spec: Spec, state: State, steps: int) -> Chunk:
    """Train for some steps more, each on a batch of fresh sequences of T//4 to T steps.

    Where the weights stop being finite it ends, with the state before and a sentence with the step's number.
    """
    check(spec)
    check_size("steps of training", steps, MAX_CHUNK)
    rows, broke = [], ""
    try:
        for _ in range(steps):
            state, row = update(spec, state, sequences(spec, state.step))
            rows.append(row)
    except Diverged as error:
        broke = str(error)
    return Chunk(state, Metrics(*np.array(rows).reshape(-1, len(Metrics._fields)).T), broke)


def sequences(spec: Spec, step: int) -> Batch:
    """The batch of one step (from 0), all its sequences of one length."""
    rng = np.random.default_rng([spec.seed, SEQUENCES, step])
    T = int(rng.integers(spec.shortest or max(MIN_STEPS, spec.T // 4), spec.T + 1))
    return task_of(spec.task, spec.data).draw(rng, T, spec.descent.batch)


def update(spec: Spec, state: State, batch: Batch) -> tuple[State, tuple]:
    """One step of training: the new state, and its loss, error, norm and gradient at the first step."""
    descent = spec.descent
    try:
        with np.errstate(all="ignore"):
            value, error, grads, first = gradients(spec, state.params, batch)
            free = {name: d for name, d in grads.items() if name not in spec.fixed}
            clipped, norm = clip_by_norm(free, descent.clip)
            clipped = clip_by_value(clipped, descent.limit) if descent.limit else clipped
            rate = descent.rate * SCHEDULES[descent.schedule](state.step / descent.horizon)
            after = descend(state, clipped, descent.optimiser, rate)
    except CellError as error:
        raise diverged(state, f"in the cell's “{error.fragment}”") from error
    if not np.isfinite([value, norm]).all():
        raise diverged(state, "in the loss or its gradient")
    return after, (value, error, norm, first)


def gradients(spec: Spec, params: dict, batch: Batch) -> tuple[float, float, dict, float]:
    """Of one batch the loss, the error, dL/d the parameters, and the norm of dL/d the first states.

    With a window the gradient goes no further back than to where its window begins, while the states go on
    from each to the next: truncated backpropagation through time (Williams & Peng 1990).
    """
    cell, task, kind = parse(spec.equations), task_of(spec.task, spec.data), np.dtype(spec.precision)
    run = partial(fast.run, dtype=kind)
    T = len(batch.x)
    parts = [slice(t, t + (spec.descent.window or T)) for t in range(0, T, spec.descent.window or T)]
    traces, said, last = [], [], None
    for part in parts:
        dt = None if batch.dt is None else batch.dt[part].astype(kind)
        x = batch.x[part].astype(kind)
        trace, y = forward(cell, params, x, last, dt, task.image or (1, 1), run)
        last = {s: trace.values[s][-1] for s in cell.states}
        traces.append(trace)
        said.append(y)
    y = np.concatenate(said)
    value, dy = loss(task.loss, task.when, y, batch.target, batch.counts)
    back = partial(fast.backprop, wanted=("x",))
    found = [backward(trace, params, dy[part], back=back) for trace, part in zip(traces, parts, strict=True)]
    total = {name: sum(g.params[name] for g in found[1:]) + d for name, d in found[0].params.items()}
    first = math.sqrt(sum(float(np.vdot(d, d)) for d in found[0].initial.values()))
    return value, judge(task, y, batch), total, first


class Diverged(LearnerError):
    """A step of training that ends in no finite number."""


def diverged(state: State, where: str) -> Diverged:
    """The sentence for numbers that grew out of bounds."""
    advice = "a smaller rate, a smaller largest norm or smaller constants"
    return Diverged(f"Step {state.step + 1} of training broke: no finite number {where}. Try {advice}.")
