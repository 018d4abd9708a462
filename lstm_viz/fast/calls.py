"""Calls of NumPy on places in a workspace: put in order, joined where they are neighbours, written out.

A workspace has a block of rows for each of some steps; a place is a range of these rows. What a loop does at
a step is a list of calls on places. Written out for every step, it is a list of functions and arrays that
are made once and used for every run.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import expression
from lstm_viz.engine import evaluate, fit
from lstm_viz.ops import OPS


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
    """A matrix that is filled at every run; where `steps`, that of the step or of one `later`."""

    name: str
    steps: bool = False
    later: int = 0


class Pull(NamedTuple):
    """The rule book's derivative of an operation by its operand k, of gradient, result and operands."""

    op: str
    k: int


class Call(NamedTuple):
    """`what`, an operation's name, a matrix or a rule, of places, constants and numbers, into a place."""

    what: str | Product | Pull
    into: Place
    of: tuple


def maximum(a, b, out):
    """The larger of two."""
    np.maximum(a, b, out=out)


def relu(a, out):
    """The larger of a and zero."""
    np.maximum(a, 0.0, out=out)


def store(out: np.ndarray, value: Callable, *operands) -> None:
    """Compute what has no function of its own that writes into an array."""
    out[...] = value(*operands)


def pull(out: np.ndarray, expr, d: np.ndarray, y: np.ndarray, *operands) -> None:
    """What a rule sends to an operand."""
    env = dict(zip("abc", operands, strict=False)) | {"d": d, "y": y}
    out[...] = fit(evaluate(expr, env), out.shape)


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


class Memory(NamedTuple):
    """What the places, constants and matrices of a program mean: arrays that are filled at every run.

    `turned` are some buffers with time along the rows. `seen` are parts of buffers while a program is made:
    fewer arrays are sooner in the processor's cache.
    """

    buffers: dict[str, np.ndarray]
    constants: dict[Constant, np.ndarray]
    matrices: dict[str, np.ndarray]
    turned: dict[str, np.ndarray]
    seen: dict[tuple, np.ndarray]

    def steps(self, place: Place, steps: slice) -> np.ndarray:
        """The values of a place at some steps: (steps, …)."""
        block = self.buffers[place.buffer][steps.start + place.later : steps.stop + place.later]
        return block[:, place.row : place.row + place.rows].reshape(len(block), *place.shape)

    def step(self, place: Place, t: int, shape: tuple[int, ...]) -> np.ndarray:
        """The value of a place at one step, in a shape; the same array whenever it is asked for."""
        whole = self.buffers[place.buffer]
        # A buffer of one step is used again and again.
        t = t + place.later if len(whole) > 1 else 0
        key = (place.buffer, place.row, place.rows, t, shape)
        if key not in self.seen:
            first = (t * whole.shape[1] + place.row) * whole.shape[2]
            rows = whole.reshape(-1)[first : first + place.rows * whole.shape[2]]
            self.seen[key] = rows if shape == (-1,) else rows.reshape(shape)
        return self.seen[key]


class Program(NamedTuple):
    """The calls of every step in order, functions and what they are called with; `many` a step."""

    lines: list[tuple[Callable, tuple]]
    many: int

    def play(self, first: int, last: int) -> None:
        """Make the calls of some steps, counted in the program's own order."""
        for f, operands in self.lines[first * self.many : last * self.many]:
            f(*operands)


def program(calls: list[Call], memory: Memory, steps: Iterable[int]) -> Program:
    """The calls written out for every step."""
    lines = [line(call, memory, t) for t in steps for call in calls]
    memory.seen.clear()
    return Program(lines, len(calls))


def line(call: Call, memory: Memory, t: int) -> tuple[Callable, tuple]:
    """One call at one step."""
    into, *operands = (call.into, *call.of)
    if isinstance(call.what, Product):
        matrix = memory.matrices[call.what.name]
        columns = call.into.shape[-1]
        shape = (-1,) if columns == 1 else (-1, columns)
        arrays = (memory.step(operands[0], t, shape), memory.step(into, t, shape))
        return (matrix[t + call.what.later] if call.what.steps else matrix).dot, arrays
    if isinstance(call.what, Pull):
        expr = expression(OPS[call.what.op].derivatives[call.what.k])
        arrays = [array(p, memory, t, flat=False) for p in (into, *operands)]
        return pull, (arrays[0], expr, *arrays[1:])
    flat = call.what in DIRECT and all(isinstance(p, float) or p.shape == into.shape for p in operands)
    arrays = [array(p, memory, t, flat) for p in operands]
    out = array(into, memory, t, flat)
    if call.what in DIRECT:
        return DIRECT[call.what], (*arrays, out)
    return store, (out, OPS[call.what].value, *arrays)


def array(operand, memory: Memory, t: int, flat: bool) -> np.ndarray:
    """What a call gets for an operand at one step."""
    if isinstance(operand, float):
        return memory.constants[Constant(operand, 1.0, ())]
    if isinstance(operand, Constant):
        whole = memory.constants[operand]
        whole = whole[t] if operand.steps else whole
        return whole.reshape(-1) if flat else whole
    return memory.step(operand, t, (-1,) if flat else operand.shape)
