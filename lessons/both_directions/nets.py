"""Untrained readers of one direction or two, in layers, and what each input does to each answer."""

from functools import lru_cache

import numpy as np

from lstm_viz.layers import Layers, backward_layers, forward_layers, start_layers
from lstm_viz.library import LIBRARY

STEPS, UNITS, SEEDS = 30, 8, range(1, 9)
LSTM = LIBRARY["lstm"]


def untrained(depth: int, both: bool, seed: int, forget: float = 1.0) -> tuple[Layers, dict[str, np.ndarray]]:
    """A reader of one number a step with one answer a step, its forget gates at this bias."""
    net, params = start_layers(LSTM, depth, both, 1, 1, UNITS, np.random.default_rng(seed))
    kept = {name: np.full_like(p, forget) for name, p in params.items() if name.startswith("b_f")}
    return net, params | kept


def numbers(seed: int) -> np.ndarray:
    """Thirty random numbers, (T, 1, 1)."""
    return np.random.default_rng([seed, 2]).normal(size=(STEPS, 1, 1))


@lru_cache(maxsize=64)
def touch(depth: int, both: bool, seed: int, forget: float = 1.0) -> np.ndarray:
    """How much each answer changes when an input is nudged: |dy_t / dx_s| as (s, t)."""
    net, params = untrained(depth, both, seed, forget)
    # As many equal sequences as answers, and in each the gradient of another one.
    passes, y = forward_layers(net, params, np.repeat(numbers(seed), STEPS, axis=2))
    asked = np.zeros(y.shape)
    asked[np.arange(STEPS), 0, np.arange(STEPS)] = 1
    return np.abs(backward_layers(passes, params, asked).x[:, 0])


def answers(depth: int, both: bool, seed: int, x: np.ndarray) -> np.ndarray:
    """What a reader says at every step, (T,)."""
    return forward_layers(*untrained(depth, both, seed), x)[1][:, 0, 0]
