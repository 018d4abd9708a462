"""The products of a way back outside of its loops: gradients of parameters and of signals, by neighbours."""

import math
from typing import NamedTuple

from lstm_viz.cell import Node
from lstm_viz.fast.calls import Place, whole, within
from lstm_viz.fast.parts import MATRIX, Part, Ways
from lstm_viz.fast.plan import Plan
from lstm_viz.fast.sums import ONE
from lstm_viz.fast.sweep import Sweep
from lstm_viz.fast.wires import Wire, wire_of


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


def shares_of(rest: Sweep, wires: dict[Wire, Place], joins: set[str], wanted: list[str]) -> dict:
    """What matrices bring to gradients outside of loops: neighbours in one product."""
    w, found = rest.ways, {}
    for name, its in w.parts.items():
        outer = w.outer(name, w.graph.stage.get(name, -1))
        asked = name not in joins and (name in w.graph.nodes or name in wanted)
        for nodes in {matrices_in(its) if asked else (), matrices_in(outer)} - {()}:
            near = runs(wires[wire_of(w, n)] for n in nodes)
            found[name, nodes] = [share(rest, wires, name, nodes, run) for run in near]
    return found


def direct_of(w: Ways, shares: dict) -> dict[str, Share]:
    """By signal, the one matrix that brings its whole gradient."""
    alone = {key: its[0] for key, its in shares.items() if len(its) == 1}
    return {
        name: its
        for (name, nodes), its in alone.items()
        if {p.of for p in w.parts[name]} == {*nodes}
        and all(p.kind == MATRIX for p in w.parts[name])
        and not w.form.get(name)
    }


def matrices_in(parts: list[Part]) -> tuple[str, ...]:
    """The products among the parts of a gradient."""
    return tuple(p.of for p in parts if p.kind == MATRIX)


def share(
    rest: Sweep, wires: dict[Wire, Place], name: str, nodes: tuple[str, ...], run: list[Place]
) -> Share:
    """What the products in `nodes` bring to a gradient by neighbouring wires."""
    flows, rows = whole(run), math.prod(rest.plan.shape(name)[:-1])
    matrix, late = f"share {name} {flows} {nodes}", set()
    for node in nodes:
        wire = wire_of(rest.ways, node)
        if wires[wire] in run:
            late |= {wire} & {*rest.late}
            by = rest.ways.graph.nodes[node].args[0]
            rest.patch(matrix, slice(0, rows), within(wires[wire], flows), by)
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
                (name, within(place, flows), within(operand, values))
                for operand in run
                for place, name in entries[operand]
                if is_inside(place, flows)
            ]
            found.append(Weights(flows, values, parts))
    return found


def spans_of(weights: list[Weights]) -> dict[str, Place]:
    """By buffer, the rows from the first of the flows to the last."""
    found: dict[str, Place] = {}
    for place in (its.flows for its in weights):
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
        last = found[-1][-1] if found else place
        if (last.buffer, last.later, last.row + last.rows) == (place.buffer, place.later, place.row):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def is_inside(place: Place, other: Place) -> bool:
    """Whether a place is part of another."""
    return place.buffer == other.buffer and other.row <= place.row < other.row + other.rows
