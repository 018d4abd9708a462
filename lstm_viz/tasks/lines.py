"""Lines: every sequence has a straight line of its own, shown by examples, and the next point is to be told.

What is learnt in training is therefore no line, but how to find one.
"""

import numpy as np

from lstm_viz.tasks.task import Batch, Task, check_draw


def draw(rng: np.random.Generator, T: int, B: int, marks=None) -> Batch:
    """Fresh lines y = a x + b, one a sequence, with a, b and every x from U(−1, 1).

    Read are x and the right answer of the step before, 0 at the first; the target is y. InputError for a T
    below 5.
    """
    check_draw(T, B)
    a, b = rng.uniform(-1, 1, (2, B))
    return examples(a, b, rng.uniform(-1, 1, (T, B)))


def examples(a: np.ndarray, b: np.ndarray, x: np.ndarray) -> Batch:
    """The sequences of chosen lines, a and b (B,), at chosen places, x (T, B)."""
    y = a * x + b
    before = np.concatenate([np.zeros_like(y[:1]), y[:-1]])
    labels = tuple(f"{here:.2f} after {told:.2f}" for here, told in zip(x[:, 0], before[:, 0], strict=True))
    return Batch(np.stack([x, before], 1), y[:, None], labels)


def intercept(y: np.ndarray) -> np.ndarray:
    """The mean b of all lines that have the value y at a place from U(−1, 1) which is not known.

    a x has the density −ln|u| / 2 on (−1, 1), and b = y − a x has to lie in (−1, 1) too: the mean of u from
    |y| − 1 to 1, by its integrals.
    """
    y, sign = np.abs(y), np.sign(y)
    low = np.where(y == 1, np.finfo(float).tiny, y - 1)  # at 0 the logarithm has no value, its product is 0
    log = np.log(np.abs(low))
    weight, mean = 1 - low * (1 - log), 1 / 4 - low**2 * (1 / 4 - log / 2)
    return sign * (y - mean / weight)


def baseline(T: int) -> tuple[float, str]:
    """The variance of y, 4/9, and from the second step on without what the answer before tells of b."""
    u, b = (np.arange(2000) + 0.5) / 2000 * 2 - 1, (np.arange(200) + 0.5) / 200 * 2 - 1
    chance = -np.log(np.abs(u)) / 2
    told = (intercept(u[:, None] + b) ** 2).mean(axis=1) @ chance / chance.sum()
    return float(4 / 9 - told * (T - 1) / T), "knows only the current x and the answer before"


TASK = Task(
    name="lines",
    title="Lines",
    sentence="Each sequence shows points of a straight line of its own, each answer one step late: "
    "watch how many points it takes until the network says the next ones right.",
    inputs=("x", "y before"),
    outputs=("y",),
    loss="squared",
    when="every",
    measure="mean squared error",
    x_range=(-2.0, 2.0),
    y_range=(-2.0, 2.0),
    draw=draw,
    draw_test=draw,
    baseline=baseline,
    source="after Hochreiter, Younger and Conwell 2001, Learning to learn using gradient descent, with lines "
    "for quadratic functions",
)
