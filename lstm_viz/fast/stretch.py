"""Lines for some steps of a workspace: functions and arrays, called on a whole stretch of time at once."""

from typing import NamedTuple

import numpy as np

from lstm_viz.fast.calls import DIRECT, Constant, Place
from lstm_viz.fast.layout import VALUES
from lstm_viz.fast.lines import Lines
from lstm_viz.fast.program import Memory, store
from lstm_viz.ops import OPS


class Stretch(NamedTuple):
    """The calls of some lines for some steps: functions and arrays.

    Of the trace, which is another at every run, the arrays are parts: `parts[k]` is said where the k-th one
    stands among a call's operands. `turned` says what is copied: before from the trace, so many steps later,
    or after from somewhere.
    """

    calls: list[tuple]
    parts: list[Place]
    turned: list[tuple]


def make_stretch(lines: Lines, memory: Memory, first: int, steps: int) -> Stretch:
    """The calls of some lines, from a step of the workspace on."""
    made, parts = [], []
    for call in lines.calls:
        operands, holes = [], []
        for operand in (*call.of, call.into):
            if not lines.turned and isinstance(operand, Place) and operand.buffer == VALUES:
                parts += [] if operand in parts else [operand]
                holes.append((len(operands), parts.index(operand)))
            operands.append(matrix(operand, lines.turned, memory, first, steps))
        if call.what not in DIRECT:
            operands = [operands[-1], OPS[call.what].value, *operands[:-1]]
            holes = [(at + 2, k) for at, k in holes]
        made.append((DIRECT.get(call.what, store), operands, holes))
    return Stretch(made, parts, turned_copies(lines, memory, steps) if lines.turned else [])


def turned_copies(lines: Lines, memory: Memory, steps: int) -> list[tuple]:
    """What is copied: before from the trace (None), or a buffer, and after into buffers."""
    found = []
    for name, later in lines.reads:
        to, source = turned(memory, turned_name(name, later), steps).T, memory.buffers.get(name)
        source = None if name == VALUES else source.reshape(len(source), -1)[later : later + steps]
        found.append((to, later, source, True))
    for name in lines.writes:
        to = memory.buffers[name]
        found.append((to.reshape(len(to), -1)[:steps], 0, turned(memory, name, steps).T, False))
    return found


def turned_name(buffer: str, later: int) -> str:
    """The name of a turned buffer; of the trace there are two."""
    return f"{VALUES} {later}" if buffer == VALUES else buffer


def turned(memory: Memory, name: str, steps: int) -> np.ndarray:
    """A buffer with time along the rows, without gaps."""
    rows = memory.turned[name]
    return rows.reshape(-1)[: len(rows) * steps].reshape(len(rows), steps)


def follow(stretch: Stretch, whole: np.ndarray, first: int, steps: int) -> None:
    """Make the calls on a trace, from one of its steps on."""
    flat = whole.reshape(len(whole), -1)
    for to, later, source, before in stretch.turned:
        if before:
            to[...] = flat[first + later : first + later + steps, : to.shape[1]] if source is None else source
    seen = [part(flat, place, whole.shape[2], first, steps) for place in stretch.parts]
    for f, operands, holes in stretch.calls:
        if holes:
            operands = operands.copy()
            for at, k in holes:
                operands[at] = seen[k]
        f(*operands)
    for to, _, source, before in stretch.turned:
        if not before:
            to[...] = source


def matrix(operand, is_turned: bool, memory: Memory, first: int, steps: int) -> np.ndarray | None:
    """An operand at some steps as a matrix, one row a step or, turned, one column; None of the trace."""
    if isinstance(operand, float):
        return memory.constants[Constant(operand, 1.0, ())]
    if isinstance(operand, Constant):
        return memory.constants[operand].reshape((-1, 1) if is_turned else (1, -1))
    B = operand.shape[-1]
    if is_turned:
        rows = slice(operand.row * B, (operand.row + operand.rows) * B)
        return turned(memory, turned_name(operand.buffer, operand.later), steps)[rows]
    if operand.buffer == VALUES:
        return None
    buffer = memory.buffers[operand.buffer]
    first = 0 if operand.buffer.startswith("lines") or len(buffer) == 1 else first
    return part(buffer.reshape(len(buffer), -1), operand, B, first, steps)


def part(flat: np.ndarray, place: Place, B: int, first: int, steps: int) -> np.ndarray:
    """A place at some steps, as a matrix with one row a step."""
    first += place.later
    return flat[first : first + steps, place.row * B : (place.row + place.rows) * B]
