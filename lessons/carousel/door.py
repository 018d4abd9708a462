"""A carousel with a weight at its door, the same at each step or not: what it holds, what pulls at the door.

The unit's numbers are scattered evenly between −1 and 1, so that their mean square is a third.
"""

from typing import NamedTuple

import numpy as np

from lessons.plain import net, states
from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run

CELL = parse("h = h_prev + v @ x")
STEPS, PLACE, SPREAD = 100, 2, 1 / 3  # the third number counts


class Told(NamedTuple):
    """The states (T, B), the mean squared error, and how each step pulls at its weight, up above 0: (T,)."""

    states: np.ndarray
    error: float
    pulls: np.ndarray


def told(weights, x: np.ndarray, place: int = PLACE) -> Told:
    """What a carousel with these weights (T,) makes of numbers x (T, B), of which one place counts."""
    T, B = x.shape
    trace = run(CELL, {"v": np.reshape(weights, (T, 1, 1))}, x[:, None])
    h = trace.values["h"]
    wrong, seed = h[-1, 0] - x[place], np.zeros(h.shape)
    seed[-1, 0] = 2 * wrong / B
    return Told(h[:, 0], float((wrong**2).mean()), -backprop(trace, {"h": seed}).params["v"][:, 0, 0])


def fixed(weight: float, other: float | None = None, place: int = PLACE, steps: int = STEPS) -> np.ndarray:
    """The weights (T,) of a door: one for all steps, or another for those that do not count."""
    weights = np.full(steps, weight if other is None else other)
    weights[place] = weight
    return weights


def spikes(steps: int) -> np.ndarray:
    """As many sequences as steps, each with a single number: their mean squares are those of random ones.

    All that is asked of them is quadratic, so that their means are the expected values, without chance.
    """
    return np.eye(steps) * np.sqrt(SPREAD * steps)


def best(steps: int, place: int = PLACE) -> tuple[float, float]:
    """The fixed weight with the least mean squared error, and that error; the error is a parabola."""
    x = spikes(steps)
    at = [told(fixed(w, place=place, steps=steps), x, place).error for w in (0.0, 0.5, 1.0)]
    a, b, c = np.polyfit((0.0, 0.5, 1.0), at, 2)
    return -b / (2 * a), c - b * b / (4 * a)


def vote() -> dict[str, float]:
    """The best fixed weight, and how the steps pull at a weight of a half."""
    weight, error = best(STEPS)
    pulls = told(fixed(0.5), spikes(STEPS)).pulls
    others = np.delete(pulls, PLACE)
    return {
        "best weight": weight,
        "its mean squared error": error,
        "that of a silent unit": told(fixed(0.0), spikes(STEPS)).error,
        "pull of the third step at 0.5": pulls[PLACE],
        "least pull of another": others.min(),
        "largest pull of another": others.max(),
        "how many others": len(others),
    }


def no_weight() -> dict[str, float]:
    """What a fixed door, carousel and exit explain at best if the place that counts is drawn anew."""
    weights = np.round(np.arange(0.5, 1.501, 0.01), 2)
    shares = [explained(w) for w in weights]
    return {"largest share": max(shares), "with the weight": weights[np.argmax(shares)]}


def explained(weight: float) -> float:
    """The share of the variance that the state's best multiple explains, every place being as likely.

    The state weighs an input of k steps ago by the weight to the k-th power, as one spike shows.
    """
    spike = np.zeros(STEPS)
    spike[0] = 1.0
    echo = states(net("linear", [[weight]], [[1.0]]), spike)[1:, 0]
    return echo.mean() ** 2 / (echo**2).sum()


def way_out() -> dict[str, float]:
    """The best fixed weight at the exit: one at the last step, silence before it."""
    held = told(fixed(1.0, 0.0), np.eye(STEPS)[:, PLACE : PLACE + 1]).states[:, 0]
    wanted = np.zeros(STEPS)
    wanted[-1] = 1.0
    return {
        "steps at which something is held": np.count_nonzero(held),
        "one divided by the best weight": (held @ held) / (held @ wanted),
    }


def opened() -> dict[str, float]:
    """A door that is open at the third step alone."""
    x = np.random.default_rng(1).uniform(-1, 1, (STEPS, 50))
    trace = run(CELL, {"v": fixed(1.0, 0.0).reshape(-1, 1, 1)}, x[:, None])
    seed = np.zeros(trace.values["h"].shape)
    seed[-1] = 1.0
    back = backprop(trace, {"h": seed}).signals["h"]
    return {
        "largest error of the state": np.abs(trace.values["h"][-1, 0] - x[PLACE]).max(),
        "least gradient at the third step": back[PLACE].min(),
        "largest": back[PLACE].max(),
    }


def fewer() -> dict[str, float]:
    """One other number, and nine."""
    (one, error), (nine, _) = best(2, 0), best(10)
    return {"best weight with one other": one, "its error": error, "best weight with nine": nine}
