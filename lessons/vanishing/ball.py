"""A ball in the landscape of a tanh unit: the plain descent of flow.wall, fast enough to be played with."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.flow.wall import FAR, TANH

CELL = parse(f"{TANH.line} + V @ x")
NOTHING = np.zeros((TANH.steps, 1, 1))
START, RATE, LIMIT, MOVES = (1.3, 0.1), 0.2, 0.5, 200  # as the lesson rolls it


class Way(NamedTuple):
    """The places (moves + 1, 2) of the ball, and at each the error and the length of the gradient."""

    places: np.ndarray
    errors: np.ndarray
    lengths: np.ndarray


@lru_cache(maxsize=256)
def roll(start: tuple[float, float], rate: float, limit: float, moves: int) -> Way:
    """The way from a start (w, b); a gradient longer than the limit is made as long, by 0 none is."""
    at, kept = np.array(start, float), []
    for _ in range(moves + 1):
        error, d = felt(at)
        length = float(np.hypot(*d))
        kept.append((*at, error, length))
        at = at - rate * d * (limit / length if limit and length > limit else 1.0)
        if np.abs(at).max() > FAR:
            break
    found = np.array(kept)
    return Way(found[:, :2], found[:, 2], found[:, 3])


def felt(at: np.ndarray) -> tuple[float, np.ndarray]:
    """The error at a place (w, b) and its gradient."""
    params = {"w": at[:1, None], "b": at[1:, None], "V": np.zeros((1, 1))}
    trace = fast.run(CELL, params, NOTHING, {"h": np.full((1, 1), TANH.begin)})
    h = trace.values["h"]
    seed = np.zeros(h.shape)
    seed[-1] = 2 * (h[-1] - TANH.target)
    grads = fast.backprop(trace, {"h": seed}).params
    return float((h[-1, 0, 0] - TANH.target) ** 2), np.array([grads["w"][0, 0], grads["b"][0, 0]])
