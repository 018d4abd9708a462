"""Weights by guessing: a tanh network of two units on sequences of two kinds, each guess a fresh draw.

The task is the two-sequence problem of Bengio, Simard & Frasconi 1994: the first three numbers tell the kind,
97 more are noise with the variance 0.2, and the last state must tell it still. Guessing is after Hochreiter &
Schmidhuber 1997, who found that on such tasks it beats every clever method of the time.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.tasks import TASKS
from lstm_viz.teacherless.population import population, run

CELL = parse(LIBRARY["rnn_tanh"].equations)
UNITS, STEPS, TELLING, NOISE = 2, 100, 3, np.sqrt(0.2)
SHOWN, TESTED, TEST_SEED = 64, 2000, 2000  # sequences that a guess must get right; those of the test
AT_ONCE, MOST, MOST_STEPS = 50, 1000, 300
SEED = 2  # that of the picture, and of the experiment until the reader chooses another


class Guesses(NamedTuple):
    """The share of sequences that each guess gets right, up to the first that gets all; its weights and test.

    Without such a guess `params` is empty and `tested` nan.
    """

    right: np.ndarray
    params: dict[str, np.ndarray]
    tested: float

    @property
    def found(self) -> int:
        """Which guess it was, from 1 on; 0 for none."""
        return len(self.right) if self.params else 0


def draw(rng: np.random.Generator, B: int, steps: int = STEPS) -> tuple[np.ndarray, np.ndarray]:
    """Fresh sequences x (T, 1, B), and their kinds (B,), −1 or 1."""
    kind = rng.integers(0, 2, B) * 2 - 1
    x = rng.normal(0, NOISE, (steps, 1, B))
    x[:TELLING] = kind
    return x, kind


def guessed(rng: np.random.Generator, P: int, size: float, D: int = 1) -> dict[str, np.ndarray]:
    """Some networks with all weights drawn from ±size; the first unit is the answer."""
    shapes = {"W_h": (UNITS, D), "U_h": (UNITS, UNITS), "b_h": (UNITS, 1)}
    own = {name: rng.uniform(-size, size, (P, *shape)) for name, shape in shapes.items()}
    first = np.broadcast_to(np.eye(1, UNITS), (P, 1, UNITS))
    return own | {"W_y": first, "b_y": np.zeros((P, 1, 1))}


def right(params: dict, x: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """The share of sequences whose kind each network's last state has the sign of: (P,)."""
    return (np.sign(run(population(CELL, params), x)[:, -1, 0]) == kind).mean(axis=1)


@lru_cache(maxsize=100)
def guesses(seed: int, size: float = 100.0, most: int = MOST, steps: int = STEPS) -> Guesses:
    """Guess until all sequences are right, or so many times."""
    rng, shares = np.random.default_rng(seed), np.empty(0)
    x, kind = draw(rng, SHOWN, steps)
    while len(shares) < most:
        params = guessed(rng, AT_ONCE, size)
        now = right(params, x, kind)
        hits = np.flatnonzero(now == 1)
        if len(hits):
            k = hits[0]
            one = {name: p[k : k + 1] for name, p in params.items()}
            tested = right(one, *draw(np.random.default_rng(TEST_SEED), TESTED, steps))[0]
            return Guesses(np.concatenate([shares, now[: k + 1]]), one, float(tested))
        shares = np.concatenate([shares, now])
    return Guesses(shares, {}, float("nan"))


def adding(seed: int = 1, P: int = MOST, steps: int = 10) -> float:
    """The least error of guesses at the adding problem, the output being a guessed multiple of the state."""
    rng = np.random.default_rng(seed)
    batch = TASKS["adding"].draw(rng, steps, SHOWN)
    params = guessed(rng, P, 100.0, D=2)
    params |= {"W_y": rng.uniform(-2, 2, (P, 1, UNITS)), "b_y": rng.uniform(-2, 2, (P, 1, 1))}
    said = run(population(CELL, params), batch.x)[:, -1, 0]
    return float(((said - batch.target[-1, 0]) ** 2).mean(axis=1).min())


def path(found: Guesses, seed: int, steps: int = STEPS) -> tuple[np.ndarray, np.ndarray]:
    """The first unit of a found network on one sequence of each kind: two (T,)."""
    x, kind = draw(np.random.default_rng(seed), SHOWN, steps)
    picked = [int(np.argmax(kind == k)) for k in (-1, 1)]
    said = run(population(CELL, found.params), x[:, :, picked])[0, :, 0]
    return said[:, 0], said[:, 1]
