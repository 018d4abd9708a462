"""The plan of a way back: for a cell's plan, the signals that the loss depends on and what is wanted."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from lstm_viz.cell import Node
from lstm_viz.fast.calls import Place
from lstm_viz.fast.lines import Lines, make_lines
from lstm_viz.fast.parts import MATRIX, SEED, Part, Ways, ways
from lstm_viz.fast.plan import CACHE, FEWEST, MOST, Plan
from lstm_viz.fast.pool import Pool
from lstm_viz.fast.sums import ONE
from lstm_viz.fast.sweep import FLOWS, Draft, Patch, Sweep, sweep, whole
from lstm_viz.fast.wires import Wire, inside, wire_of


class Weights(NamedTuple):
    """Parameters' gradients in one product, `flows` times `values`; each has its rows and columns."""

    flows: Place
    values: Place
    parts: list[tuple[str, slice, slice]]


class Share(NamedTuple):
    """What a matrix of so many rows brings to a gradient: its product with `flows`, some of them `late`."""

    matrix: str
    rows: int
    flows: Place
    late: tuple[Wire, ...]


class Back(NamedTuple):
    """A plan of a way back.

    `sweeps` are those of the loops, `lines` what computes their slopes. `gradients` and `wires` say where
    things stand; `late` are wires that no loop makes, `sloped` where their slopes are, `looped` the others.
    `shares` are what matrices bring to gradients outside of loops, `weights` and `given` (one by one) what
    the parameters get, of the flows `sent`; `patches` fill the matrices. `entries[state]` is what of a loop's
    first step reaches the initial state; `lone` are states in no loop, `seeded` the joins of loops to which
    nothing comes from outside but the loss's own gradient. Of the wanted signals, `moving` change with the
    inputs, `still` with the parameters alone; in `by_step` is what is given and has a gradient a step.
    A `brief` way back keeps no joins for others to read.
    """

    ways: Ways
    sweeps: dict[int, Sweep]
    lines: dict[int, Lines]
    gradients: dict[str, Place]
    sloped: dict[Wire, Place]
    looped: dict[Wire, Place]
    wires: dict[Wire, Place]
    late: list[Wire]
    shares: dict[tuple[str, tuple[str, ...]], list[Share]]
    weights: list[Weights]
    sent: dict[str, Place]
    given: list[tuple[Node, int]]
    patches: list[Patch]
    entries: dict[str, list[tuple]]
    lone: list[str]
    seeded: set[str]
    moving: list[str]
    still: list[str]
    by_step: set[str]
    totals: dict[str, int]
    brief: bool
    steps: int
    pool: Pool


def make_back(
    plan: Plan, seeds: tuple[str, ...], cut: tuple[str, ...], wanted: tuple[str, ...] | None
) -> Back:
    """The way back from a loss that depends on `seeds`, through all states but those in `cut`."""
    g, w = plan.graph, ways(plan.graph, frozenset(seeds), frozenset(cut))
    names = [
        *g.cell.inputs,
        *(f"{s}_prev" for s in g.cell.states),
        *(n.name for n in g.cell.nodes if "." not in n.name),
    ]
    names = [n for n in names if wanted is None or n in wanted]
    made = dict.fromkeys(
        wire_of(w, n.name) for n in g.nodes.values() if n.op == "matmul" and w.form.get(n.name)
    )
    loops = {
        k: inside(w, k)
        for k in range(len(g.stages))
        if g.stages[k].loop and any(w.is_join(n.name) for n in g.stages[k].nodes)
    }
    late = [wire for wire in made if not any(wire in loop.wires for loop in loops.values())]
    known = {*made, *(wire for loop in loops.values() for wire in loop.wires)}
    given = [(n, k) for n, k in w.given if factor(plan, n, k) is None or wire_of(w, n.name) not in known]
    brief = len(loops) == 1 and not late and not given and all(is_brief(w, n) for n in names)
    sweeps = {
        k: sweep(plan, w, loop, [m for m in made if g.stage[m.of] == k and m not in loop.wires], brief)
        for k, loop in loops.items()
    }
    wires = {wire: place for s in sweeps.values() for wire, place in s.wires.items()}
    looped = {wire: place for s in sweeps.values() for wire, place in s.wires.items() if wire not in late}
    draft = Draft(plan, w, None, late)
    wires |= {wire: draft.room(FLOWS, draft.shape(wire)) for wire in made if wire not in wires}
    gradients = {name: place for s in sweeps.values() for name, place in s.gradients.items()}
    shares = shares_of(draft, wires, gradients, names)
    weights = weights_of(plan, w, wires, given)
    lines = {k: make_lines(plan, w, f"lines {k}", s.slopes) for k, s in sweeps.items()}
    totals = {buffer: rows for s in (*sweeps.values(), draft.sweep()) for buffer, rows in s.totals.items()}
    totals |= {its.name: its.rows for its in lines.values()}
    return Back(
        *(w, sweeps, lines, gradients),
        *({w: place for s in sweeps.values() for w, place in s.sloped.items()}, looped, wires),
        *(
            late,
            shares,
            weights,
            together(its.flows for its in weights),
            given,
            [p for s in (*sweeps.values(), draft) for p in s.patches],
        ),
        {state: its for s in sweeps.values() for state, its in s.entries.items()},
        lone=[s for s in g.cell.states if s not in gradients and w.parts.get(f"{s}_prev")],
        seeded={name for k, loop in loops.items() for name in loop.outer if is_seeded(w, name, k)},
        moving=[n for n in names if n in g.nodes or n in g.cell.inputs or n.endswith("_prev")],
        still=[n for n in names if n in {node.name for node in g.given}],
        by_step=by_step(plan),
        totals=totals,
        brief=brief,
        steps=steps_of(plan, totals),
        pool=Pool(),
    )


def steps_of(plan: Plan, totals: dict[str, int]) -> int:
    """How many steps go back at a time."""
    step = sum(totals.values()) * plan.sizes["B"] * plan.dtype.itemsize
    return min(MOST, max(FEWEST, CACHE // max(1, step)))


def is_brief(w: Ways, name: str) -> bool:
    """Whether a gradient can be computed from wires alone."""
    return all(p.kind == MATRIX for p in w.parts.get(name, ())) and not w.form.get(name)


def is_seeded(w: Ways, name: str, number: int) -> bool:
    """Whether nothing comes to a loop's join from outside but the loss's own gradient."""
    return [p.kind for p in w.outer(name, number)] == [SEED] and not w.outer(f"{name}_prev", number)


def shares_of(draft: Draft, wires: dict[Wire, Place], looped: dict[str, Place], wanted: list[str]) -> dict:
    """What matrices bring to gradients outside of loops: neighbours in one product."""
    w, found = draft.ways, {}
    for name, its in w.parts.items():
        number = w.graph.stage.get(name, -1)
        asked = name not in looped and (name in w.graph.nodes or name in wanted)
        for some in (its, w.outer(name, number)) if asked else (w.outer(name, number),):
            nodes = matrices_in(some)
            if nodes and (name, nodes) not in found:
                found[name, nodes] = [
                    share(draft, wires, name, nodes, run) for run in runs(wires[wire_of(w, n)] for n in nodes)
                ]
    return found


def matrices_in(parts: list[Part]) -> tuple[str, ...]:
    """The products among the parts of a gradient."""
    return tuple(p.of for p in parts if p.kind == MATRIX)


def share(
    draft: Draft, wires: dict[Wire, Place], name: str, nodes: tuple[str, ...], run: list[Place]
) -> Share:
    """What the products in `nodes` bring to a gradient by neighbouring wires."""
    flows, rows = whole(run), math.prod(draft.plan.shape(name)[:-1])
    matrix, late = f"share {name} {flows} {nodes}", set()
    for node in nodes:
        wire = wire_of(draft.ways, node)
        place = wires[wire]
        if place in run:
            late |= {wire} & set(draft.late)
            by = draft.ways.graph.nodes[node].args[0]
            draft.patch(matrix, (0, rows), (place.row - flows.row, place.rows), by)
    return Share(matrix, rows, flows, tuple(late))


def weights_of(plan: Plan, w: Ways, wires: dict[Wire, Place], but: list[tuple[Node, int]]) -> list[Weights]:
    """The parameters' gradients that are products, as few as neighbours allow; `but` some are none."""
    entries: dict[Place, list[tuple[Place, str]]] = {}
    for node, k in w.given:
        if (node, k) not in but:
            operand = factor(plan, node, k)
            entries.setdefault(operand, []).append((wires[wire_of(w, node.name)], node.args[k]))
    groups: dict[Place, list[Place]] = {}
    for operand, its in entries.items():
        for run in runs(p for p, _ in its):
            groups.setdefault(whole(run), []).append(operand)
    found = []
    for flows, operands in groups.items():
        for run in runs(operands):
            values = whole(run)
            parts = [
                (name, span(place, flows), span(operand, values))
                for operand in run
                for place, name in entries[operand]
                if is_inside(place, flows)
            ]
            found.append(Weights(flows, values, parts))
    return found


def together(places: Iterable[Place]) -> dict[str, Place]:
    """By buffer, the rows from the first of some places to the last."""
    found: dict[str, Place] = {}
    for place in places:
        other = found.get(place.buffer, place)
        first, last = min(place.row, other.row), max(place.row + place.rows, other.row + other.rows)
        found[place.buffer] = Place(place.buffer, first, last - first, (last - first, place.shape[-1]))
    return found


def factor(plan: Plan, node: Node, k: int) -> Place | None:
    """The value that a parameter multiplies as a matrix; 1, for a bias; None where it is used otherwise."""
    name, places = node.args[k], plan.layout.places
    if name in by_step(plan):
        return None
    if node.op == "matmul":
        return places[node.args[1]]
    is_bias = node.op == "add" and plan.graph.cell.shapes[name] == (plan.graph.cell.shapes[node.name][0], "1")
    return places.get(ONE) if is_bias else None


def by_step(plan: Plan) -> set[str]:
    """What is given and has a gradient for every step: signals with a name, and what reads them."""
    found = set(plan.own)
    for node in plan.graph.given:
        if "." not in node.name or found.intersection(a for a in node.args if isinstance(a, str)):
            found.add(node.name)
    return found


def runs(places) -> list[list[Place]]:
    """Places as lists of neighbours."""
    found: list[list[Place]] = []
    for place in sorted(set(places), key=lambda p: (p.buffer, p.later, p.row)):
        last = found[-1][-1] if found else None
        near = last and (last.buffer, last.later, last.row + last.rows) == (
            place.buffer,
            place.later,
            place.row,
        )
        if near:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def span(place: Place, within: Place) -> slice:
    """The rows of a place, counted from the first of another."""
    return slice(place.row - within.row, place.row - within.row + place.rows)


def is_inside(place: Place, within: Place) -> bool:
    """Whether a place is part of another."""
    return place.buffer == within.buffer and within.row <= place.row < within.row + within.rows
