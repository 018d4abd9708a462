"""The workspace of a way back: arrays for some steps, the calls that work in them, and what fills them."""

from typing import NamedTuple

import numpy as np

from lstm_viz.fast.backplan import Back
from lstm_viz.fast.calls import Place, Product
from lstm_viz.fast.leap import Made, make_leap, weight_fillings, weights_of
from lstm_viz.fast.lines import COMES, Lines
from lstm_viz.fast.plan import Plan
from lstm_viz.fast.program import Memory, Program, program
from lstm_viz.fast.stretch import Stretch, make_stretch, turned_name
from lstm_viz.fast.sweep import FLOWS, JOINS, SLOPES
from lstm_viz.fast.workspace import Filling, constant_fillings, constants, matrix


class Backspace(NamedTuple):
    """The memory, the loops' calls from the last step to the first, and what is filled.

    `entries[state]` are the flows that reach the state before the first step, and matrices they go through.
    `once` is filled at every run, `by_step` for every step. What is in `stacked` reaches over to the step
    before. `stretches`, `leaps` and `views` are parts of the memory, made when needed. `size` is in bytes.
    """

    size: int
    memory: Memory
    programs: dict[int, Program]
    entries: dict[str, list[tuple[np.ndarray, np.ndarray | None]]]
    once: list[Filling]
    by_step: list[Filling]
    stacked: list[np.ndarray]
    stretches: dict[tuple[str, int, int], Stretch]
    leaps: dict[tuple[int, int], Made]
    views: dict[tuple[Place, int], np.ndarray]


def make_backspace(plan: Plan, back: Back) -> Backspace:
    """A new workspace of a way back."""
    calls = [call for s in back.sweeps.values() for call in s.calls]
    moving = {c.what.name for c in calls if isinstance(c.what, Product) and c.what.steps}
    moving |= {p.matrix for p in back.patches if p.by in plan.own}
    matrices, buffers = matrices_of(plan, back, moving), buffers_of(plan, back)
    calls += [call for its in (*back.lines.values(), *back.after.values()) for call in its.calls]
    given = constants(calls, back.steps, plan.dtype)
    memory = Memory(buffers, given, matrices, turned_buffers(plan, back), {})
    once, by_step = constant_fillings(memory)
    for p in back.patches:
        to = matrices[p.matrix][..., p.rows, p.columns].swapaxes(-1, -2)
        (by_step if p.matrix in moving else once).append(Filling(to, p.by, 1.0, p.more))
    for k, s in back.sweeps.items():
        once += [Filling(to, by, 1.0, more=False) for to, by in weight_fillings(s, k, memory)]
    stacked = [b for name, b in buffers.items() if name.startswith((FLOWS, JOINS, COMES)) and len(b) > 1]
    stacked += [matrices[name] for name in moving if not name.startswith("leap")]
    return Backspace(
        sum(b.nbytes for b in (*buffers.values(), *matrices.values())),
        *(memory, {k: program(s.calls, memory, reversed(range(back.steps))) for k, s in back.sweeps.items()}),
        {s: [entry(memory, *e) for e in its] for s, its in back.entries.items()},
        *(once, by_step, stacked, {}, {}, {}),
    )


def matrices_of(plan: Plan, back: Back, moving: set[str]) -> dict[str, np.ndarray]:
    """Room for the matrices; those that are `moving` are others at each step."""
    calls = [call for s in back.sweeps.values() for call in s.calls if isinstance(call.what, Product)]
    sizes = {c.what.name: (c.into.rows, c.of[0].rows) for c in calls}
    sizes |= {s.matrix: (s.rows, s.flows.rows) for its in back.shares.values() for s in its}
    found = {name: matrix(plan, (back.steps + 1) * (name in moving), *size) for name, size in sizes.items()}
    for k, s in back.sweeps.items():
        found |= weights_of(s, k, plan.dtype)
    return found


def buffers_of(plan: Plan, back: Back) -> dict[str, np.ndarray]:
    """Room for the steps and one more; for one only, where what stands there is used at once."""
    single = [
        f"{SLOPES} {k}"
        for k, its in back.lines.items()
        if its.steps == 1 and not its.rest and not back.sweeps[k].sloped
    ]
    single += [name for name in back.totals if name.startswith(JOINS) and back.brief]
    return {
        name: np.zeros((1 if name in single else back.steps + 1, rows, plan.sizes["B"]), plan.dtype)
        for name, rows in back.totals.items()
    }


def entry(memory: Memory, flows: Place, matrix: str, rows: slice, columns: slice) -> tuple:
    """What flows from the first step to a state before it, and the matrix that it goes through, if one."""
    flow = memory.step(flows, 0, flows.shape)
    if not matrix:
        return flow, None
    stacked = memory.matrices[matrix]
    return flow, (stacked[0] if stacked.ndim == 3 else stacked)[rows, columns]


def turned_buffers(plan: Plan, back: Back) -> dict[str, np.ndarray]:
    """Room for slopes and what they are made of, with time along the rows."""
    rows = {}
    for its in (its for its in (*back.lines.values(), *back.after.values()) if its.turned):
        for p in (p for c in its.calls for p in (c.into, *c.of) if isinstance(p, Place)):
            rows[turned_name(p.buffer, p.later)] = back.totals.get(p.buffer, plan.layout.kept)
        rows |= {name: back.totals[name] for name in its.writes}
    return {name: np.zeros((many * plan.sizes["B"], back.steps), plan.dtype) for name, many in rows.items()}


def stretch(lines: Lines, space: Backspace, first: int, steps: int) -> Stretch:
    """The calls of some lines, from a step of the workspace on."""
    key = (lines.name, first, steps)
    if key not in space.stretches:
        space.stretches[key] = make_stretch(lines, space.memory, first, steps)
    return space.stretches[key]


def leap_of(back: Back, space: Backspace, number: int, steps: int) -> Made:
    """The arrays of a leap for so many steps."""
    key = (number, steps)
    if key not in space.leaps:
        space.leaps[key] = make_leap(back.sweeps[number], number, space.memory, steps)
    return space.leaps[key]
