"""The same mazes with a teacher: a network is led to the junction and told at every step what is right.

What policy.py learns from rewards alone is here a cross-entropy: the comparison that says what a teacher is
worth. Specs, states and judge are policy.py's; rewards, discount and curiosity play no part.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import CellError
from lstm_viz.losses import loss
from lstm_viz.network import backward, forward
from lstm_viz.tasks import t_maze
from lstm_viz.teacherless.policy import Spec, best, cell_of, check, first_state, judge
from lstm_viz.teacherless.steps import chunk
from lstm_viz.training.advance import diverged
from lstm_viz.training.chunk import Chunk
from lstm_viz.training.optimisers import State, clip_by_norm, descend

STREAM = 14

__all__ = ["Metrics", "advance", "best", "cell_of", "check", "first_state", "judge", "led"]


class Metrics(NamedTuple):
    """One number an update: the loss, the share that would turn right at the junction."""

    loss: np.ndarray
    right: np.ndarray


def advance(spec: Spec, state: State, steps: int) -> Chunk:
    """Some updates more, each on a batch of fresh mazes; it ends where numbers stop being finite."""
    check(spec)
    return chunk(lambda before: update(spec, before), state, steps, Metrics)


def led(rng: np.random.Generator, corridor: int, B: int) -> tuple[np.ndarray, np.ndarray]:
    """What is seen by who walks straight to the junction (T, 3, B), and the right turn there (B,)."""
    maze, seen = t_maze.start(rng, corridor, B), []
    for _ in range(corridor + 1):
        seen.append(t_maze.observe(maze))
        maze, _ = t_maze.act(maze, np.full(B, t_maze.EAST))
    return np.stack(seen), np.where(maze.north, t_maze.NORTH, t_maze.SOUTH)


def taught(turn: np.ndarray, steps: int) -> np.ndarray:
    """What is right at each step, one-hot (T, 4, B): east, and at the last one a turn (B,)."""
    right = np.full((steps, len(turn)), t_maze.EAST)
    right[-1] = turn
    return (right[:, None] == np.arange(len(t_maze.ACTIONS))[:, None]).astype(float)


def told(y: np.ndarray, target: np.ndarray) -> tuple[float, np.ndarray]:
    """The cross-entropy of the junction and that of all steps, lest a long way drown it; its gradient."""
    (turn, d_turn), (way, d_way) = (loss("cross-entropy", when, y, target) for when in ("end", "every"))
    return turn + way, d_turn + d_way


def update(spec: Spec, state: State) -> tuple[State, tuple]:
    """The state after one step down the loss of a batch of mazes, and its row of metrics."""
    x, turn = led(np.random.default_rng([spec.seed, STREAM, state.step]), spec.corridor, spec.descent.batch)
    try:
        with np.errstate(all="ignore"):
            trace, y = forward(cell_of(spec), state.params, x, run=fast.run)
            value, dy = told(y, taught(turn, len(x)))
            grads = backward(trace, state.params, dy, back=fast.backprop).params
            clipped, norm = clip_by_norm(grads, spec.descent.clip)
            after = descend(state, clipped, spec.descent.optimiser, spec.descent.rate)
    except CellError as error:
        raise diverged(state, f"in the cell's “{error.fragment}”") from error
    if not np.isfinite([value, norm]).all():
        raise diverged(state, "in the loss or its gradient")
    return after, (value, np.mean(y[-1].argmax(axis=0) == turn))
