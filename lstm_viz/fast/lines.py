"""The slopes of a loop for many steps at once: the book's lines as calls on whole stretches of time."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from lstm_viz.fast.calls import Call, Constant, Place, ordered
from lstm_viz.fast.layout import VALUES
from lstm_viz.fast.parts import Ways
from lstm_viz.fast.plan import MOST, Plan
from lstm_viz.fast.slopes import Line, Slope

# What comes to joins.
COMES = "comes"
# Stretches are as long as what they touch fits the processor's cache.
CACHE = 1 << 21
# Rows of so many numbers are short.
NARROW = 128


class Lines(NamedTuple):
    """The calls that compute slopes; `rest` are slopes that mix shapes, and are computed otherwise.

    Their results stand in `rows` rows of the buffer of this name for a stretch of `steps`. Where a step has
    few numbers they are computed `turned`, with time along the rows: NumPy is quick along long rows only.
    The buffers that it `reads` are turned before, those it `writes` after. `homes` say where lines stand.
    """

    name: str
    calls: list[Call]
    rest: list[tuple[Slope, Place]]
    rows: int
    steps: int
    turned: bool
    reads: tuple[tuple[str, int], ...]
    writes: tuple[str, ...]
    homes: dict[Slope, Place]


def make_lines(
    plan: Plan, w: Ways, name: str, slopes: list[tuple[Slope, Place]], known: dict, writes: bool = True
) -> Lines:
    """The lines that some slopes need, each once; equal operations on neighbours as one.

    The lines in `known` are there already.
    """
    fit = [(slope, place) for slope, place in slopes if fits(plan, w, slope, place.shape, known)]
    shape = {line: place.shape for slope, place in reversed(fit) for line in below(w, slope, known)}
    homes = {slope: place for slope, place in reversed(fit) if isinstance(slope, Line)} | known
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
    steps = MOST if turned else min(MOST, max(1, steps))
    into = {place.buffer for _, place in slopes if writes}
    read = {(p.buffer, p.later) for c in calls for p in c.of if isinstance(p, Place)}
    read = {p for p in read if p[0].startswith((VALUES, COMES))}
    return Lines(name, ordered(calls), rest, rows, steps, turned, tuple(read), tuple(into), homes)


def below(w: Ways, slope: Slope, known: Collection[Slope] = ()) -> set[Line]:
    """All lines that a slope is made of, but those that are known."""
    found: set[Line] = set()
    waiting = [slope]
    while waiting:
        line = waiting.pop()
        if isinstance(line, Line) and line not in found and line not in known:
            found.add(line)
            waiting += w.book.lines[line.number][1]
    return found


def levels(w: Ways, some) -> list[list[Line]]:
    """Lines by how many others stand below them."""
    depth: dict[Line, int] = {}
    for line in sorted(some):
        depth[line] = 1 + max((depth.get(a, -1) for a in w.book.lines[line.number][1]), default=-1)
    return [[line for line in depth if depth[line] == k] for k in range(1 + max(depth.values(), default=-1))]


def fits(plan: Plan, w: Ways, slope: Slope, shape: tuple[int, ...], known: Collection[Slope] = ()) -> bool:
    """Whether all that a slope is made of has its shape, or is given and the same at all steps."""
    leaves = {
        a for line in below(w, slope, known) for a in w.book.lines[line.number][1] if not isinstance(a, Line)
    }
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
