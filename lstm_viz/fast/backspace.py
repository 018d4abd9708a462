"""The workspace of a way back: arrays for some steps, the calls that work in them, and what fills them."""

from typing import NamedTuple

import numpy as np

from lstm_viz.fast.backplan import Back
from lstm_viz.fast.calls import Memory, Place, Product, Program, program
from lstm_viz.fast.layout import VALUES
from lstm_viz.fast.lines import Stretch, make_stretch
from lstm_viz.fast.plan import Plan
from lstm_viz.fast.sweep import FLOWS, JOINS, SLOPES, Patch
from lstm_viz.fast.workspace import Filling, constant_fillings, constants, matrix


class Backspace(NamedTuple):
    """The memory, the loops' calls from the last step to the first, and what is filled.

    `entries[state]` are the flows that reach the state before the first step, and matrices they go through.
    `once` and `patches` are filled at every run, `by_step` for every step; `stretches` are the slopes' calls,
    made when needed. What is in `stacked` reaches over to the step before. `size` is in bytes.
    """

    size: int

    memory: Memory
    programs: dict[int, Program]
    entries: dict[str, list[tuple[np.ndarray, np.ndarray | None]]]
    once: list[Filling]
    by_step: list[Filling]
    patches: list[tuple[np.ndarray, str, bool]]
    stretches: dict[tuple[int, int, int], Stretch]
    stacked: list[np.ndarray]


def make_backspace(plan: Plan, back: Back) -> Backspace:
    """A new workspace of a way back."""
    calls = [call for s in back.sweeps.values() for call in s.calls]
    sizes = {c.what.name: (c.into.rows, c.of[0].rows) for c in calls if isinstance(c.what, Product)}
    sizes |= {s.matrix: (s.rows, s.flows.rows) for its in back.shares.values() for s in its}
    own = {p.matrix for p in back.patches if p.by in plan.own}
    matrices = {n: matrix(plan, (back.steps + 1) * (n in own), *size) for n, size in sizes.items()}
    B = plan.sizes["B"]
    brief = JOINS if back.brief else "none"
    buffers = {
        name: np.zeros((1 if name.startswith(brief) else back.steps + 1, rows, B), plan.dtype)
        for name, rows in back.totals.items()
    }
    calls += [call for its in back.lines.values() for call in its.calls]
    memory = Memory(
        buffers, constants(calls, back.steps, plan.dtype), matrices, turned_buffers(plan, back), {}
    )
    once, by_step = constant_fillings(memory)
    by_step += [
        Filling(turned(matrices[p.matrix], p), p.by or 1.0, 1.0, p.more)
        for p in back.patches
        if p.matrix in own
    ]
    return Backspace(
        sum(b.nbytes for b in (*buffers.values(), *matrices.values())),
        *(memory, {k: program(s.calls, memory, reversed(range(back.steps))) for k, s in back.sweeps.items()}),
        {s: [entry(memory, *e) for e in its] for s, its in back.entries.items()},
        *(once, by_step, patches(back, matrices, own), {}),
        [b for name, b in buffers.items() if name.startswith((FLOWS, JOINS)) and len(b) > 1]
        + [matrices[n] for n in own],
    )


def entry(memory: Memory, flows: Place, matrix: str, rows: slice, columns: slice) -> tuple:
    """What flows from the first step to a state before it, and the matrix that it goes through, if one."""
    flow = memory.step(flows, 0, flows.shape)
    if not matrix:
        return flow, None
    stacked = memory.matrices[matrix]
    return flow, (stacked[0] if stacked.ndim == 3 else stacked)[rows, columns]


def turned_buffers(plan: Plan, back: Back) -> dict[str, np.ndarray]:
    """Room for slopes and what they are made of, with time along the rows."""
    turned = [its for its in back.lines.values() if its.turned]
    rows = {f"{VALUES} {later}": plan.layout.kept for later in (0, 1)} if turned else {}
    for its in turned:
        rows |= {
            name: back.totals[name]
            for name in (its.name, its.name.replace("lines", SLOPES))
            if name in back.totals
        }
    return {name: np.zeros((many * plan.sizes["B"], back.steps), plan.dtype) for name, many in rows.items()}


def patches(back: Back, matrices: dict[str, np.ndarray], own: set[str]) -> list[tuple[np.ndarray, str, bool]]:
    """The parts of matrices that are filled at every run; ones to which nothing is added, at once."""
    mixed = {p.matrix for p in back.patches if p.more}
    found = []
    for p in (p for p in back.patches if p.matrix not in own):
        if p.by or p.matrix in mixed:
            found.append((turned(matrices[p.matrix], p), p.by, p.more))
        else:
            turned(matrices[p.matrix], p)[...] = 1.0
    return found


def turned(matrix: np.ndarray, patch: Patch) -> np.ndarray:
    """What a patch fills: a part of a matrix, transposed as the parameter is; or this part's diagonal."""
    whole = matrix[..., patch.rows, patch.columns]
    return whole.swapaxes(-1, -2) if patch.by else np.einsum("...ii->...i", whole)


def fill_patches(patches: list[tuple[np.ndarray, str, bool]], given: dict) -> None:
    """Fill the parts of matrices."""
    for to, by, more in patches:
        if more:
            to += given[by] if by else 1.0
        else:
            to[...] = given[by] if by else 1.0


def stretch(plan: Plan, back: Back, space: Backspace, number: int, first: int, steps: int) -> Stretch:
    """The calls for the slopes of a loop, from a step of the workspace on."""
    key = (number, first, steps)
    if key not in space.stretches:
        space.stretches[key] = make_stretch(
            back.lines[number], f"slopes {number}", space.memory, first, steps
        )
    return space.stretches[key]
