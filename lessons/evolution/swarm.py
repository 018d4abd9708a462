"""A swarm in the landscape of the thrown ball: an evolution strategy on two numbers, step by step."""

from functools import lru_cache
from math import atan, erfc, pi, sqrt
from typing import NamedTuple

import numpy as np

from lessons.vanishing.ball import CELL, NOTHING
from lstm_viz import fast
from lstm_viz.flow.wall import TANH, surface
from lstm_viz.teacherless import strategy

THROWN, BEGAN = (2.013, 1.893), (1.3, 0.1)  # where the ball of the lesson on vanishing gradients was
GENERATIONS, CHILDREN, WIDTH, SEEDS = 30, 10, 0.3, tuple(range(1, 11))
STEP = 0.01  # the height of a stair
FOUND = 0.01
# What a child is judged by, of the errors of a generation.
JUDGES = {
    "the error": lambda errors: errors,
    "its logarithm": np.log,
    "its rank": lambda errors: errors.argsort().argsort(),
    "steps of 0.01": lambda errors: np.ceil(errors / STEP) * STEP,
}


class Generation(NamedTuple):
    """The children (P, 2) as weight and bias, their errors (P,), the step size they were drawn with."""

    children: np.ndarray
    errors: np.ndarray
    width: float


class Search(NamedTuple):
    """A run: its generations, the middles (G + 1, 2) before and after each, the error at each middle."""

    generations: tuple[Generation, ...]
    middles: np.ndarray
    errors: np.ndarray


@lru_cache(maxsize=200)
def search(
    start: tuple[float, float],
    seed: int,
    children: int = CHILDREN,
    judge: str = "the error",
    width: float = WIDTH,
) -> Search:
    """A strategy from a start; the error at a middle is the landscape's, whatever children are judged by."""
    rng, state = np.random.default_rng(seed), strategy.begin(np.array(start), width)
    found, middles = [], [state.mean]
    for _ in range(GENERATIONS):
        z = rng.standard_normal((children, 2))
        drawn = strategy.children(state, z)
        errors = heights(drawn)
        found.append(Generation(drawn, errors, state.sigma))
        state = strategy.selected(state, z, JUDGES[judge](errors))
        middles.append(state.mean)
    return Search(tuple(found), np.array(middles), heights(np.array(middles)))


def heights(places: np.ndarray) -> np.ndarray:
    """The error at places (n, 2): one unit a place, none of which hears another."""
    params = {"w": places[:, :1], "b": places[:, 1:], "V": np.zeros((len(places), 1))}
    h = fast.run(CELL, params, NOTHING, {"h": np.full((len(places), 1), TANH.begin)}).values["h"]
    return (h[-1, :, 0] - TANH.target) ** 2


def arrived(
    start: tuple[float, float], goal: float, children: int = CHILDREN, judge: str = "the error"
) -> int:
    """With how many of the seeds the middle ends below a goal."""
    return sum(search(start, seed, children, judge).errors[-1] < goal for seed in SEEDS)


def thrown() -> dict[str, float]:
    """From where the ball was thrown."""
    at = surface(TANH, *np.array([THROWN]).T)
    return {
        "error there": float(at.loss[0]),
        "length of the gradient there": float(np.hypot(at.dw[0], at.db[0])),
        f"scatterings of {len(SEEDS)} that arrive": arrived(THROWN, FOUND),
    }


def ranks() -> dict[str, float]:
    """The same generations, bit for bit, whatever keeps the order."""
    first = search(THROWN, 1).middles
    return {
        name: float(np.array_equal(first, search(THROWN, 1, judge=judge).middles))
        for name, judge in (("by the logarithm", "its logarithm"), ("by the rank", "its rank"))
    }


def stairs() -> dict[str, float]:
    """Where errors are rounded up to stairs and no place has a slope."""
    return {
        "from the ball's first place": arrived(BEGAN, FOUND, judge="steps of 0.01"),
        "from where it was thrown": arrived(THROWN, FOUND, judge="steps of 0.01"),
    }


def fewer() -> dict[str, float]:
    """Ten children and four, below a thousandth after 30 generations."""
    return {f"{n} children": arrived(BEGAN, 0.001, n) for n in (10, 4)}


def cauchy() -> dict[str, float]:
    """What lies more than ten widths away, by Cauchy's distribution and by the normal one."""
    return {"Cauchy": 1 - 2 * atan(10) / pi, "normal": erfc(10 / sqrt(2))}
