"""Calls written out for every step: functions and arrays that are made once and used for every run."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import expression
from lstm_viz.engine import evaluate, fit
from lstm_viz.fast.calls import DIRECT, Call, Constant, Place, Product, Pull
from lstm_viz.ops import OPS


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
        matrix = matrix[(..., *call.what.part)] if call.what.part else matrix
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


def store(out: np.ndarray, value: Callable, *operands) -> None:
    """Compute what has no function of its own that writes into an array."""
    out[...] = value(*operands)


def pull(out: np.ndarray, expr, d: np.ndarray, y: np.ndarray, *operands) -> None:
    """What a rule sends to an operand."""
    env = dict(zip("abc", operands, strict=False)) | {"d": d, "y": y}
    out[...] = fit(evaluate(expr, env), out.shape)
