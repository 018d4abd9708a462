"""Walks by the numbers: what can be had without memory, and what a walker at random finds."""

from functools import lru_cache
from itertools import product

import numpy as np

from lstm_viz.ops import sigmoid
from lstm_viz.tasks import t_maze
from lstm_viz.teacherless import policy
from lstm_viz.teacherless.recipes import maze_spec

LENGTHS, BATCH, CORRIDOR = (5, 10, 20), 32, 10


@lru_cache(maxsize=100)
def arrives(length: int) -> float:
    """The chance that a walker who takes each action with a quarter makes the correct turn in time."""
    place, won = np.eye(length + 1)[0], 0.0
    for _ in range(policy.longest(length)):
        won += place[-1] / 4
        after = place / 2  # north and south: stays, but at the junction it is over
        after[-1] = 0.0
        after[1:] += place[:-1] / 4
        after[-1] += place[-1] / 4
        after[:-1] += place[1:] / 4
        after[0] += place[0] / 4
        place = after
    return won


def blind() -> dict[str, float]:
    """Straight on and then north, in a maze of either kind: the mean of both is what a guess earns."""
    found = {}
    for length in LENGTHS:
        maze = t_maze.start(np.random.default_rng(0), length, 2)._replace(north=np.array([True, False]))
        total = np.zeros(2)
        for t in range(length + 1):
            maze, worth = t_maze.act(maze, np.full(2, t_maze.NORTH if t == length else t_maze.EAST))
            total += worth
        found[f"corridor of {length}"] = float(total.mean())
    return found


def any_length() -> dict[str, float]:
    """The best of all fixed answers to what is seen: one for both mazes, and for each maze its own.

    Only who remembers the sign can have another answer at the junction of the one maze than of the other.
    Dice help nobody without memory: the turn they give still knows nothing of the sign.
    """
    found = {}
    for length in LENGTHS:
        earned = rewards(length)
        found[f"without, corridor of {length}"] = earned.mean(axis=0).max()
        found[f"with, corridor of {length}"] = earned.max(axis=1).mean()
    return found


def rewards(length: int) -> np.ndarray:
    """What is earned in the maze of the north and in that of the south by every fixed answer: (2, 256)."""
    kinds = np.array([t_maze.NORTHERN, t_maze.SOUTHERN, t_maze.CORRIDOR, t_maze.JUNCTION])
    answers = np.array(list(product(range(len(t_maze.ACTIONS)), repeat=len(kinds))))
    n = len(answers)
    table, every = np.concatenate([answers, answers]), np.arange(2 * n)
    maze, total = t_maze.start(np.random.default_rng(0), length, 2 * n)._replace(north=every < n), 0.0
    for _ in range(policy.longest(length)):
        seen = (t_maze.observe(maze) == kinds[:, :, None]).all(axis=1).argmax(axis=0)
        maze, worth = t_maze.act(maze, table[every, seen])
        total = total + worth
    return total.reshape(2, n)


def discounted() -> dict[str, float]:
    """What is left of the reward of the correct turn."""
    discount = maze_spec(CORRIDOR, 1).discount
    return {f"{n} steps before": t_maze.RIGHT * discount**n for n in (10, 50)}


def at_random() -> dict[str, float]:
    """Correct turns at random, in per cent of walks."""
    return {f"corridor of {n}, %": 100 * arrives(n) for n in LENGTHS}


def batches(length: int) -> float:
    """The chance that a batch has a correct turn at all."""
    return 1 - (1 - arrives(length)) ** BATCH


def batch() -> dict[str, float]:
    """Twenty steps."""
    return {"chance of a reward in 32 walks": batches(20)}


def fine() -> dict[str, float]:
    """Ten steps and twenty."""
    return {"ten steps": batches(10), "twenty steps": batches(20)}


def start() -> dict[str, float]:
    """What a memory keeps of itself over ten steps by its forget bias alone, started short and long."""
    long = policy.first_state(maze_spec(CORRIDOR, 1)).params["b_f"]
    biases = {"a step, forget bias 1": 1.0, "ten steps, forget bias 1": 1.0}
    biases |= {"ten steps, the middle unit": float(np.median(long))}
    steps = {name: 1 if name.startswith("a step") else CORRIDOR for name in biases}
    return {name: float(sigmoid(b) ** steps[name]) for name, b in biases.items()}
