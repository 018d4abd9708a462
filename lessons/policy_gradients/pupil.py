"""A pupil of the maze at every tenth update: the same weights for everybody who trains it."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz.tasks import t_maze
from lstm_viz.teacherless import policy
from lstm_viz.teacherless.recipes import maze_spec
from lstm_viz.teacherless.walk import walk

CORRIDOR, EVERY, UPDATES, WALKERS, COUNTED, DICE = 10, 10, 200, 30, 200, 77
LIMIT = policy.longest(CORRIDOR)


class Walked(NamedTuple):
    """Walks by chance: places (T, B) before each action, nan behind the end; how they ended, as shares."""

    places: np.ndarray
    correct: float
    wrong: float

    @property
    def lost(self) -> float:
        """The share that did not arrive."""
        return max(0.0, 1 - self.correct - self.wrong)


@lru_cache(maxsize=40)
def learnt(updates: int) -> policy.State:
    """The state after so many updates, a multiple of EVERY, reached from the one before."""
    spec = maze_spec(CORRIDOR, 1)
    if not updates:
        return policy.first_state(spec)
    return policy.advance(spec, learnt(updates - EVERY), EVERY).state


@lru_cache(maxsize=40)
def walked(updates: int) -> Walked:
    """Some walks of the network after so many updates; the dice are the same each time."""
    spec, rng = maze_spec(CORRIDOR, 1), np.random.default_rng(DICE)
    maze = t_maze.start(rng, CORRIDOR, COUNTED)
    seen = walk(policy.cell_of(spec), learnt(updates).params, maze, LIMIT, rng)
    steps = (seen.done == t_maze.EAST).astype(int) - (seen.done == t_maze.WEST)
    places, at = np.full((LIMIT, COUNTED), np.nan), np.zeros(COUNTED)
    for t, step in enumerate(steps):
        places[t] = np.where(seen.on[t], at, np.nan)
        at = np.clip(at + step, 0, CORRIDOR)
    turned = seen.on.sum(axis=0) < len(seen.on)
    turned |= (at == CORRIDOR) & np.isin(seen.done[-1], (t_maze.NORTH, t_maze.SOUTH)) & seen.on[-1]
    return Walked(places, float(seen.won.mean()), float((turned & ~seen.won).mean()))


def grown() -> tuple[Walked, ...]:
    """The walks after 0, EVERY … UPDATES updates; of the places no more than are shown. Takes about 3 s."""
    found = map(walked, range(0, UPDATES + 1, EVERY))
    return tuple(w._replace(places=w.places[:, :WALKERS]) for w in found)
