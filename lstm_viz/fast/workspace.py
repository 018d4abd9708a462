"""A workspace: arrays for some steps, the calls that work in them, and what fills them."""

from typing import NamedTuple

import numpy as np

from lstm_viz.fast.calls import Constant
from lstm_viz.fast.layout import SCRATCH, VALUES
from lstm_viz.fast.plan import Fill, Plan
from lstm_viz.fast.program import Memory, Program, program
from lstm_viz.fast.steps import has_steps, matrix_name
from lstm_viz.fast.sums import DIAGONAL, ONE


class Filling(NamedTuple):
    """An array to be filled with something given, `sign` times; `more` adds to what is there."""

    to: np.ndarray
    name: str | float
    sign: float
    more: bool


class Workspace(NamedTuple):
    """The memory of a plan, its loops' calls for every step, and what is filled: at every run, at every step.

    Then the arrays in `scales` are multiplied by a number, where they are no longer those of the last run.
    `inputs` and `states` are the places of what comes from outside, `copies` by stage what is copied. `steps`
    are how many fit in.
    """

    steps: int

    memory: Memory
    programs: dict[int, Program]
    once: list[Filling]
    by_step: list[Filling]
    scales: list[tuple[np.ndarray, np.ndarray]]
    inputs: list[tuple[str, np.ndarray]]
    states: list[tuple[str, np.ndarray]]
    copies: dict[int, list[tuple[np.ndarray, np.ndarray]]]

    @property
    def rows(self) -> np.ndarray:
        """All values of all steps."""
        return self.memory.buffers[VALUES]


def make_workspace(plan: Plan, steps: int) -> Workspace:
    """A new workspace of a plan, for some steps."""
    B, lengths = plan.sizes["B"], {VALUES: steps + 1, SCRATCH: 1}
    buffers = {name: np.zeros((lengths[name], rows, B), plan.dtype) for name, rows in plan.totals.items()}
    calls = [call for loop in plan.loops.values() for call in loop]
    memory = Memory(buffers, constants(calls, steps, plan.dtype), matrices(plan, steps), {}, {})
    places, every = plan.layout.places, slice(0, steps)
    for name, place in [*places.items(), *plan.layout.copies]:
        if name == ONE:
            memory.steps(place, slice(0, steps + 1))[...] = 1.0
    once, by_step = fillings(plan, memory)
    return Workspace(
        steps,
        *(memory, {k: program(loop, memory, range(steps)) for k, loop in plan.loops.items()}, once, by_step),
        [
            (memory.matrices[name][..., rows, :], np.array(factor, plan.dtype))
            for name, rows, factor in plan.scales
        ],
        [(name, memory.steps(places[name], every)) for name in plan.graph.cell.inputs],
        [(s, memory.steps(places[f"{s}_prev"], every)[0]) for s in plan.graph.cell.states],
        {k: [(memory.steps(a, every), memory.steps(b, every)) for a, b in c] for k, c in plan.copies.items()},
    )


def constants(calls: list, steps: int, dtype: np.dtype) -> dict[Constant, np.ndarray]:
    """Room for what is given, as the calls want it; numbers are filled in."""
    found = {}
    for operand in (o for call in calls for o in call.of):
        if isinstance(operand, Constant):
            found[operand] = np.zeros((steps,) * operand.steps + operand.shape, dtype)
        elif isinstance(operand, float):
            found[Constant(operand, 1.0, ())] = np.array(operand, dtype)
    return found


def matrices(plan: Plan, steps: int) -> dict[str, np.ndarray]:
    """Room for the matrices of the loops."""
    return {
        matrix_name(loop, s): matrix(plan, steps * has_steps(s, plan.own), rows.rows, columns.rows)
        for loop in plan.layout.loops.values()
        for s, columns, rows in zip(loop.stacks, loop.columns, loop.rows, strict=True)
    }


def matrix(plan: Plan, steps: int, rows: int, columns: int) -> np.ndarray:
    """Room for a matrix, or one for each of some steps; for a single sequence in the quicker order."""
    if steps and plan.sizes["B"] == 1:
        return np.zeros((steps, columns, rows), plan.dtype).swapaxes(1, 2)
    if steps:
        return np.zeros((steps, rows, columns), plan.dtype)
    return np.zeros(
        (rows, columns), plan.dtype, order="F" if plan.sizes["B"] == 1 and rows >= columns else "C"
    )


def fillings(plan: Plan, memory: Memory) -> tuple[list[Filling], list[Filling]]:
    """What is filled at every run, and what at every step."""
    once, by_step = constant_fillings(memory)
    for fill in plan.fills:
        to = part(memory.matrices[fill.matrix], fill)
        filling = Filling(to, fill.block.by, fill.block.sign, fill.more)
        (by_step if fill.steps else once).append(filling)
    return once, by_step


def constant_fillings(memory: Memory) -> tuple[list[Filling], list[Filling]]:
    """Of what is given to calls, what is filled at every run, and what at every step."""
    once: list[Filling] = []
    by_step: list[Filling] = []
    for constant, to in memory.constants.items():
        if isinstance(constant.name, str):
            filling = Filling(to, constant.name, constant.sign, more=False)
            (by_step if constant.steps else once).append(filling)
    return once, by_step


def part(matrix: np.ndarray, fill: Fill) -> np.ndarray:
    """The part of a matrix that a block fills: of a diagonal, that."""
    whole = matrix[..., fill.rows, fill.columns]
    return np.einsum("...ii->...i", whole)[..., None] if fill.block.kind == DIAGONAL else whole


def fill(fillings: list[Filling], given: dict) -> None:
    """Put in what is the same at all steps."""
    for to, name, sign, more in fillings:
        value = given.get(name, name)
        if more or sign != 1.0:
            put(to, value, sign, more)
        else:
            to[...] = value


def fill_steps(plan: Plan, fillings: list[Filling], given: dict, now: slice) -> None:
    """Put in what the steps `now` have."""
    for to, name, sign, more in fillings:
        put(to[: now.stop - now.start], given_at(plan, given, name, now), sign, more)


def put(to: np.ndarray, value, sign: float, more: bool) -> None:
    """Put a value into an array."""
    if more:
        to += sign * value
    elif sign == 1.0:
        to[...] = value
    else:
        np.multiply(value, sign, out=to)


def given_at(plan: Plan, given: dict, name: str | float, now: slice):
    """Something given, at some steps where it changes with them."""
    return given[name][now] if name in plan.own else given.get(name, name)
