"""Where every value of a step stands in the workspace, so that what is read together stands together."""

import math
from typing import NamedTuple

from lstm_viz.fast.calls import Place
from lstm_viz.fast.graph import Graph, needed
from lstm_viz.fast.sums import ONE, Stack, Sum, stacks, sums

VALUES, SCRATCH = "values", "scratch"
# A diagonal is part of a matrix where its zeros cost less than two calls: as many multiplications at most.
DENSE = 2048


class Loop(NamedTuple):
    """A loop's sums by name and its stacks, each with the places of its columns and of its rows.

    `begun[sum, waits]` is where a stack puts its share of a sum, that of the one that begins it first.
    """

    number: int
    sums: dict[str, Sum]
    stacks: tuple[Stack, ...]
    columns: tuple[Place, ...]
    rows: tuple[Place, ...]
    begun: dict[tuple[str, str], Place]


class Layout(NamedTuple):
    """The places of a cell's values; a trace keeps the first `kept` rows.

    `copies` are values that a stack has a second place for. What a loop needs for a moment stands in rows of
    its own, the same at every step.
    """

    places: dict[str, Place]
    copies: list[tuple[str, Place]]
    loops: dict[int, Loop]
    kept: int
    totals: dict[str, int]


class Builder:
    """Hands out rows one after the other."""

    def __init__(self, g: Graph, sizes: dict[str, int]):
        self.graph, self.sizes, self.totals = g, sizes, {VALUES: 0, SCRATCH: 0}
        self.places: dict[str, Place] = {}
        self.copies: list[tuple[str, Place]] = []

    def rows(self, name: str, buffer: str = VALUES) -> Place:
        """Rows that nothing else has, for a value of the shape of `name`."""
        letters = ("1", "B") if name == ONE else self.graph.cell.shapes[name]
        shape = tuple(self.sizes[letter] for letter in letters)
        rows = math.prod(shape[:-1])
        self.totals[buffer] += rows
        return Place(buffer, self.totals[buffer] - rows, rows, shape)

    def place(self, name: str) -> Place:
        """The place of a value; that of a state is its last value's, one step later."""
        if name not in self.places:
            last = name in self.graph.cell.states
            self.places[name] = self.place(f"{name}_prev")._replace(later=1) if last else self.rows(name)
        return self.places[name]

    def column(self, name: str, own: bool) -> Place:
        """The place of what a matrix multiplies: of what is not the loop's own a copy, if it has one."""
        if own or name not in {*self.places, *self.graph.cell.states}:
            return self.place(name)
        self.copies.append((name, self.rows(name)))
        return self.copies[-1][1]

    def share(self, whole: Sum, begins: bool, awaited: set[str]) -> Place:
        """The place of a stack's share of a sum, and of the result, where that can be the same."""
        spot = self.rows(whole.name)
        if begins and whole.result not in {*self.places, *awaited, *self.graph.cell.states}:
            self.places[whole.result] = spot
        return spot

    def lowest(self, arg) -> int:
        """The first row of what is multiplied to make an operand."""
        node = self.graph.nodes.get(arg)
        factors = node.args if node and node.op == "mul" else ()
        return min((self.places[a].row for a in factors if a in self.places), default=-1)


def layout(g: Graph, sizes: dict[str, int]) -> Layout:
    """The places of all values of a cell at these sizes."""
    build = Builder(g, sizes)
    loops = {k: loop(build, k) for k, stage in enumerate(g.stages) if stage.loop}
    for name in (*g.cell.inputs, *(f"{s}_prev" for s in g.cell.states)):
        build.place(name)
    inside = {name for its in loops.values() for whole in its.sums.values() for name in whole.inside}
    for name in g.nodes:
        if "." not in name or name in needed(g) - inside:
            build.place(name)
    kept = build.totals[VALUES]
    # Operand by operand, so that the terms of a sum of products can be neighbours.
    for name in (*(a for node in g.nodes.values() for a in sorted(node.args, key=build.lowest)), *g.nodes):
        if name in g.nodes and name not in inside and name not in build.places:
            moment = g.stages[g.stage[name]].loop
            build.places[name] = build.rows(name, SCRATCH if moment else VALUES)
    return Layout(build.places, build.copies, loops, kept, build.totals)


def loop(build: Builder, number: int) -> Loop:
    """Places for a loop's stacks: what a matrix multiplies, the other last states, then what it gives."""
    g = build.graph
    found = sums(g, number)
    made = stacks(g, number, found, build.sizes["H"] ** 2 * build.sizes["B"] <= DENSE)
    awaited = {s.waits for s in made}
    columns, rows, begun, more = [], [], {}, {}
    for s in made:
        columns.append(span([build.column(v, g.in_loop(v, number)) for v in s.columns]))
        for name in (n for n in g.stage if n.endswith("_prev") and g.in_loop(n, number)):
            build.place(name)
        shares = {n: build.share(found[n], n in s.begins, awaited) for n in (*s.begins, *s.parts)}
        begun |= {(name, s.waits): shares[name] for name in s.begins}
        more |= {(name, s.waits): shares[name] for name in s.parts}
        rows.append(span(list(shares.values())))
    return Loop(number, found, tuple(made), tuple(columns), tuple(rows), begun | more)


def span(places: list[Place]) -> Place:
    """The rows from the first of some neighbours to the last."""
    first, rows = places[0], sum(p.rows for p in places)
    return Place(first.buffer, first.row, rows, (rows, first.shape[-1]), first.later)
