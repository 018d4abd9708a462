"""What the gradient does through time: its norm at each step and how far back it reaches."""

import numpy as np

FLOAT32_TINY = float(np.finfo(np.float32).tiny)
REACH = 0.01


def norms(gradient: np.ndarray) -> np.ndarray:
    """The Euclidean norm at each step: (T, rows, …, B) -> (T,)."""
    return np.sqrt((gradient**2).sum(axis=tuple(range(1, gradient.ndim))))


def reach(norm: np.ndarray, share: float = REACH) -> int:
    """How many steps back from the last one the norm stays at or above `share` of its value there."""
    if norm[-1] == 0:
        return 0
    below = norm[::-1] < share * norm[-1]
    return int(below.argmax()) - 1 if below.any() else len(norm) - 1


def log10(norm: np.ndarray) -> np.ndarray:
    """The decimal logarithm, -inf where the norm is zero."""
    with np.errstate(divide="ignore"):
        return np.log10(norm)
