"""Calls of NumPy on places in a workspace: put in order, joined where they are neighbours.

A workspace has a block of rows for each of some steps; a place is a range of these rows. What a loop does at
a step is a list of calls on places.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np


class Place(NamedTuple):
    """Some rows of a workspace, of the step itself or of one `later`; `shape` is that of a step's value."""

    buffer: str
    row: int
    rows: int
    shape: tuple[int, ...]
    later: int = 0


class Constant(NamedTuple):
    """Something given, `sign` times, as large as `shape`; a value for each step where `steps`."""

    name: str | float
    sign: float
    shape: tuple[int, ...]
    steps: bool = False


class Product(NamedTuple):
    """A matrix that is filled at every run, or its rows and columns in `part`.

    Where `steps`, that of the step or of one `later`.
    """

    name: str
    steps: bool = False
    later: int = 0
    part: tuple[slice, slice] | None = None


class Pull(NamedTuple):
    """The rule book's derivative of an operation by its operand k, of gradient, result and operands."""

    op: str
    k: int


class Call(NamedTuple):
    """`what`, an operation's name, a matrix or a rule, of places, constants and numbers, into a place."""

    what: str | Product | Pull
    into: Place
    of: tuple


def whole(places: list[Place]) -> Place:
    """Neighbours as one place."""
    first, rows = places[0], sum(p.rows for p in places)
    return Place(first.buffer, first.row, rows, (rows, first.shape[-1]), first.later)


def within(place: Place, other: Place) -> slice:
    """The rows of a place, counted from the first of another."""
    return slice(place.row - other.row, place.row - other.row + place.rows)


def maximum(a, b, out):
    """The larger of two."""
    np.maximum(a, b, out=out)


def relu(a, out):
    """The larger of a and zero."""
    np.maximum(a, 0.0, out=out)


DIRECT = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "neg": np.negative,
    "identity": np.positive,
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.absolute,
    "max": maximum,
    "relu": relu,
}


def ordered(calls: Iterable[Call]) -> list[Call]:
    """The calls by what they wait for, neighbours that do the same joined into one."""
    written: dict[tuple, int] = {}
    levels: dict[int, list[Call]] = {}
    for call in calls:
        touched = [cell for p in (call.into, *call.of) for cell in cells(p)]
        level = 1 + max((written.get(cell, 0) for cell in touched), default=0)
        written |= dict.fromkeys(cells(call.into), level)
        levels.setdefault(level, []).append(call)
    return [call for level in sorted(levels) for call in joined(levels[level])]


def cells(place) -> list[tuple]:
    """The rows of a place, each by its address."""
    if not isinstance(place, Place):
        return []
    return [(place.buffer, place.later, row) for row in range(place.row, place.row + place.rows)]


def joined(calls: list[Call]) -> list[Call]:
    """Calls of one level: those of the same operation on neighbouring places become one."""
    done: list[Call] = []
    for call in sorted(calls, key=lambda c: (str(c.what), c.into)):
        last = done[-1] if done else None
        for of in (call.of, call.of[::-1]) if call.what in ("add", "mul") else (call.of,):
            if last is not None and follows(last, call._replace(of=of)):
                pairs = zip((last.into, *last.of), (call.into, *of), strict=True)
                into, *operands = (both(a, b) for a, b in pairs)
                done[-1] = Call(call.what, into, tuple(operands))
                break
        else:
            done.append(call)
    return done


def follows(a: Call, b: Call) -> bool:
    """Whether every place of `b` begins where that of `a` ends."""
    if a.what != b.what or a.what not in DIRECT or len(a.of) != len(b.of):
        return False
    return all(is_next(p, q, a.into.rows) for p, q in zip((a.into, *a.of), (b.into, *b.of), strict=True))


def is_next(a, b, rows: int) -> bool:
    """Whether two operands are one: the same number, or neighbours of full size."""
    if not isinstance(a, Place) or not isinstance(b, Place):
        return isinstance(a, float) and a == b
    level = a.buffer == b.buffer and a.later == b.later
    return level and a.rows == rows and a.row + a.rows == b.row


def both(a, b):
    """Two neighbours as one operand."""
    if not isinstance(a, Place):
        return a
    rows = a.rows + b.rows
    return Place(a.buffer, a.row, rows, (rows, a.shape[-1]), a.later)
