"""A maze so small that all its walks can be counted: the policy gradient without any chance."""

from itertools import product

import numpy as np

from lstm_viz.network import backward, forward
from lstm_viz.tasks import t_maze
from lstm_viz.teacherless import policy
from lstm_viz.teacherless.recipes import maze_spec
from lstm_viz.teacherless.walk import Walk, chances

SPEC = maze_spec(1, 2)._replace(hidden=2, curiosity=0.0, discount=1.0)
MOVES, NUDGE = 2, 1e-5
MORE = 10.0  # what is added to every walk's reward


def every_walk(params: dict) -> tuple[Walk, np.ndarray]:
    """All walks of two actions in both mazes, and the chance of each: (32,)."""
    pairs = np.array(list(product(range(len(t_maze.ACTIONS)), repeat=MOVES)))
    done, n = np.concatenate([pairs, pairs]).T, 2 * len(pairs)
    maze = t_maze.start(np.random.default_rng(0), 1, n)._replace(north=np.arange(n) < n // 2)
    rows = []
    for t in range(MOVES):
        seen, on = t_maze.observe(maze), ~maze.over
        maze, worth = t_maze.act(maze, done[t])
        rows.append((seen, np.zeros((len(t_maze.ACTIONS), n)), done[t], worth, on))
    found = Walk(*map(np.stack, zip(*rows, strict=True)), maze.won)
    said = forward(policy.cell_of(SPEC), params, found.seen)[1]
    taken = np.take_along_axis(chances(said), done[:, None], axis=1)[:, 0]
    return found._replace(said=said), taken.prod(axis=0) / 2


def expected(params: dict) -> float:
    """The reward that is to be expected of a walk."""
    found, chance = every_walk(params)
    return float(chance @ found.worth.sum(axis=0))


def pushes(more: float = 0.0) -> tuple[np.ndarray, np.ndarray, Walk]:
    """What each walk says dL/d the logits is, (T, 4, 32), were it the only one; with the chances."""
    found, chance = every_walk(policy.first_state(SPEC).params)
    returns = np.cumsum(found.worth[::-1], axis=0)[::-1] + more
    n = len(chance)
    return n * policy.slope(found.said, found, returns * found.on, 0.0), chance, found


def exact() -> dict[str, float]:
    """REINFORCE over all walks, each weighted by its chance, beside the slope of the expected reward."""
    params = policy.first_state(SPEC).params
    d, chance, found = pushes()
    trace, _ = forward(policy.cell_of(SPEC), params, found.seen)
    grads = backward(trace, params, d * chance).params
    largest, scale = 0.0, max(float(np.abs(g).max()) for g in grads.values())
    for name, p in params.items():
        for at in np.ndindex(p.shape):
            above, below = p.copy(), p.copy()
            above[at] += NUDGE
            below[at] -= NUDGE
            slope = (expected(params | {name: above}) - expected(params | {name: below})) / (2 * NUDGE)
            largest = max(largest, abs(-grads[name][at] - slope))
    return {"walks": float(len(chance)), "largest disagreement, of the largest slope": largest / scale}


def scatter(more: float) -> tuple[np.ndarray, float]:
    """The mean push and the variance of single walks around it."""
    d, chance, _ = pushes(more)
    mean = (d * chance).sum(axis=2)
    return mean, float((chance * ((d - mean[:, :, None]) ** 2).sum(axis=(0, 1))).sum())


def baseline() -> dict[str, float]:
    """What a constant added to every reward does to the mean and to the scatter."""
    (first, little), (second, much) = scatter(0.0), scatter(MORE)
    return {
        "largest change of the mean": float(np.abs(first - second).max()),
        "times the variance": much / little,
    }
