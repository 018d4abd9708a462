"""The gradient check: slopes found without calculus, by central differences, beside the engine's gradients.

The loss is L = Σ h·G: for every step t and every sequence the output h_t, weighted by numbers G_t of one's
own. It is linear in h, so that all that bends is the cell; with random G every weight takes part.
"""

from collections.abc import Callable

import numpy as np

from lstm_viz.cell import Cell
from lstm_viz.engine import backprop, run
from lstm_viz.errors import LearnerError

EPSILON = 1e-5  # the best for numbers of 16 digits: the curve's bend and the rounding err alike
MOST = 2_000  # weights in one check; each costs two runs


def loss(cell: Cell, params: dict, x: np.ndarray, initial: dict | None, G: np.ndarray) -> float:
    """L = Σ h·G of one run over x (T, D, B) from the initial states; G is (T, H, B)."""
    return float((run(cell, params, x, initial).values["h"] * G).sum())


def analytic(
    cell: Cell, params: dict, x: np.ndarray, initial: dict | None, G: np.ndarray, cut: tuple[str, ...] = ()
) -> dict[str, np.ndarray]:
    """dL/d every parameter by the engine's backward pass; with `cut` a truncated one, no slope of L."""
    return backprop(run(cell, params, x, initial), {"h": G}, cut).params


def difference(
    cell: Cell,
    params: dict,
    x: np.ndarray,
    initial: dict | None,
    G: np.ndarray,
    name: str,
    index: tuple[int, ...],
    epsilon: float = EPSILON,
) -> float:
    """The slope of L by one weight, params[name][index]: (L(w + ε) − L(w − ε)) / 2ε."""
    return slope(lambda p: loss(cell, p, x, initial, G), params, name, index, epsilon)


def differences(
    cell: Cell, params: dict, x: np.ndarray, initial: dict | None, G: np.ndarray, epsilon: float = EPSILON
) -> dict[str, np.ndarray]:
    """The slopes of L by all weights of all parameters, in their shapes; LearnerError beyond 2,000."""
    own = {name: params[name] for name in cell.params}
    return slopes(lambda p: loss(cell, p, x, initial, G), own, epsilon)


def slope(
    of: Callable[[dict], float], params: dict, name: str, index: tuple[int, ...], epsilon: float = EPSILON
) -> float:
    """The slope of any function of parameters by one of them.

    2ε is the distance between the two weights as they were rounded; LearnerError where that is 0.
    """
    above, below = params[name].astype(float), params[name].astype(float)
    above[index] += epsilon
    below[index] -= epsilon
    if not above[index] > below[index]:
        raise LearnerError(f"ε = {epsilon:g} is lost in rounding beside {name}: it has to be larger.")
    rise = of(params | {name: above}) - of(params | {name: below})
    return float(rise) / float(above[index] - below[index])


def slopes(of: Callable[[dict], float], params: dict, epsilon: float = EPSILON) -> dict[str, np.ndarray]:
    """The slopes of any function of parameters by all of them, in their shapes; LearnerError beyond 2,000."""
    weights = sum(a.size for a in params.values())
    if weights > MOST:
        raise LearnerError(f"A check of {weights:,} weights takes too long; up to {MOST:,} are allowed.")
    found = {name: np.empty(a.shape) for name, a in params.items()}
    for name, a in found.items():
        for k in np.ndindex(a.shape):
            a[k] = slope(of, params, name, k, epsilon)
    return found


def reading(numeric: np.ndarray, analytic: np.ndarray) -> float:
    """How far two gradients of one array disagree: max |n − a| / (max |n| + max |a|), from 0 to 1.

    It is 0 where both are the same, all zeros included, and 1 where one of them alone is zero; a factor of
    0.9 reads 0.1/1.9.
    """
    scale = np.abs(numeric).max() + np.abs(analytic).max()
    return float(np.abs(numeric - analytic).max() / scale) if scale else 0.0
