"""Evolution: a network's weights found by trying some, keeping what does better, and trying around it.

No gradient is sent back; a loss for each child is all that is asked for. A generation sees the sequences
that gradient training would see in its step of the same number.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import Cell, parse
from lstm_viz.losses import loss
from lstm_viz.network import check_size
from lstm_viz.tasks import Batch, task_of
from lstm_viz.teacherless import strategy
from lstm_viz.teacherless.population import check_cell, population, run
from lstm_viz.teacherless.steps import check_work, chunk
from lstm_viz.teacherless.strategy import State
from lstm_viz.training import spec as training
from lstm_viz.training.advance import Diverged, sequences
from lstm_viz.training.chunk import Chunk
from lstm_viz.training.measure import Exam, measure

STREAM = 11
MIN_MEMBERS, MAX_MEMBERS, MAX_SIGMA = 4, 200, 10.0
MAX_WORK = 20_000_000  # units times steps times sequences times members of one generation


class Spec(NamedTuple):
    """A run: what gradient training would do, the children of a generation, how far apart the first are.

    Of `run` all is used but how it descends: `run.descent.batch` sequences are read in a generation.
    """

    run: training.Spec
    members: int = 40
    sigma: float = 0.3


class Metrics(NamedTuple):
    """One number a generation: its children's losses, and the step size.

    A child that overflows has no loss: `mean` and `worst` are those of the others.
    """

    best: np.ndarray
    mean: np.ndarray
    worst: np.ndarray
    sigma: np.ndarray


def check(spec: Spec) -> None:
    """A sentence where a number of the run is not one that can be used."""
    training.check(spec.run)
    check_cell(parse(spec.run.equations))
    check_size("children in a generation", spec.members, MAX_MEMBERS, MIN_MEMBERS)
    training.check_number("as the first step size", spec.sigma, MAX_SIGMA)
    check_work(spec.members, spec.run.descent.batch, spec.run.T, spec.run.hidden, largest=MAX_WORK)


def first_state(spec: Spec) -> State:
    """The state before the first generation: around the weights from which training would start."""
    check(spec)
    params = training.first_state(spec.run).params
    free = [params[n].astype(float).ravel() for n in params if n not in spec.run.fixed]
    return strategy.begin(np.concatenate(free), float(spec.sigma))


def advance(spec: Spec, state: State, steps: int) -> Chunk:
    """Some generations more; it ends where no child has a finite loss, with the state before."""
    check(spec)
    return chunk(lambda before: generation(spec, before), state, steps, Metrics)


def generation(spec: Spec, state: State) -> tuple[State, tuple]:
    """The state after the next generation, and its row of metrics."""
    rng = np.random.default_rng([spec.run.seed, STREAM, state.step])
    z = rng.standard_normal((spec.members, len(state.mean)))
    found = losses(spec, strategy.children(state, z), sequences(spec.run, state.step))
    finite = found[np.isfinite(found)]
    with np.errstate(all="ignore"):
        after = strategy.selected(state, z, found)
    if not len(finite) or not np.isfinite([after.sigma, *after.mean]).all():
        raise Diverged(
            f"Generation {state.step + 1} broke: no child has a finite loss. Try a smaller first step size."
        )
    return after, (finite.min(), finite.mean(), finite.max(), state.sigma)


def losses(spec: Spec, children: np.ndarray, batch: Batch) -> np.ndarray:
    """The loss of each child, a row of weights, on the same sequences; infinite where it overflows."""
    task = task_of(spec.run.task, spec.run.data)
    said = run(population(parse(spec.run.equations), weights(spec, children)), batch.x, batch.dt)
    with np.errstate(all="ignore"):
        found = np.array([loss(task.loss, task.when, y, batch.target, batch.counts)[0] for y in said])
    return np.where(np.isfinite(found), found, np.inf)


def weights(spec: Spec, children: np.ndarray) -> dict[str, np.ndarray]:
    """Rows of weights (P, n) as parameters (P, rows, columns), with those that stay as they start."""
    found, at = {}, 0
    for name, p in training.first_state(spec.run).params.items():
        if name in spec.run.fixed:
            found[name] = np.broadcast_to(p, (len(children), *p.shape))
        else:
            found[name] = children[:, at : at + p.size].reshape(len(children), *p.shape)
            at += p.size
    return found


def best(spec: Spec, state: State) -> dict[str, np.ndarray]:
    """The network in the middle of the population, which no chance made look better than it is."""
    return {name: p[0] for name, p in weights(spec, state.mean[None]).items()}


def judge(spec: Spec, params: dict) -> float:
    """A network's error on fresh sequences, in the task's own measure."""
    run = spec.run
    return measure(cell_of(spec), params, task_of(run.task, run.data), Exam(run.T))


def cell_of(spec: Spec) -> Cell:
    """The cell whose weights are looked for."""
    return parse(spec.run.equations)
