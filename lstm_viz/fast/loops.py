"""A chunk's loops: what they read is put into the workspace, then they are played back."""

import numpy as np

from lstm_viz.fast.backspace import leap_of, stretch
from lstm_viz.fast.chunk import FACTOR, Chunk
from lstm_viz.fast.leap import build
from lstm_viz.fast.lines import Lines
from lstm_viz.fast.parts import NEXT
from lstm_viz.fast.stretch import follow


def play(chunk: Chunk, number: int) -> None:
    """Go back through a loop."""
    prepare(chunk, number)
    lines, end, every = chunk.back.lines[number], chunk.steps.stop, chunk.back.steps
    # Slopes are computed right before the steps that read them, while they are in the processor's cache.
    for last in range(end, 0, -lines.steps):
        first = max(0, last - lines.steps)
        follow_lines(chunk, lines, first, last)
        if chunk.back.sweeps[number].leap:
            build(leap_of(chunk.back, chunk.space, number, end))
        chunk.space.programs[number].play(every - last, every - first)
    if number in chunk.back.after:
        follow_lines(chunk, chunk.back.after[number], 0, end)


def follow_lines(chunk: Chunk, lines: Lines, first: int, last: int) -> None:
    """Compute lines for some steps."""
    if lines.calls:
        made = stretch(lines, chunk.space, first, last - first)
        follow(made, chunk.trace.whole, chunk.now.start + first, last - first)


def prepare(chunk: Chunk, number: int) -> None:
    """Put into the workspace what a loop reads: values, what comes from outside, some of the slopes."""
    its, lines = chunk.back.sweeps[number], chunk.back.lines[number]
    for name, place in its.operands.items():
        chunk.at(place)[...] = chunk.value(name, 0)
    for slope, place in lines.rest:
        chunk.at(place)[...] = chunk.slope(slope, len(place.shape))
    for name, place in its.outer.items():
        to = chunk.at(place)
        if name in chunk.back.seeded:
            np.multiply(chunk.seeds[name][chunk.now], FACTOR[chunk.trace.plan.dtype], out=to)
        else:
            to[...] = outer(chunk, name, number)


def outer(chunk: Chunk, name: str, number: int) -> np.ndarray:
    """What comes to a join from outside of its loop."""
    w = chunk.back.ways
    found = chunk.total(name, [p for p in w.outer(name, number) if p.kind != NEXT])
    if any(p.kind == NEXT for p in w.parts[name]) and (sent := w.outer(f"{name}_prev", number)):
        return found + chunk.shifted(name, chunk.total(f"{name}_prev", sent))
    return found
