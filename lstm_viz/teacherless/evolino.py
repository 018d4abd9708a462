"""Evolino: the cells evolve, the readout is solved for; a network must go on alone with what it was shown.

After Schmidhuber, Wierstra & Gomez 2005, "Evolino: hybrid neuroevolution / optimal linear search for sequence
learning": sums of sines. A network is driven through a washout and a training phase, its readout fitted to
the latter; its loss is its error in the same phase when it reads its own outputs. Simpler than theirs: a
unit is in one network a generation and not in several, and the input weights are `feedback` times the
genes, so that all genes can be drawn and mutate alike.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.errors import LearnerError
from lstm_viz.network import READOUT, draw
from lstm_viz.teacherless import esp
from lstm_viz.teacherless.evolino_spec import Spec, cell_of, check
from lstm_viz.teacherless.freerun import (
    Playback,
    driven,
    error,
    fitted,
    free,
    led,
    missed,
    side_by_side,
    signal,
    with_readout,
)
from lstm_viz.teacherless.population import Population
from lstm_viz.teacherless.steps import chunk
from lstm_viz.training.advance import Diverged
from lstm_viz.training.chunk import Chunk
from lstm_viz.training.spec import START

STREAM = 12

__all__ = [
    "Metrics",
    "Playback",
    "Spec",
    "State",
    "advance",
    "best",
    "cell_of",
    "check",
    "first_state",
    "judge",
    "played_by",
]


class State(NamedTuple):
    """A run between two generations: all genes, the best network with its readout, its two errors.

    `best` holds genes and readout; it is empty before the first generation. `since` counts the generations
    since there was a better one.
    """

    step: int
    genes: dict[str, np.ndarray]
    best: dict[str, np.ndarray]
    errors: tuple[float, float]
    since: int


class Metrics(NamedTuple):
    """One number a generation, all errors over the signal's variance, of free runs; at most 10.

    The best network's so far where it was trained and beyond, and the mean of this generation.
    """

    best: np.ndarray
    beyond: np.ndarray
    mean: np.ndarray


def first_state(spec: Spec) -> State:
    """The state before the first generation."""
    check(spec)
    cell, rng = cell_of(spec), np.random.default_rng([spec.seed, START])
    middle = draw(cell, 1, 1, spec.hidden, rng, dict(spec.constants))
    genes = {}
    for name in cell.params:
        centre = middle[name] if name in dict(spec.constants) else 0.0
        genes[name] = centre + rng.uniform(-spec.spread, spec.spread, (spec.members, *middle[name].shape))
    return State(0, genes, {}, (np.inf, np.inf), 0)


def advance(spec: Spec, state: State, steps: int) -> Chunk:
    """Some generations more; it ends where no network has finite numbers, with the state before."""
    check(spec)
    return chunk(lambda before: generation(spec, before), state, steps, Metrics)


def generation(spec: Spec, state: State) -> tuple[State, tuple]:
    """The state after the next generation, and its row of metrics."""
    rng = np.random.default_rng([spec.seed, STREAM, state.step])
    team = esp.teams(rng, spec.members, spec.hidden)
    trial = tried(spec, esp.assembled(state.genes, team))
    after = state._replace(step=state.step + 1, since=state.since + 1)
    k = int(trial.losses.argmin())
    if trial.losses[k] < state.errors[0]:
        errors = float(trial.losses[k]), beyond(spec, trial, k)
        after = after._replace(best={n: g[k] for n, g in trial.genes.items()}, errors=errors, since=0)
    if after.since >= spec.stall:
        settled = {name: after.best[name] for name in state.genes}
        after = after._replace(genes=esp.burst(rng, settled, spec.members, spec.mutation), since=0)
    else:
        worth = esp.credited(team, trial.losses)
        after = after._replace(genes=esp.bred(rng, state.genes, worth, spec.share, spec.mutation))
    return after, (*after.errors, trial.losses.mean())


class Trial(NamedTuple):
    """A generation after its free run: genes and readouts, losses (P,), the states and outputs at its end."""

    genes: dict[str, np.ndarray]
    losses: np.ndarray
    states: dict[str, np.ndarray]
    last: np.ndarray


def tried(spec: Spec, genes: esp.Genes) -> Trial:
    """Drive networks, solve for their readouts, let them go; Diverged where none has finite numbers."""
    start, end = spec.washout, spec.washout + spec.steps
    target = signal(spec.sines, end)
    networks = side_by_side(cell_of(spec), expressed(spec, genes))
    h, states = driven(networks, target, start)
    if not np.isfinite(h).all(axis=(0, 2)).any():
        raise Diverged("No network of this generation has finite numbers. Try a smaller spread.")
    readouts = fitted(h[start:], target[start:])
    said, states, last = free(with_readout(networks, readouts), states, target[start - 1], spec.steps)
    return Trial(genes | readouts, error(said, target[start:]), states, last)


def beyond(spec: Spec, trial: Trial, k: int) -> float:
    """The error of one network in a free run over as many steps more, which it never saw."""
    one = slice(k, k + 1)
    network = networks_of(spec, {name: g[one] for name, g in trial.genes.items()})
    said, _, _ = free(network, {s: v[one] for s, v in trial.states.items()}, trial.last[one], spec.steps)
    return float(error(said, signal(spec.sines, spec.washout + 2 * spec.steps)[-spec.steps :])[0])


def expressed(spec: Spec, genes: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The parameters that genes stand for: of what multiplies the input, `feedback` times them."""
    read = {n.args[0] for n in cell_of(spec).nodes if n.op == "matmul" and n.args[1] == "x"}
    return {name: spec.feedback * g if name in read else g for name, g in genes.items()}


def networks_of(spec: Spec, genes: dict[str, np.ndarray]) -> Population:
    """Networks from genes and readouts, both with an axis of members in front."""
    params = expressed(spec, genes)
    own = {name: params[name] for name in cell_of(spec).params}
    return with_readout(side_by_side(cell_of(spec), own), {name: params[name] for name in READOUT})


def best(spec: Spec, state: State) -> dict[str, np.ndarray]:
    """The best network so far, its readout fitted; LearnerError before the first generation."""
    if not state.best:
        raise LearnerError("No network has been tried yet. Allowed: one generation or more.")
    return expressed(spec, state.best)


def judge(spec: Spec, params: dict) -> float:
    """The error of any network in a free run, over its steps beyond those that readouts are fitted to."""
    return missed(played_by(spec, params))


def played_by(spec: Spec, params: dict) -> Playback:
    """What a network says, however trained: driven through the washout, then alone for twice `spec.steps`.

    Any network of the cell with one input and one output.
    """
    whole = signal(spec.sines, spec.washout + 2 * spec.steps)
    networks = networks_of(spec._replace(feedback=1.0), {name: p[None] for name, p in params.items()})
    return Playback(whole, led(networks, whole, spec.washout), spec.washout, spec.washout + spec.steps)
