"""A race: the same cell and task learnt in two ways, counted in sequences and seconds until both can do it.

Counting is honest: every network that reads a sequence counts, so a population of 40 that reads 8 has read
320. Judging is not counted, nor is its time.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from lstm_viz.network import check_size

MAX_STEPS = 1_000_000


class Runner(NamedTuple):
    """One way to learn: its run in chunks, the network it has come to, what that can do.

    `best` is (spec, state) -> parameters, `judge` parameters -> a number; `sequences` are those of a step.
    """

    title: str
    spec: NamedTuple
    first_state: Callable
    advance: Callable
    best: Callable
    judge: Callable[[dict], float]
    sequences: int


class Race(NamedTuple):
    """Runners and what they run for: a number to reach, from above where `below`, in words what it is."""

    runners: tuple[Runner, ...]
    goal: float
    below: bool
    words: str


class Finish(NamedTuple):
    """How a runner did: whether it came to the goal, the last judgement, steps, sequences and seconds."""

    there: bool
    value: float
    steps: int
    sequences: int
    seconds: float


def finish(
    race: Race, runner: Runner, steps: int, every: int = 10, clock: Callable[[], float] = time.perf_counter
) -> Finish:
    """Let a runner learn for some steps at most, and judge it after `every` of them.

    A run that breaks off has not arrived. All but the seconds is the same every time.
    """
    check_size("steps of a race", steps, MAX_STEPS)
    check_size("steps between judgements", every, MAX_STEPS)
    state, value, seconds, broke = runner.first_state(runner.spec), float("nan"), 0.0, ""
    while state.step < steps and not broke and not arrived(race, value):
        begun = clock()
        state, _, broke = runner.advance(runner.spec, state, min(every, steps - state.step))
        seconds += clock() - begun
        if state.step:
            value = runner.judge(runner.best(runner.spec, state))
    return Finish(arrived(race, value), value, state.step, state.step * runner.sequences, seconds)


def arrived(race: Race, value: float) -> bool:
    """Whether a judgement is as good as the goal."""
    return value <= race.goal if race.below else value >= race.goal
