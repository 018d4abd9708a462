"""The pass by hand with one line spoilt, and what a gradient check says of it.

The loss is L = Σ h·G of a small LSTM with random weights, from states that are not zero.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lessons.backprop_by_hand.by_hand import RIGHT, Factors, lstm_backward, lstm_forward
from lstm_viz.cell import parse
from lstm_viz.flow import check
from lstm_viz.library import LIBRARY

CELL = parse(LIBRARY["lstm"].equations)
H, D, SEED = 4, 2, 7
# The arrays as the readings are shown: the gates' three, one after the other.
ARRAYS = tuple(f"{kind}_{q}" for q in "fioc" for kind in "WUb")


class Problem(NamedTuple):
    """Weights, a sequence x (T, D, 1), the states before it, and the weights G (T, H, 1) of the loss."""

    params: dict[str, np.ndarray]
    x: np.ndarray
    initial: dict[str, np.ndarray]
    G: np.ndarray


@lru_cache(maxsize=64)
def problem(T: int, seed: int = SEED) -> Problem:
    """An LSTM of 4 units and 2 inputs with 112 random weights, and T random steps."""
    rng, size = np.random.default_rng(seed), {"H": H, "D": D, "1": 1}
    params = {p: rng.normal(size=[size[letter] for letter in CELL.shapes[p]]) for p in CELL.params}
    x, G = rng.normal(size=(T, D, 1)), rng.normal(size=(T, H, 1))
    return Problem(params, x, {s: rng.normal(size=(H, 1)) for s in ("h", "c")}, G)


@lru_cache(maxsize=64)
def numeric(T: int, epsilon: float = check.EPSILON) -> dict[str, np.ndarray]:
    """The slopes of all weights, without calculus: 224 runs of the forward pass by hand."""
    s = problem(T)

    def loss(params: dict) -> float:
        steps = lstm_forward(params, s.x, s.initial["h"], s.initial["c"])
        return float(sum((step.h * G).sum() for step, G in zip(steps, s.G, strict=True)))

    return check.slopes(loss, s.params, epsilon)


def by_hand(s: Problem, k: Factors = RIGHT) -> dict[str, np.ndarray]:
    """The gradients of the pass written by hand, spoilt by the factors."""
    steps = lstm_forward(s.params, s.x, s.initial["h"], s.initial["c"])
    return lstm_backward(s.params, steps, s.G, k)[0]


def readings(T: int, k: Factors = RIGHT, epsilon: float = check.EPSILON) -> dict[str, float]:
    """The check's reading of each array."""
    true, found = numeric(T, epsilon), by_hand(problem(T), k)
    return {name: check.reading(true[name], found[name]) for name in ARRAYS}


def worst(T: int, k: Factors = RIGHT, epsilon: float = check.EPSILON) -> float:
    """The largest of the readings."""
    return max(readings(T, k, epsilon).values())


def cosine(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> float:
    """Of the angle between two gradients, each taken as one long vector."""
    u, v = (np.concatenate([g[name].ravel() for name in ARRAYS]) for g in (a, b))
    return float(u @ v / np.sqrt((u @ u) * (v @ v)))
