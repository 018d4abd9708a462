"""Policy gradient: in a T-maze, what was done before a reward becomes likelier; nobody says what was right.

REINFORCE (Williams 1992) through a recurrent network, as Wierstra, Foerster, Peters & Schmidhuber 2007 have
it, in the maze of Bakker 2001: the sign must be remembered all along the corridor, by weights that only
rewards at its end teach to.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import Cell, CellError, parse
from lstm_viz.errors import LearnerError
from lstm_viz.library.variant import Start
from lstm_viz.losses import log_softmax
from lstm_viz.network import MAX_HIDDEN, backward, check_size, draw, forward
from lstm_viz.tasks import t_maze
from lstm_viz.teacherless.population import check_cell
from lstm_viz.teacherless.steps import check_between, check_work, chunk
from lstm_viz.teacherless.walk import Walk, chances, walk
from lstm_viz.training.advance import diverged
from lstm_viz.training.chunk import Chunk
from lstm_viz.training.optimisers import State, begin, clip_by_norm, descend
from lstm_viz.training.spec import MAX_SEED, START, Descent, check_descent

STREAM, TEST_SEED, TEST_MAZES = 13, 2001, 500
MAX_CORRIDOR, MAX_WORK = 100, 1_000_000  # units times steps times walks of one update
SENSORS = 3
DESCENT = Descent(batch=32, rate=0.02, clip=1.0)


class Spec(NamedTuple):
    """A run: the cell, the steps from the sign to the junction, how it descends.

    A reward counts `discount` times less each step further back. `curiosity` is what keeping one's choice
    open is worth: the weight of the entropy of the chances.
    """

    equations: str
    constants: tuple[tuple[str, Start], ...]
    hidden: int
    corridor: int
    seed: int
    descent: Descent = DESCENT
    discount: float = 0.95
    curiosity: float = 0.1


class Metrics(NamedTuple):
    """One number an update: the mean reward of its walks, the share that turned right."""

    reward: np.ndarray
    right: np.ndarray


class Episode(NamedTuple):
    """One walk: what was seen, x (T, 3, 1), the chances of the actions (T, 4), those taken, the rewards."""

    x: np.ndarray
    chances: np.ndarray
    actions: np.ndarray
    rewards: np.ndarray
    won: bool


def check(spec: Spec) -> None:
    """A sentence where a number of the run is not one that can be used."""
    cell = parse(spec.equations)
    check_cell(cell)
    if any("N_u" in cell.shapes[name] for name in cell.params):
        problem = "A cell whose memories have a number of their own cannot walk."
        raise LearnerError(f"{problem} Allowed: cells whose sizes follow from their hidden units.")
    check_size("hidden units", spec.hidden, MAX_HIDDEN)
    check_size("steps from the sign to the junction", spec.corridor, MAX_CORRIDOR)
    check_size("as a seed", spec.seed, MAX_SEED, 0)
    check_descent(spec.descent)
    check_between("as a discount", spec.discount, 0.0, 1.0)
    check_between("as curiosity", spec.curiosity, 0.0, 1.0)
    check_work(spec.descent.batch, longest(spec.corridor), spec.hidden, largest=MAX_WORK)


def first_state(spec: Spec) -> State:
    """The state before the first update."""
    check(spec)
    rng, constants = np.random.default_rng([spec.seed, START]), dict(spec.constants)
    return begin(draw(parse(spec.equations), SENSORS, len(t_maze.ACTIONS), spec.hidden, rng, constants))


def advance(spec: Spec, state: State, steps: int) -> Chunk:
    """Some updates more, each after as many walks as a batch has; it ends where numbers stop being finite."""
    check(spec)
    return chunk(lambda before: update(spec, before), state, steps, Metrics)


def update(spec: Spec, state: State) -> tuple[State, tuple]:
    """The state after some walks and one step up their rewards, and its row of metrics."""
    rng, cell, B = np.random.default_rng([spec.seed, STREAM, state.step]), cell_of(spec), spec.descent.batch
    try:
        with np.errstate(all="ignore"):
            seen = walk(cell, state.params, t_maze.start(rng, spec.corridor, B), longest(spec.corridor), rng)
            grads = gradient(spec, state.params, seen)
            clipped, norm = clip_by_norm(grads, spec.descent.clip)
            after = descend(state, clipped, spec.descent.optimiser, spec.descent.rate)
    except CellError as error:
        raise diverged(state, f"in the cell's “{error.fragment}”") from error
    if not np.isfinite(norm):
        raise diverged(state, "in the gradient")
    return after, (seen.worth.sum(axis=0).mean(), seen.won.mean())


def longest(corridor: int) -> int:
    """The steps after which a walk is broken off: time for three ways through, and for some errors."""
    return 3 * corridor + 10


def gradient(spec: Spec, params: dict, seen: Walk) -> dict[str, np.ndarray]:
    """dL/d the parameters, by a run over what was seen and its backward pass."""
    trace, said = forward(cell_of(spec), params, seen.seen, run=fast.run)
    dy = slope(said, seen, advantages(seen, spec.discount), spec.curiosity)
    return backward(trace, params, dy, back=fast.backprop).params


def surrogate(said: np.ndarray, seen: Walk, worth: np.ndarray, curiosity: float) -> float:
    """What is made small, L: −Σ worth · log p(done) − curiosity · entropy, a walk; `worth` held fixed."""
    log_p = log_softmax(said)
    taken = np.take_along_axis(log_p, seen.done[:, None], axis=1)[:, 0]
    entropy = -(np.exp(log_p) * log_p).sum(axis=1)
    return float(-(seen.on * (worth * taken + curiosity * entropy)).sum() / seen.on.shape[1])


def slope(said: np.ndarray, seen: Walk, worth: np.ndarray, curiosity: float) -> np.ndarray:
    """dL/d the logits (T, 4, B) of `surrogate`; without curiosity it is REINFORCE (Williams 1992)."""
    log_p = log_softmax(said)
    p, done = np.exp(log_p), np.arange(said.shape[1])[:, None] == seen.done[:, None]
    entropy = -(p * log_p).sum(axis=1, keepdims=True)
    d = worth[:, None] * (p - done) + curiosity * p * (log_p + entropy)
    return seen.on[:, None] * d / said.shape[2]


def advantages(seen: Walk, discount: float) -> np.ndarray:
    """What came after each action (T, B), discounted, less what came to the other walks from that step on.

    A walk's own return is not in its baseline, which so leaves the expected gradient as it is.
    """
    T, B = seen.worth.shape
    returns = np.zeros((T + 1, B))
    for t in reversed(range(T)):
        returns[t] = seen.worth[t] + discount * returns[t + 1]
    returns, others = returns[:-1] * seen.on, seen.on.sum(axis=1, keepdims=True) - seen.on
    baseline = (returns.sum(axis=1, keepdims=True) - returns) / np.maximum(others, 1)
    return (returns - baseline) * seen.on


def best(spec: Spec, state: State) -> dict[str, np.ndarray]:
    """The network as it is."""
    return state.params


def judge(spec: Spec, params: dict) -> float:
    """The share of fresh mazes in which it turns right, always doing what it thinks likeliest."""
    maze = t_maze.start(np.random.default_rng(TEST_SEED), spec.corridor, TEST_MAZES)
    return float(walk(cell_of(spec), params, maze, longest(spec.corridor), None).won.mean())


def episode(spec: Spec, state: State, seed: int) -> Episode:
    """One walk as the network now walks, by chance; the same seed, the same maze and the same dice."""
    rng = np.random.default_rng(seed)
    seen = walk(cell_of(spec), state.params, t_maze.start(rng, spec.corridor, 1), longest(spec.corridor), rng)
    return Episode(
        seen.seen, chances(seen.said)[..., 0], seen.done[:, 0], seen.worth[:, 0], bool(seen.won[0])
    )


def cell_of(spec: Spec) -> Cell:
    """The cell that walks."""
    return parse(spec.equations)
