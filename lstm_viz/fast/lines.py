"""The slopes of a loop for many steps at once: the book's lines as calls on whole stretches of time."""

from typing import NamedTuple

import numpy as np

from lstm_viz.fast.calls import DIRECT, Call, Constant, Memory, Place, ordered, store
from lstm_viz.fast.layout import VALUES
from lstm_viz.fast.parts import Ways
from lstm_viz.fast.plan import MOST, Plan
from lstm_viz.fast.slopes import Line, Slope
from lstm_viz.ops import OPS

# Stretches are as long as what they touch fits the processor's cache.
CACHE = 1 << 21
# Rows of so many numbers are short.
NARROW = 128


class Lines(NamedTuple):
    """The calls that compute slopes; `rest` are slopes that mix shapes, and are computed otherwise.

    Their results stand in `rows` rows of the buffer of this name for a stretch of `steps`. Where a step has
    few numbers they are computed `turned`, with time along the rows: NumPy is quick along long rows only.
    """

    name: str
    calls: list[Call]
    rest: list[tuple[Slope, Place]]
    rows: int
    steps: int
    turned: bool


def make_lines(plan: Plan, w: Ways, name: str, slopes: list[tuple[Slope, Place]]) -> Lines:
    """The lines that some slopes need, each once; equal operations on neighbours as one."""
    fit = [(slope, place) for slope, place in slopes if fits(plan, w, slope, place.shape)]
    shape = {line: place.shape for slope, place in reversed(fit) for line in below(w, slope)}
    homes = {slope: place for slope, place in reversed(fit) if isinstance(slope, Line)}
    rows, calls = 0, []
    for level in levels(w, shape):
        found = [(w.book.lines[line.number], line) for line in level]
        found = [
            (op, tuple(operand(plan, homes, a, shape[line]) for a in args), line)
            for (op, args), line in found
        ]
        # Neighbours in the order of what they read, so that equal operations can be joined.
        for op, of, line in sorted(found, key=lambda f: (f[0], [str(type(o)) for o in f[1]], rows_of(f[1]))):
            if line not in homes:
                many = int(np.prod(shape[line][:-1]))
                homes[line] = Place(name, rows, many, shape[line])
                rows += many
            calls.append(Call(op, homes[line], of))
    for slope, place in fit:
        if homes.get(slope) != place:
            calls.append(Call("identity", place, (operand(plan, homes, slope, place.shape),)))
    touched = sum(p.rows for c in calls for p in (c.into, *c.of) if isinstance(p, Place))
    steps = CACHE // (max(1, touched) * plan.sizes["B"] * plan.dtype.itemsize)
    rest = [s for s in slopes if s not in fit]
    turned = plan.sizes["H"] * plan.sizes["B"] <= NARROW and not rest
    return Lines(name, ordered(calls), rest, rows, MOST if turned else min(MOST, max(1, steps)), turned)


def below(w: Ways, slope: Slope) -> set[Line]:
    """All lines that a slope is made of."""
    found: set[Line] = set()
    waiting = [slope]
    while waiting:
        line = waiting.pop()
        if isinstance(line, Line) and line not in found:
            found.add(line)
            waiting += w.book.lines[line.number][1]
    return found


def levels(w: Ways, some) -> list[list[Line]]:
    """Lines by how many others stand below them."""
    depth: dict[Line, int] = {}
    for line in sorted(some):
        depth[line] = 1 + max((depth.get(a, -1) for a in w.book.lines[line.number][1]), default=-1)
    return [[line for line in depth if depth[line] == k] for k in range(1 + max(depth.values(), default=-1))]


def fits(plan: Plan, w: Ways, slope: Slope, shape: tuple[int, ...]) -> bool:
    """Whether all that a slope is made of has its shape, or is given and the same at all steps."""
    leaves = {a for line in below(w, slope) for a in w.book.lines[line.number][1] if not isinstance(a, Line)}
    return all(fitting(plan, a, shape) for a in (leaves if isinstance(slope, Line) else {slope}))


def fitting(plan: Plan, leaf, shape: tuple[int, ...]) -> bool:
    """Whether a leaf has this shape, or is given and the same at all steps."""
    if leaf in plan.layout.places:
        return plan.layout.places[leaf].shape == shape
    return isinstance(leaf, float) or leaf not in plan.own


def operand(plan: Plan, homes: dict, slope: Slope, shape: tuple[int, ...]):
    """Where an operand of a line stands."""
    if isinstance(slope, Line):
        return homes[slope]
    if isinstance(slope, float):
        return slope
    return plan.layout.places.get(slope) or Constant(slope, 1.0, shape)


def rows_of(operands: tuple) -> list[int]:
    """The first rows of operands that have some."""
    return [o.row if isinstance(o, Place) else -1 for o in operands]


class Stretch(NamedTuple):
    """The calls of some lines for some steps: functions and arrays.

    Of the trace, which is another at every run, the arrays are parts: `parts[k]` is said where the k-th one
    stands among a call's operands. `turned` says what is copied: before from the trace, so many steps later,
    or after from somewhere.
    """

    calls: list[tuple]
    parts: list[Place]
    turned: list[tuple]


def make_stretch(lines: Lines, slopes: str, memory: Memory, first: int, steps: int) -> Stretch:
    """The calls of some lines, from a step of the workspace on; the slopes stand in this buffer."""
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
    return Stretch(made, parts, turned_copies(lines, slopes, memory, steps) if lines.turned else [])


def turned_copies(lines: Lines, slopes: str, memory: Memory, steps: int) -> list[tuple]:
    """What is copied: of the trace at the steps, and one later where lines read that; the slopes."""
    later = {o.later for c in lines.calls for o in c.of if isinstance(o, Place) and o.buffer == VALUES}
    found = [(turned(memory, f"{VALUES} {k}", steps).T, k, None) for k in later]
    to = memory.buffers[slopes]
    return [*found, (to.reshape(len(to), -1)[:steps], 0, turned(memory, slopes, steps).T)]


def turned(memory: Memory, name: str, steps: int) -> np.ndarray:
    """A buffer with time along the rows, without gaps."""
    rows = memory.turned[name]
    return rows.reshape(-1)[: len(rows) * steps].reshape(len(rows), steps)


def follow(stretch: Stretch, whole: np.ndarray, first: int, steps: int) -> None:
    """Make the calls on a trace, from one of its steps on."""
    flat = whole.reshape(len(whole), -1)
    for to, later, source in stretch.turned:
        if source is None:
            to[...] = flat[first + later : first + later + steps, : to.shape[1]]
    seen = [part(flat, place, whole.shape[2], first, steps) for place in stretch.parts]
    for f, operands, holes in stretch.calls:
        if holes:
            operands = operands.copy()
            for at, k in holes:
                operands[at] = seen[k]
        f(*operands)
    for to, _, source in stretch.turned:
        if source is not None:
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
        name = f"{VALUES} {operand.later}" if operand.buffer == VALUES else operand.buffer
        return turned(memory, name, steps)[rows]
    if operand.buffer == VALUES:
        return None
    buffer = memory.buffers[operand.buffer]
    first = 0 if operand.buffer.startswith("lines") else first
    return part(buffer.reshape(len(buffer), -1), operand, B, first, steps)


def part(flat: np.ndarray, place: Place, B: int, first: int, steps: int) -> np.ndarray:
    """A place at some steps, as a matrix with one row a step."""
    first += place.later
    return flat[first : first + steps, place.row * B : (place.row + place.rows) * B]
