"""Optimisers as pure functions: gradients and a small state in, a new state out."""

import math
from typing import NamedTuple

import numpy as np


class State(NamedTuple):
    """A training run between two steps: steps done, the parameters, Adam's running means of d and d²."""

    step: int
    params: dict[str, np.ndarray]
    mean: dict[str, np.ndarray]
    square: dict[str, np.ndarray]


def begin(params: dict[str, np.ndarray]) -> State:
    """The state before the first step."""
    zeros = {name: np.zeros(p.shape) for name, p in params.items()}
    return State(0, params, zeros, zeros)


def clip_by_norm(grads: dict[str, np.ndarray], limit: float) -> tuple[dict[str, np.ndarray], float]:
    """Scale all gradients together so that their global norm is at most `limit`; the norm before it.

    Pascanu, Mikolov & Bengio 2013; the 1e-6 is PyTorch's.
    """
    norm = math.sqrt(sum(float(np.sum(d * d)) for d in grads.values()))
    factor = min(1.0, limit / (norm + 1e-6))
    return {name: factor * d for name, d in grads.items()}, norm


def adam(
    state: State,
    grads: dict[str, np.ndarray],
    rate: float,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
) -> State:
    """One step of Adam (Kingma & Ba 2015, algorithm 1)."""
    step, (b1, b2) = state.step + 1, betas
    mean = {n: b1 * state.mean[n] + (1 - b1) * d for n, d in grads.items()}
    square = {n: b2 * state.square[n] + (1 - b2) * d * d for n, d in grads.items()}
    size, scale = rate / (1 - b1**step), 1 / math.sqrt(1 - b2**step)
    params = {n: p - size * mean[n] / (np.sqrt(square[n]) * scale + eps) for n, p in state.params.items()}
    return State(step, params, mean, square)
