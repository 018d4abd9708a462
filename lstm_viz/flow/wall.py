"""Error surfaces of recurrent nets of two parameters, with their walls (Pascanu, Mikolov & Bengio 2013).

One unit reads nothing and feeds itself, and the squared error of its last value is the loss. Every point of a
grid is one unit of a cell without connections between units, so that one run computes the surface.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run

FAR = 1e6  # a step beyond ends a descent: that is an explosion


class Land(NamedTuple):
    """A unit and its target: its line by w, b and h_prev, where h begins and should end, the steps."""

    line: str
    begin: float
    target: float
    steps: int


# The paper's own, figure 6, and a tanh unit, whose wall throws a plain step further.
LOGISTIC = Land("h = w * sigmoid(h_prev) + b", 0.5, 0.7, 50)
TANH = Land("h = tanh(w * h_prev + b)", 0.5, 0.6, 50)


class Surface(NamedTuple):
    """The loss and its gradient at points: w, b, loss, dw, db, all of one shape."""

    w: np.ndarray
    b: np.ndarray
    loss: np.ndarray
    dw: np.ndarray
    db: np.ndarray


def surface(land: Land, w: np.ndarray, b: np.ndarray) -> Surface:
    """The loss and its gradient at every pair of w and b (arrays of one shape)."""
    n = w.size
    params = {"w": w.reshape(n, 1), "b": b.reshape(n, 1), "V": np.zeros((n, 1))}
    cell = parse(f"{land.line} + V @ x")
    trace = run(cell, params, np.zeros((land.steps, 1, 1)), {"h": np.full((n, 1), land.begin)})
    h = trace.values["h"]
    error, seed = h[-1] - land.target, np.zeros(h.shape)
    seed[-1] = 2 * error
    grads = backprop(trace, {"h": seed}).params
    return Surface(w, b, *(a.reshape(w.shape) for a in (error**2, grads["w"], grads["b"])))


def descent(land: Land, start: tuple[float, float], rate: float, limit: float, steps: int) -> np.ndarray:
    """The way down from a start (w, b): (steps + 1, 2).

    The gradient is cut to the norm `limit`, by 0 not at all. It ends early where a number leaves ±1e6.
    """
    return descents(land, start, rate, (limit,), steps)[0]


def descents(
    land: Land, start: tuple[float, float], rate: float, limits: tuple[float, ...], steps: int
) -> list[np.ndarray]:
    """As `descent`, for several limits at once."""
    ways, most = [[np.array(start, float)] for _ in limits], np.array([limit or np.inf for limit in limits])
    while going := [k for k, way in enumerate(ways) if len(way) <= steps and np.abs(way[-1]).max() < FAR]:
        here = np.array([ways[k][-1] for k in going])
        found = surface(land, here[:, 0], here[:, 1])
        d = np.stack([found.dw, found.db], axis=1)
        norm = np.hypot(found.dw, found.db)
        d *= np.minimum(1.0, most[going] / np.where(norm > 0, norm, 1.0))[:, None]
        for k, move in zip(going, d, strict=True):
            ways[k].append(ways[k][-1] - rate * move)
    return [np.array(way) for way in ways]
