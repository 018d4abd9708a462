"""Walks through mazes: a network sees, acts by chance, and is told only what its actions are worth."""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import Cell
from lstm_viz.losses import log_softmax
from lstm_viz.tasks import t_maze
from lstm_viz.teacherless.population import population, readout, rest, step


class Walk(NamedTuple):
    """B walks of T steps: what was seen (T, 3, B), what was done, what it was worth, whether it was still on.

    `done` (T, B) are numbers of t_maze.ACTIONS, `worth` (T, B) rewards; `on` (T, B) is false behind the end
    of a maze. `said` (T, 4, B) are the logits, `won` (B,) tells who turned right.
    """

    seen: np.ndarray
    said: np.ndarray
    done: np.ndarray
    worth: np.ndarray
    on: np.ndarray
    won: np.ndarray


def walk(cell: Cell, params: dict, maze: t_maze.Maze, limit: int, rng: np.random.Generator | None) -> Walk:
    """Walk `limit` steps at most; without an `rng` the likeliest action is taken, else one by its chance."""
    network = population(cell, {name: p[None] for name, p in params.items()})
    states, rows = rest(network, len(maze.place)), []
    while len(rows) < limit and not maze.over.all():
        seen, on = t_maze.observe(maze), ~maze.over
        after = step(network, states, seen)
        said, states = readout(network, after["h"])[0], {s: after[s] for s in cell.states}
        done = chosen(said, rng)
        maze, worth = t_maze.act(maze, done)
        rows.append((seen, said, done, worth, on))
    return Walk(*map(np.stack, zip(*rows, strict=True)), maze.won)


def chances(said: np.ndarray) -> np.ndarray:
    """The chance of each action, from logits (T, 4, B)."""
    return np.exp(log_softmax(said))


def chosen(said: np.ndarray, rng: np.random.Generator | None) -> np.ndarray:
    """An action for each column of logits (4, B): the likeliest, or one drawn by its chance."""
    if rng is None:
        return said.argmax(axis=0)
    below = chances(said[None])[0].cumsum(axis=0) < rng.random(said.shape[1])
    return np.minimum(below.sum(axis=0), len(said) - 1)
