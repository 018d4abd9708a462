"""Jacobians along a real trajectory: how the states at the end change with the states before.

They come from the engine's own backward pass, one column of a batch for every number that is derived.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import Cell
from lstm_viz.engine import backprop, run

COLUMNS = 4000  # of a batch of single steps: more would need much memory


class Transitions(NamedTuple):
    """∂ s[t] / ∂ s[t−1] (T, S, S) of all states stacked, and which rows and columns belong to which state."""

    matrices: np.ndarray
    rows: dict[str, slice]


def jacobians(
    cell: Cell, params: dict, x: np.ndarray, of: str = "h", initial: dict | None = None
) -> dict[str, np.ndarray]:
    """∂ of[T] / ∂ s[k] for every state s of vectors: J[s] (T + 1, H, H), k = 0 being before the first step.

    x (T, D, 1) is one sequence; `of` is the state whose last value is derived.
    """
    H = len(run(cell, params, x[:1], initial).values[of][0])
    first = {s: np.repeat(v, H, axis=-1) for s, v in (initial or {}).items() if np.ndim(v)}
    trace = run(cell, params, np.repeat(x, H, axis=2), (initial or {}) | first)
    seed = np.zeros(trace.values[of].shape)
    seed[-1] = np.eye(H)
    grads = backprop(trace, {of: seed})
    found = {s: np.concatenate([grads.initial[s][None], grads.signals[s]]) for s in cell.states}
    return {s: J.swapaxes(1, 2) for s, J in found.items()}


def steps(J: np.ndarray) -> np.ndarray:
    """The spectral norm of each of the Jacobians (T, H, H): (T,)."""
    return np.linalg.norm(J, 2, axis=(1, 2))


def transitions(
    cell: Cell, params: dict, x: np.ndarray, initial: dict | None = None, dt: np.ndarray | None = None
) -> Transitions:
    """The Jacobian of every single step along one sequence x (T, D, 1), for a cell whose states are vectors.

    Each number that is derived is a column of a batch of single steps.
    """
    before = run(cell, params, x, initial, dt).values
    before = {s: before[f"{s}_prev"][:, :, 0] for s in cell.states}
    ends = np.cumsum([b.shape[1] for b in before.values()])
    eye = np.eye(ends[-1])
    size = max(1, COLUMNS // len(eye))
    found = [
        _single(cell, params, x[k : k + size], None if dt is None else dt[k : k + size], now, eye)
        for k in range(0, len(x), size)
        for now in [{s: b[k : k + size] for s, b in before.items()}]
    ]
    rows = {
        s: slice(int(end) - b.shape[1], int(end)) for (s, b), end in zip(before.items(), ends, strict=True)
    }
    return Transitions(np.concatenate(found), rows)


def _single(cell: Cell, params: dict, x: np.ndarray, dt, before: dict, eye: np.ndarray) -> np.ndarray:
    """The Jacobians of some single steps (n, S, S), begun from the states before each (n, H)."""
    n, S = len(x), len(eye)

    def columns(values: np.ndarray) -> np.ndarray:
        return np.repeat(values.T, S, axis=1)

    first = {s: columns(b) for s, b in before.items()}
    times = None if dt is None else columns(dt[:, :, 0])[None]
    trace = run(cell, params, columns(x[:, :, 0])[None], first, times)
    ends = np.cumsum([b.shape[1] for b in before.values()])[:-1]
    seeds = {s: np.tile(rows, n)[None] for s, rows in zip(before, np.split(eye, ends), strict=True)}
    back = backprop(trace, seeds).initial
    return np.concatenate([back[s] for s in before]).reshape(S, n, S).transpose(1, 2, 0)


def running(A: np.ndarray) -> np.ndarray:
    """The spectral norms of A₁, A₂A₁, A₃A₂A₁, … for A (n, S, S): (n,); infinite beyond the largest number."""
    found, product = np.empty(len(A)), np.eye(A.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):
        for t, step in enumerate(A):
            product = step @ product
            found[t] = np.linalg.norm(product, 2) if np.isfinite(product).all() else np.inf
    return found


def between(A: np.ndarray, rows: slice, steps: np.ndarray) -> np.ndarray:
    """The spectral norm of ∂ s[T] / ∂ s[k] by T and k among some steps (from 1, rising): NaN where k > T.

    A (n, S, S) are the Jacobians of single steps; `rows` are those of the state s.
    """
    found, own = np.full((len(steps), len(steps)), np.nan), np.eye(A.shape[1])[rows]
    ways = np.repeat(own[None], len(steps), axis=0)
    place = {int(t): k for k, t in enumerate(steps)}
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(int(steps[-1]), 0, -1):
            if t in place:
                k = place[t]
                some = np.where(np.isfinite(ways[k:, :, rows]), ways[k:, :, rows], np.finfo(float).max)
                found[k:, k] = np.linalg.norm(some, 2, axis=(1, 2))
            # From here on these ends have been reached: their ways go one step further back.
            later = int(np.searchsorted(steps, t))
            ways[later:] = ways[later:] @ A[t - 1]
    return found
