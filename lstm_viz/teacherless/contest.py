"""Contestants: any way to learn as a run that is judged as it goes, so that two can be seen side by side.

The numbers of a step are the way's own; a judgement changes nothing, and its time is not counted. All but the
seconds is the same every time.
"""

import math
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lstm_viz.errors import LearnerError
from lstm_viz.network import check_size
from lstm_viz.teacherless import evolino, evolution, mazes, policy
from lstm_viz.teacherless.steps import chunk
from lstm_viz.training import advance as descend
from lstm_viz.training import first_state as first_of_training
from lstm_viz.training.advance import MAX_CHUNK, Diverged
from lstm_viz.training.chunk import Chunk


class Contestant(NamedTuple):
    """A run: one of WAYS, how it learns, the spec that says how it is judged.

    A step of it is `each` steps of the way; it is judged after every `every` of its own.
    """

    way: str
    spec: NamedTuple
    exam: NamedTuple
    each: int = 1
    every: int = 10


class State(NamedTuple):
    """A run between two steps: the way's own state, and the last judgement, nan before the first."""

    step: int
    own: NamedTuple
    judged: float


class Evolved(NamedTuple):
    """One number a step: the children's losses, the step size; the last judgement, the step's seconds."""

    best: np.ndarray
    mean: np.ndarray
    worst: np.ndarray
    sigma: np.ndarray
    judged: np.ndarray
    seconds: np.ndarray


class Solved(NamedTuple):
    """One number a step: Evolino's errors; the last judgement, the seconds of the step."""

    best: np.ndarray
    beyond: np.ndarray
    mean: np.ndarray
    judged: np.ndarray
    seconds: np.ndarray


class Rewarded(NamedTuple):
    """One number a step: what walks earned, how many turned right; the last judgement, the seconds."""

    reward: np.ndarray
    right: np.ndarray
    judged: np.ndarray
    seconds: np.ndarray


class Taught(NamedTuple):
    """One number a step: the loss; the last judgement, the seconds of the step."""

    loss: np.ndarray
    judged: np.ndarray
    seconds: np.ndarray


class Way(NamedTuple):
    """How one way begins, goes on, gives its network; what is kept of its metrics; what a step reads.

    `read` are a step's sequences, every network's counted; `long` the true values of each, None where these
    differ.
    """

    first: Callable
    advance: Callable
    best: Callable
    metrics: type
    read: Callable[[NamedTuple], int]
    long: Callable[[NamedTuple], int | None]


def batch(spec: NamedTuple) -> int:
    """The sequences of a step down a gradient."""
    return spec.descent.batch


def length(run: NamedTuple) -> int | None:
    """The steps of a training run's sequences, where all have as many."""
    return run.T if run.shortest == run.T else None


WAYS = {
    "evolution": Way(
        evolution.first_state,
        evolution.advance,
        evolution.best,
        Evolved,
        lambda spec: spec.members * batch(spec.run),
        lambda spec: length(spec.run),
    ),
    "evolino": Way(
        evolino.first_state,
        evolino.advance,
        evolino.best,
        Solved,
        lambda spec: spec.members,
        lambda spec: spec.washout + spec.steps,
    ),
    "rewards": Way(policy.first_state, policy.advance, policy.best, Rewarded, batch, lambda _: None),
    "teacher": Way(
        mazes.first_state, mazes.advance, mazes.best, Taught, batch, lambda spec: spec.corridor + 1
    ),
    "gradient": Way(first_of_training, descend, lambda _, state: state.params, Taught, batch, length),
}
JUDGES = {evolution.Spec: evolution.judge, evolino.Spec: evolino.judge, policy.Spec: policy.judge}


def check(spec: Contestant) -> None:
    """A sentence where a run is none of these; its way checks the rest."""
    if spec.way not in WAYS or type(spec.exam) not in JUDGES:
        raise LearnerError(
            f"This is no contestant. Allowed: {', '.join(WAYS)}, with something to be judged by."
        )
    check_size("steps in one", spec.each, MAX_CHUNK)
    check_size("steps between judgements", spec.every, MAX_CHUNK)


def first_state(spec: Contestant) -> State:
    """The state before the first step."""
    check(spec)
    return State(0, WAYS[spec.way].first(spec.spec), math.nan)


def advance(spec: Contestant, state: State, steps: int) -> Chunk:
    """Some steps more; it ends where the way's own step breaks, with the state before."""
    check(spec)
    return chunk(lambda before: step(spec, before), state, steps, WAYS[spec.way].metrics)


def step(spec: Contestant, state: State) -> tuple[State, tuple]:
    """The state after one step more, and its row of metrics: of several of the way's own steps the mean."""
    way, began = WAYS[spec.way], time.perf_counter()
    own, measured, broke = way.advance(spec.spec, state.own, spec.each)
    seconds = time.perf_counter() - began
    if broke:
        raise Diverged(broke)
    after = State(state.step + 1, own, state.judged)
    if after.step % spec.every == 0:
        after = after._replace(judged=float(judge(spec, after)))
    kept = way.metrics._fields[:-2]
    return after, (*(np.mean(getattr(measured, name)) for name in kept), after.judged, seconds)


def params(spec: Contestant, state: State) -> dict[str, np.ndarray]:
    """The network that a run has come to; a sentence where there is none yet."""
    return WAYS[spec.way].best(spec.spec, state.own)


def judge(spec: Contestant, state: State) -> float:
    """What the network can do that a run has come to."""
    return JUDGES[type(spec.exam)](spec.exam, params(spec, state))


def sequences(spec: Contestant) -> int:
    """How many sequences a step reads, every network's counted."""
    return spec.each * WAYS[spec.way].read(spec.spec)


def values(spec: Contestant) -> int | None:
    """How many true values a step reads, every network's counted; None where sequences differ."""
    steps = WAYS[spec.way].long(spec.spec)
    return steps and steps * sequences(spec)
