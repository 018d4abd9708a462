"""Optimisers as pure functions: gradients and a small state in, a new state out.

Every rule moves one array of weights by its gradient and what it keeps of the gradients before; the usual
settings of each are PyTorch's, and so are the trajectories.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Kept = tuple[np.ndarray, ...]


class State(NamedTuple):
    """A training run between two steps: steps done, the parameters, what the optimiser keeps of each."""

    step: int
    params: dict[str, np.ndarray]
    kept: dict[str, Kept]


class Optimiser(NamedTuple):
    """A rule (weights, gradient, kept, step from 1, rate, settings) -> (weights, kept), and its settings.

    `keeps` says how many arrays of the weights' shape it keeps; they begin at zero.
    """

    rule: Callable[..., tuple[np.ndarray, Kept]]
    keeps: int
    settings: dict[str, float | tuple[float, float]]


def begin(params: dict[str, np.ndarray]) -> State:
    """The state before the first step: of no gradient is anything kept."""
    return State(0, params, {})


def descend(state: State, grads: dict[str, np.ndarray], name: str, rate: float, **settings) -> State:
    """One step of the optimiser of that name, its usual settings where none are given."""
    optimiser, step = OPTIMISERS[name], state.step + 1
    settings = optimiser.settings | settings
    params, kept = dict(state.params), dict(state.kept)
    for n, d in grads.items():
        before = kept.get(n) or (np.zeros(d.shape, params[n].dtype),) * optimiser.keeps
        d = d.astype(params[n].dtype, copy=False)
        params[n], kept[n] = optimiser.rule(params[n], d, before, step, rate, **settings)
    return State(step, params, kept)


def adam(
    state: State,
    grads: dict[str, np.ndarray],
    rate: float,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
) -> State:
    """One step of Adam (Kingma & Ba 2015, algorithm 1)."""
    return descend(state, grads, "adam", rate, betas=betas, eps=eps)


def clip_by_norm(grads: dict[str, np.ndarray], limit: float) -> tuple[dict[str, np.ndarray], float]:
    """Scale all gradients together so that their global norm is at most `limit`; the norm before it.

    Pascanu, Mikolov & Bengio 2013; the 1e-6 is PyTorch's.
    """
    norm = math.sqrt(sum(float(np.sum(d * d)) for d in grads.values()))
    factor = min(1.0, limit / (norm + 1e-6))
    return {name: factor * d for name, d in grads.items()}, norm


def clip_by_value(grads: dict[str, np.ndarray], limit: float) -> dict[str, np.ndarray]:
    """Every number of every gradient cut to -limit … limit (Graves 2013, section 2.1)."""
    return {name: np.clip(d, -limit, limit) for name, d in grads.items()}


def by_gradient(w, d, _kept, _step, rate) -> tuple[np.ndarray, Kept]:
    """Plain descent: against the gradient."""
    return w - rate * d, ()


def by_momentum(w, d, kept, _step, rate, mu) -> tuple[np.ndarray, Kept]:
    """Polyak 1964: the gradient gathers in v, of which a share `mu` stays. The rate is outside of v."""
    v = mu * kept[0] + d
    return w - rate * v, (v,)


def by_nesterov(w, d, kept, _step, rate, mu) -> tuple[np.ndarray, Kept]:
    """Nesterov 1983, as Sutskever et al. 2013 write it: momentum that looks one step ahead."""
    v = mu * kept[0] + d
    return w - rate * (d + mu * v), (v,)


def by_adagrad(w, d, kept, _step, rate, eps) -> tuple[np.ndarray, Kept]:
    """Duchi, Hazan & Singer 2011: each weight's rate falls with the sum of its squared gradients."""
    total = kept[0] + d * d
    return w - rate * d / (np.sqrt(total) + eps), (total,)


def by_rmsprop(w, d, kept, _step, rate, alpha, eps) -> tuple[np.ndarray, Kept]:
    """Tieleman & Hinton 2012, lecture 6.5: the gradient over the running root mean of its square."""
    square = alpha * kept[0] + (1 - alpha) * d * d
    return w - rate * d / (np.sqrt(square) + eps), (square,)


def by_adam(w, d, kept, step, rate, betas, eps) -> tuple[np.ndarray, Kept]:
    """Kingma & Ba 2015, algorithm 1: running means of d and d², freed of their start at zero."""
    (mean, square), (b1, b2) = kept, betas
    mean = b1 * mean + (1 - b1) * d
    square = b2 * square + (1 - b2) * d * d
    size, scale = rate / (1 - b1**step), 1 / math.sqrt(1 - b2**step)
    return w - size * mean / (np.sqrt(square) * scale + eps), (mean, square)


def by_adamw(w, d, kept, step, rate, decay, **settings) -> tuple[np.ndarray, Kept]:
    """Loshchilov & Hutter 2019: Adam on weights that decay by themselves, not through the gradient."""
    return by_adam(w * (1 - rate * decay), d, kept, step, rate, **settings)


ADAM = {"betas": (0.9, 0.999), "eps": 1e-8}
OPTIMISERS = {
    "sgd": Optimiser(by_gradient, 0, {}),
    "momentum": Optimiser(by_momentum, 1, {"mu": 0.9}),
    "nesterov": Optimiser(by_nesterov, 1, {"mu": 0.9}),
    "adagrad": Optimiser(by_adagrad, 1, {"eps": 1e-10}),
    "rmsprop": Optimiser(by_rmsprop, 1, {"alpha": 0.99, "eps": 1e-8}),
    "adam": Optimiser(by_adam, 2, ADAM),
    "adamw": Optimiser(by_adamw, 2, {"decay": 0.01} | ADAM),
}
