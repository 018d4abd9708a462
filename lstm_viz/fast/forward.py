"""Run a cell quickly: the same values as engine.run, of every name that a reader can ask for."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz import engine
from lstm_viz.cell import SIZE, Cell, Node, parse
from lstm_viz.checks import check_shapes, check_times
from lstm_viz.fast.bounds import begins_infinite, bounded, check
from lstm_viz.fast.bulk import lifted, times
from lstm_viz.fast.graph import Graph, graph
from lstm_viz.fast.plan import Plan, make_plan
from lstm_viz.fast.workspace import Workspace, fill, fill_steps, given_at, make_workspace
from lstm_viz.ops import OPS, PRODUCTS


class Trace(NamedTuple):
    """What a run computed: `values[name]` (T, rows, …, B) of the inputs, the last states, every named signal.

    Some unnamed results are there too. `params` are as in the engine's trace; the rest is for the way back.
    """

    cell: Cell
    params: dict[str, np.ndarray]
    values: dict[str, np.ndarray]
    given: dict[str, np.ndarray]
    whole: np.ndarray | None
    plan: Plan | None


def run(
    cell: Cell,
    params: dict,
    x: np.ndarray,
    initial: dict | None = None,
    dt: np.ndarray | None = None,
    dtype=np.float64,
) -> Trace:
    """As engine.run: read x (T, D, B), or maps (T, D, R, S, B), and where the cell asks for it dt (T, 1, B).

    CellError as there; in float32 numbers above 3.4e38 are none.
    """
    initial = initial or {}
    inputs = {"x": x, "dt": dt} if "dt" in cell.inputs else {"x": x}
    plan = planned(cell, params, inputs, initial, dtype)
    if plan is None:
        _, params, kept = engine.run(cell, params, x, initial, dt)
        return Trace(cell, params, {n: v.astype(dtype) for n, v in kept.items()}, {}, None, None)
    inputs = {name: np.asarray(a, plan.dtype) for name, a in inputs.items()}
    with np.errstate(all="ignore"):
        given = evaluated(plan, params)
        whole, safe = steps(plan, given, inputs, initial)
        shown = inputs | values(plan, given, whole)
        trace = Trace(cell, params | {SIZE: given[SIZE]}, shown, given, whole, plan)
        if not safe:
            check(plan, params, shown, initial, len(x))
        elif initial and begins_infinite(initial):
            check(plan, params, shown, initial, 1)
    return trace


def is_degenerate(g: Graph) -> bool:
    """Whether only the reference runs a cell: it mixes the sequences, or has a state that nothing moves."""
    mixes = any(n.op == "matmul" and not g.is_given(n.args[0]) for n in g.nodes.values())
    mixes |= any("B" in g.cell.shapes[p] for p in g.cell.params)
    return mixes or not g.nodes.keys() >= {"h", *g.cell.states}


def planned(cell: Cell, params: dict, inputs: dict, initial: dict, dtype) -> Plan | None:
    """The plan for these arrays, None of a degenerate cell; CellError where they don't fit."""
    arrays = (*inputs.values(), *[params.get(p) for p in cell.params])
    shapes = tuple([a.shape if type(a) is np.ndarray else shape(a) for a in arrays])
    begins = tuple([(s, shape(initial[s])) for s in cell.states if s in initial]) if initial else ()
    plan = plan_of(cell.text, dtype, shapes, begins)
    if "dt" in inputs and plan is not None:
        check_times(cell, inputs["dt"], inputs["dt"].shape)
    return plan


def shape(value) -> tuple | None:
    """The shape of an array or a number; None of nothing."""
    return None if value is None else np.shape(value)


@lru_cache(maxsize=4096)
def plan_of(text: str, dtype, shapes: tuple, initial: tuple) -> Plan | None:
    """The plan for arrays of these shapes, inputs first; CellError where they don't fit."""

    def like(shape):
        return None if shape is None else np.broadcast_to(1.0, shape)

    cell = parse(text)
    if is_degenerate(graph(cell)):
        return None
    read = dict(zip(cell.inputs, map(like, shapes), strict=False))
    given = dict(zip(cell.params, map(like, shapes[len(read) :]), strict=True))
    sizes = check_shapes(cell, given, read, {s: like(its) for s, its in initial})
    own = frozenset(p for p in cell.params if given[p].ndim > len(cell.shapes[p]))
    return cached_plan(text, tuple(sizes.items()), own, np.dtype(dtype))


@lru_cache(maxsize=128)
def cached_plan(text: str, sizes: tuple, own: frozenset, dtype: np.dtype) -> Plan:
    """The plan of a cell, made once for sequences of any length."""
    return make_plan(text, dict(sizes), own, dtype)


def evaluated(plan: Plan, params: dict) -> dict:
    """All that is given: the parameters, the number of units, and what they alone make."""
    kind = plan.dtype
    given = {p: np.asarray(params[p], kind) for p in plan.graph.cell.params}
    given[SIZE] = float(plan.sizes["H"])
    for node in plan.graph.given:
        value = OPS[node.op].value(*[given.get(a, a) for a in node.args])
        given[node.name] = np.asarray(value, kind)
    return given


def steps(plan: Plan, given: dict, inputs: dict, initial: dict) -> tuple[np.ndarray, bool]:
    """All kept values (T + 1, rows, B), and whether they are so small that no number can have overflowed."""
    T = len(inputs["x"])
    # With room for some more, so that a run of another length needs no new one.
    length = -(-T // 32) * 32 if plan.large else plan.steps
    space = plan.pool.take(lambda: make_workspace(plan, length), lambda space: space.steps >= min(T, length))
    prepare(plan, space, given, initial)
    if plan.large:
        whole = plan.pool.lend(space, space.rows, T + 1)
        for t in range(0, T, plan.steps):
            chunk(plan, space, given, inputs, slice(t, min(t + plan.steps, T)), t)
    else:
        whole = np.empty((T + 1, plan.layout.kept, plan.sizes["B"]), plan.dtype)
        for t in range(0, T, plan.steps):
            now = slice(t, min(t + plan.steps, T))
            chunk(plan, space, given, inputs, now, 0)
            keep(plan, space, whole, now)
        plan.pool.give(space, space.rows.nbytes)
    return whole, bounded(plan, space, given, whole, initial)


def prepare(plan: Plan, space: Workspace, given: dict, initial: dict) -> None:
    """Fill in what is given, and the states before the first step."""
    fill(space.once, given)
    for part, factor in space.scales:
        if part.ndim == 2:
            part *= factor
    for s, to in space.states:
        to[...] = initial.get(s, 0.0)


def keep(plan: Plan, space: Workspace, whole: np.ndarray, now: slice) -> None:
    """Copy what was computed; the states go to the first step of the workspace and behind the last."""
    n, rows = now.stop - now.start, space.rows
    whole[now] = rows[:n, : whole.shape[1]]
    for first, last in plan.last:
        rows[0, first:last] = whole[now.stop, first:last] = rows[n, first:last]


def chunk(plan: Plan, space: Workspace, given: dict, inputs: dict, now: slice, first: int) -> None:
    """Compute the steps `now` in the workspace, from its step `first` on."""
    here = slice(first, first + now.stop - now.start)
    if plan.own:
        fill_steps(plan, space.by_step, given, now)
        for part, factor in space.scales:
            if part.ndim == 3:
                part[here] *= factor
    for name, to in space.inputs:
        to[here] = inputs[name][now]
    for k in plan.order:
        if k in plan.loops:
            space.programs[k].play(here.start, here.stop)
        for node in plan.bulk.get(k, ()):
            to = space.memory.steps(plan.layout.places[node.name], here)
            to[...] = at_once(plan, space, given, node, now, here)
        for value, to in space.copies.get(k, ()):
            to[here] = value[here]


def at_once(plan: Plan, space: Workspace, given: dict, node: Node, now: slice, here: slice) -> np.ndarray:
    """A node's value at many steps, which are `here` in the workspace."""
    rank = len(plan.layout.places[node.name].shape)
    rank = 0 if node.op in PRODUCTS else rank

    def value(arg):
        if arg in plan.layout.places:
            return lifted(space.memory.steps(plan.layout.places[arg], here), rank)
        whole = given_at(plan, given, arg, now)
        return lifted(whole, rank) if arg in plan.own else whole

    operands = [value(a) for a in node.args]
    return times(*operands) if node.op == "matmul" else OPS[node.op].value(*operands)


def values(plan: Plan, given: dict, whole: np.ndarray) -> dict[str, np.ndarray]:
    """The kept values by name, and given ones that have a name, as often as there are steps."""
    T, found = len(whole) - 1, {}
    for name, later, first, last, shape in plan.shown:
        rows = whole[later : T + later, first:last]
        found[name] = rows.reshape(T, *shape) if shape else rows
    for name in (n.name for n in plan.graph.given if "." not in n.name):
        value = np.atleast_2d(np.asarray(given[name], plan.dtype))
        found[name] = np.broadcast_to(value, (T, *plan.shape(name)))
    return found
