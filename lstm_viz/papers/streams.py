"""Endless streams of the Reber grammar: learnt without ever setting a state back, then read on.

The gradient is cut at every window, the states are not: they go on from each window to the next, through
training and from there into the exam (Gers, Schmidhuber & Cummins 2000).
"""

from functools import partial

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import Cell, CellError, parse
from lstm_viz.losses import loss
from lstm_viz.network import backward, forward
from lstm_viz.tasks import TASKS, Batch
from lstm_viz.training.optimisers import State, clip_by_norm, descend
from lstm_viz.training.spec import SEQUENCES, Spec, first_state

BACK = partial(fast.backprop, wanted=("x",))
READ = 500  # symbols of every stream that are read at once


def right(spec: Spec, windows: int, symbols: int) -> np.ndarray:
    """Whether each of so many further symbols of each stream is predicted right, (symbols, B).

    Right is a prediction in which all symbols that may come stand above all others. Before, the net learns
    for so many windows of `spec.T` symbols of the same streams; then its weights stay as they are. Where its
    numbers grow out of bounds, nothing is right.
    """
    rng, learnt = np.random.default_rng([spec.seed, SEQUENCES]), windows * spec.T
    stream = TASKS[spec.task].draw(rng, learnt + symbols, spec.descent.batch)
    try:
        return read_on(parse(spec.equations), *learn(spec, stream, learnt), stream, learnt)
    except CellError:
        return np.zeros((symbols, spec.descent.batch), bool)


def learn(spec: Spec, stream: Batch, symbols: int) -> tuple[dict, dict]:
    """Train on so many symbols of the streams: the weights, and the states in which they leave the cell."""
    state, states = first_state(spec), {}
    for t in range(0, symbols, spec.T):
        state, states = update(spec, state, states, stream, slice(t, t + spec.T))
    return state.params, states


def update(spec: Spec, state: State, states: dict, stream: Batch, window: slice) -> tuple[State, dict]:
    """One step of training on one window of the streams, begun in the states of the last."""
    state, trace, _ = step(spec, state, states, stream, window)
    return state, last(parse(spec.equations), trace)


def step(
    spec: Spec, state: State, states: dict, stream: Batch, window: slice
) -> tuple[State, fast.Trace, np.ndarray]:
    """The same, with all that was computed before the weights moved: the trace, and y (T, K, B)."""
    cell, task, descent = parse(spec.equations), TASKS[spec.task], spec.descent
    trace, y = forward(cell, state.params, stream.x[window], states, run=fast.run)
    _, dy = loss(task.loss, task.when, y, stream.target[window])
    grads, _ = clip_by_norm(backward(trace, state.params, dy, back=BACK).params, descent.clip)
    return descend(state, grads, descent.optimiser, descent.rate), trace, y


def read_on(cell: Cell, params: dict, states: dict, stream: Batch, start: int) -> np.ndarray:
    """Whether each symbol after `start` is predicted right, (symbols, B)."""
    found = []
    for t in range(start, len(stream.x), READ):
        trace, y = forward(cell, params, stream.x[t : t + READ], states, run=fast.run)
        states = last(cell, trace)
        found.append(correct(y, stream.legal[t : t + READ]))
    return np.concatenate(found)


def last(cell: Cell, trace: fast.Trace) -> dict:
    """The states after the last step of a run."""
    return {s: trace.values[s][-1] for s in cell.states}


def correct(y: np.ndarray, legal: np.ndarray) -> np.ndarray:
    """Whether all symbols that may come stand above all others, (T, B)."""
    return np.where(legal > 0, y, np.inf).min(axis=1) > np.where(legal > 0, -np.inf, y).max(axis=1)


def before_error(found: np.ndarray) -> float:
    """How many symbols are right before the first that is not, the mean of the streams."""
    return float(np.logical_and.accumulate(found, axis=0).sum(axis=0).mean())
