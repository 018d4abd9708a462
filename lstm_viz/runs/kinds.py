"""The kinds of runs: how each begins and goes on, by the type of its description."""

import time
from collections.abc import Callable
from typing import NamedTuple

from lstm_viz.teacherless import contest
from lstm_viz.training import Metrics, Spec, advance, first_state
from lstm_viz.training.chunk import Chunk
from lstm_viz.training.cost import cost
from lstm_viz.training.labelling import (
    Labelling,
    Losses,
    advance_labelling,
    cost_of_labelling,
    first_labelling,
)


def alike(_spec: NamedTuple) -> float:
    """The cost of a step where nothing is known of it."""
    return 1.0


class Kind(NamedTuple):
    """`first` is spec -> state, and checks the spec; `advance` is (spec, state, steps) -> Chunk.

    `metrics` is spec -> the type of what is measured, `cost` spec -> how long one step takes beside others'
    steps, up to a factor.
    """

    first: Callable
    advance: Callable
    metrics: Callable
    cost: Callable = alike


KINDS = {
    Spec: Kind(first_state, advance, lambda spec: Metrics, cost),
    Labelling: Kind(first_labelling, advance_labelling, lambda spec: Losses, cost_of_labelling),
    contest.Contestant: Kind(
        contest.first_state, contest.advance, lambda spec: contest.WAYS[spec.way].metrics
    ),
}


class Done(NamedTuple):
    """A chunk and the seconds that it took."""

    chunk: Chunk
    seconds: float


def first(spec: NamedTuple) -> NamedTuple:
    """The state before the first step; a sentence for what cannot be run."""
    return KINDS[type(spec)].first(spec)


def work(spec: NamedTuple, state: NamedTuple, steps: int) -> Done:
    """What a worker does: one chunk."""
    began = time.perf_counter()
    chunk = KINDS[type(spec)].advance(spec, state, steps)
    return Done(chunk, time.perf_counter() - began)
