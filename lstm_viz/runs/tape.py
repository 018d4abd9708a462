"""A tape: all that was recorded of one run so far. It only grows, and whoever asks reads the same."""

from typing import NamedTuple

import numpy as np

from lstm_viz.training.chunk import Chunk

EARLY, DENSE = (1, 2, 5, 10, 20, 50), 10_000


class Tape(NamedTuple):
    """One run from its first step to `state`.

    `metrics` has one array a field, one number a step; `snapshots[k]` is the state after k steps, for the
    steps of `stops`. `seconds` is the time of computing, `broke` the sentence on what ended the run.
    """

    spec: NamedTuple
    state: NamedTuple
    metrics: tuple | None
    snapshots: dict[int, NamedTuple]
    seconds: float = 0.0
    broke: str = ""

    @property
    def steps(self) -> int:
        """The steps that are recorded."""
        return self.state.step


def blank(spec: NamedTuple, state: NamedTuple) -> Tape:
    """The tape of a run that has not begun."""
    return Tape(spec, state, None, {0: state})


def record(tape: Tape, chunk: Chunk, seconds: float) -> Tape:
    """The tape with one chunk more."""
    metrics = chunk.metrics
    if tape.metrics is not None:
        pairs = zip(tape.metrics, metrics, strict=True)
        metrics = type(metrics)(*[np.concatenate(pair) for pair in pairs])
    snapshots = tape.snapshots
    if is_stop(chunk.state.step) or chunk.broke:
        snapshots = snapshots | {chunk.state.step: chunk.state}
    return tape._replace(
        state=chunk.state,
        metrics=metrics,
        snapshots=snapshots,
        seconds=tape.seconds + seconds,
        broke=chunk.broke,
    )


def rewound(tape: Tape, steps: int) -> Tape:
    """The tape of no more than so many steps: a longer one goes back to the last snapshot before."""
    if tape.steps <= steps:
        return tape
    last = max(step for step in tape.snapshots if step <= steps)
    return tape._replace(
        state=tape.snapshots[last],
        metrics=type(tape.metrics)(*[column[:last] for column in tape.metrics]) if last else None,
        snapshots={step: state for step, state in tape.snapshots.items() if step <= last},
        seconds=tape.seconds * last / tape.steps,
        broke="",
    )


def thinned(tape: Tape, most: int) -> Tape:
    """A tape of no more than so many bytes, as far as dropping every other snapshot can make it so."""
    while size(tape) > most and len(tape.snapshots) > 2:
        steps = [*tape.snapshots]
        kept = {*steps[::2], steps[-1]} if len(steps) > 3 else {steps[0], steps[-1]}
        tape = tape._replace(snapshots={step: tape.snapshots[step] for step in steps if step in kept})
    return tape


def is_stop(step: int) -> bool:
    """Whether the state after so many steps is kept: 1, 2, 5, 10, 20, 50, each 100, from 10,000 each 1000."""
    return step in EARLY or step % every(step) == 0


def next_stop(step: int) -> int:
    """The first step after this one whose state is kept."""
    return next((s for s in EARLY if s > step), step // every(step) * every(step) + every(step))


def every(step: int) -> int:
    """How far apart the stops lie after so many steps."""
    return 100 if step < DENSE else 1000


def size(tape: Tape) -> int:
    """How many bytes a tape holds, nearly: its states' and its metrics' numbers."""
    numbers = sum(array.nbytes for array in _arrays(tape.state))
    return numbers * (1 + len(tape.snapshots)) + sum(m.nbytes for m in tape.metrics or ())


def _arrays(part):
    if isinstance(part, np.ndarray):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _arrays(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _arrays(value)
