"""A plan: all that can be known of a run before its numbers, made once for a cell and sizes."""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import SIZE, Node, parse
from lstm_viz.fast.calls import Call, Place
from lstm_viz.fast.graph import Graph, degree, graph
from lstm_viz.fast.layout import SCRATCH, VALUES, Layout, Loop, layout
from lstm_viz.fast.pool import Pool
from lstm_viz.fast.steps import THROUGH_EXP, THROUGH_TANH, Writer, has_steps, matrix_name
from lstm_viz.fast.sums import ONE, Block

# A workspace holds some steps: as many as fit the processor's cache, within these bounds.
CACHE, FEWEST, MOST = 1 << 21, 4, 128
# From so many bytes a step on, what is computed is not copied.
LARGE = 1 << 15
# From so many numbers of 64 bits on, exp is quicker than tanh.
MANY = 128


class Fill(NamedTuple):
    """What stands in a part of a matrix: a block's value; `more` adds to what is there."""

    matrix: str
    rows: slice
    columns: slice
    block: Block
    steps: bool
    more: bool


class Plan(NamedTuple):
    """How a cell is run at some sizes.

    `own` are the given values that change with the step, `loose` those that are in no matrix. The stages come
    in this `order`; `loops` are the calls of those that are loops, `bulk` the nodes of the others, `copies`
    what is copied after each. The matrices get their `fills`, then rows of them are multiplied by `scales`.
    Of what a trace keeps, `shown` are the named parts, `last` the states' rows and `checked` the unbounded
    ones. A workspace has `totals` of rows; `steps` are computed at a time, in one and the same workspace, or
    where they are `large`, in a workspace for all that becomes the trace's. Where the squares of all kept
    values sum up to less than `limit`, nothing can have overflowed unseen. `pool` holds idle workspaces,
    `backs` the plans of ways back.
    """

    graph: Graph
    sizes: dict[str, int]
    own: frozenset[str]
    layout: Layout
    order: tuple[int, ...]
    loops: dict[int, list[Call]]
    bulk: dict[int, list[Node]]
    copies: dict[int, list[tuple[Place, Place]]]
    fills: list[Fill]
    scales: list[tuple[str, slice, float]]
    loose: list[str]
    shown: list[tuple]
    last: list[tuple[int, int]]
    checked: list[tuple[int, int]]
    totals: dict[str, int]
    steps: int
    large: bool
    limit: float
    dtype: np.dtype
    pool: Pool
    backs: dict

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of a value of one step, or of something given."""
        return tuple(self.sizes[letter] for letter in self.graph.cell.shapes[name])


def make_plan(text: str, sizes: dict[str, int], own: frozenset[str], dtype: np.dtype) -> Plan:
    """The plan of a cell at these sizes; `own` are the parameters with a value for every step."""
    g = graph(parse(text))
    for node in g.given:
        own |= {node.name} if own.intersection(node.args) else set()
    its = layout(g, sizes)
    many = sizes["H"] * sizes["B"] >= MANY and dtype == np.float64
    writer = Writer(g, its, own, sizes, THROUGH_EXP if many else THROUGH_TANH)
    loops = {k: writer.calls(loop) for k, loop in its.loops.items()}
    fills = [fill for loop in its.loops.values() for fill in fills_of(loop, writer)]
    used = {a for n in g.nodes.values() for a in n.args if isinstance(a, str) and g.is_given(a)}
    places = [its.places[f"{s}_prev"] for s in g.cell.states]
    step = its.totals[VALUES] * sizes["B"] * dtype.itemsize
    return Plan(
        *(g, sizes, own, its, (-1, *range(len(g.stages))), loops, bulk_of(g, its), copies_of(g, its), fills),
        scales=[scale for loop in its.loops.values() for scale in scales_of(loop, writer)],
        loose=sorted((used - {f.block.by for f in fills} - {SIZE}) | {n.name for n in g.given}),
        shown=shown_of(g, its),
        last=ranges(places),
        checked=ranges(unbounded(g, its)),
        totals=its.totals | {SCRATCH: writer.scratch},
        steps=min(MOST, max(FEWEST, CACHE // step)),
        large=step >= LARGE and not own,
        limit=limit_of(g, its, dtype),
        dtype=dtype,
        pool=Pool(),
        backs={},
    )


def is_kept(its: Layout, place: Place) -> bool:
    """Whether a trace keeps what stands in a place."""
    return place.buffer == VALUES and place.row < its.kept


def unbounded(g: Graph, its: Layout) -> list[Place]:
    """The kept values that are not between -1 and 1 by their nature."""
    tame = {n.name for n in g.nodes.values() if n.op in ("tanh", "sigmoid") and n.name not in g.cell.states}
    return [p for name, p in its.places.items() if is_kept(its, p) and name not in tame]


def ranges(places: list[Place]) -> list[tuple[int, int]]:
    """The rows of some places, neighbours joined: the first and the one after the last of each range."""
    found: list[tuple[int, int]] = []
    for first, last in sorted({(p.row, p.row + p.rows) for p in places}):
        begin = found.pop()[0] if found and found[-1][1] == first else first
        found.append((begin, last))
    return found


def shown_of(g: Graph, its: Layout) -> list[tuple]:
    """The kept values: name, whether a step later, first row, row after the last, shape if another."""
    kept = {
        name: p for name, p in its.places.items() if is_kept(its, p) and name not in (ONE, *g.cell.inputs)
    }
    return [
        (name, p.later, p.row, p.row + p.rows, p.shape if len(p.shape) > 2 else None)
        for name, p in kept.items()
    ]


def limit_of(g: Graph, its: Layout, dtype: np.dtype) -> float:
    """Up to where squares of kept values say that what was not kept is finite."""
    kept = {name for name, place in its.places.items() if is_kept(its, place)}
    return float(np.finfo(dtype).max) ** (0.98 * min(1.0, 2.0 / degree(g, kept)))


def bulk_of(g: Graph, its: Layout) -> dict[int, list[Node]]:
    """The nodes that are computed for many steps at once, by stage."""
    inside = {name for loop in its.loops.values() for whole in loop.sums.values() for name in whole.inside}
    return {
        k: [n for n in stage.nodes if n.name not in inside]
        for k, stage in enumerate(g.stages)
        if not stage.loop
    }


def copies_of(g: Graph, its: Layout) -> dict[int, list[tuple[Place, Place]]]:
    """By stage, -1 being before all, what to copy when it is done: from where, to where."""
    found: dict[int, list[tuple[Place, Place]]] = {}
    for name, to in its.copies:
        if name != ONE:
            found.setdefault(g.stage.get(name, -1), []).append((its.places[name], to))
    return found


def fills_of(loop: Loop, writer: Writer) -> list[Fill]:
    """What fills the matrices of a loop."""
    found, filled = [], set()
    for s, rows in zip(loop.stacks, loop.rows, strict=True):
        widths = [1 if v == "1" else writer.layout.places[v].rows for v in s.columns]
        starts = {v: sum(widths[:k]) for k, v in enumerate(s.columns)}
        for block in s.blocks:
            spot = loop.begun[block.sum, s.waits]
            down = slice(spot.row - rows.row, spot.row - rows.row + spot.rows)
            across = slice(starts[block.value], starts[block.value] + widths[s.columns.index(block.value)])
            more = (s.waits, block.sum, block.value) in filled
            filled.add((s.waits, block.sum, block.value))
            name = matrix_name(loop, s)
            found.append(Fill(name, down, across, block, has_steps(s, writer.own), more))
    return found


def scales_of(loop: Loop, writer: Writer) -> list[tuple[str, slice, float]]:
    """The rows of matrices that are multiplied by something: those of sums that go through a sigmoid."""
    found = []
    for s, rows in zip(loop.stacks, loop.rows, strict=True):
        scaled = [loop.begun[n, s.waits] for n in (*s.begins, *s.parts) if writer.scale(loop.sums[n]) != 1.0]
        for first, last in ranges(scaled):
            found.append(
                (matrix_name(loop, s), slice(first - rows.row, last - rows.row), writer.sigmoid.scale)
            )
    return found
