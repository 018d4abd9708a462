"""An evolution strategy: the better half of the children says where the next are born, and how far apart.

Children are normally distributed around a mean, each weight with a spread of its own; the size of all steps
follows the path that the mean takes. It is the separable CMA-ES of Ros & Hansen 2008, which came of the
strategies of Rechenberg 1973: the covariance of Hansen & Ostermeier 2001, its diagonal alone.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np


class State(NamedTuple):
    """A strategy between two generations, of n weights: `mean` and `spread` are what children are drawn by.

    A child is mean + sigma · √spread · z. `path` are the mean's last steps in units of a child's, `trail` in
    units of sigma: steps that go the same way make them long.
    """

    step: int
    mean: np.ndarray
    sigma: float
    spread: np.ndarray
    path: np.ndarray
    trail: np.ndarray


class Rates(NamedTuple):
    """What n and the number of children say: the weights of the best, how fast each thing is learnt."""

    weights: np.ndarray
    together: float  # how many equal weights would count as much
    sigma: float
    damping: float
    trail: float
    one: float
    many: float
    usual: float  # the length of a path that leads nowhere


def begin(mean: np.ndarray, sigma: float) -> State:
    """The state before the first generation."""
    n = len(mean)
    return State(0, mean, sigma, np.ones(n), np.zeros(n), np.zeros(n))


@lru_cache(maxsize=64)
def rates(n: int, children: int) -> Rates:
    """Hansen's usual settings (2016), the covariance's (n + 2)/3 times as large (Ros & Hansen 2008)."""
    best = children // 2
    weights = np.log(best + 0.5) - np.log(np.arange(1, best + 1))
    weights /= weights.sum()
    w = 1 / float(weights @ weights)
    sigma = (w + 2) / (n + w + 5)
    damping = 1 + 2 * max(0.0, math.sqrt((w - 1) / (n + 1)) - 1) + sigma
    trail = (4 + w / n) / (n + 4 + 2 * w / n)
    one = (n + 2) / 3 * 2 / ((n + 1.3) ** 2 + w)
    many = min(1 - one, (n + 2) / 3 * 2 * (w - 2 + 1 / w) / ((n + 2) ** 2 + w))
    return Rates(
        weights, w, sigma, damping, trail, one, many, math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    )


def children(state: State, z: np.ndarray) -> np.ndarray:
    """The children (P, n) that standard normal numbers z (P, n) make."""
    return state.mean + state.sigma * np.sqrt(state.spread) * z


def selected(state: State, z: np.ndarray, losses: np.ndarray) -> State:
    """The state after a generation whose children, made of z, have these losses (P,)."""
    r, best = rates(len(state.mean), len(z)), z[np.argsort(losses, kind="stable")[: len(z) // 2]]
    onward = r.weights @ best
    path = (1 - r.sigma) * state.path + math.sqrt(r.sigma * (2 - r.sigma) * r.together) * onward
    length = float(np.linalg.norm(path))
    steady = (
        length / math.sqrt(1 - (1 - r.sigma) ** (2 * state.step + 2)) < (1.4 + 2 / (len(path) + 1)) * r.usual
    )
    root = np.sqrt(state.spread)
    trail = (1 - r.trail) * state.trail
    if steady:  # where sigma itself is too small the trail waits
        trail += math.sqrt(r.trail * (2 - r.trail) * r.together) * root * onward
    spread = (
        (1 - r.one - r.many) * state.spread + r.one * trail**2 + r.many * (r.weights @ (root * best) ** 2)
    )
    sigma = state.sigma * math.exp(min(1.0, r.sigma / r.damping * (length / r.usual - 1)))
    return State(state.step + 1, state.mean + state.sigma * root * onward, sigma, spread, path, trail)
