"""A loop's way back as calls: for each step one product and a few multiplications.

There are two ways to write it. Number by number (`plain`): a product with the stacked matrices of the step
after, sums, a multiplication for each wire. Or, where vectors are so short that a call costs more than what
it computes, by matrices alone (`dense`): all that flows into the joins of one level is one product, with
ones where something is only added, and comes out once for each wire; one multiplication makes the wires.
"""

import math
from typing import NamedTuple

from lstm_viz.cell import expression, leaves
from lstm_viz.fast.calls import Call, Constant, Place, Product, Pull, ordered
from lstm_viz.fast.parts import Ways
from lstm_viz.fast.plan import Plan
from lstm_viz.fast.slopes import Slope
from lstm_viz.fast.wires import Inside, Wire
from lstm_viz.ops import OPS

FLOWS, SLOPES, JOINS, OPERANDS = "flows", "slopes", "joins", "operands"
# So many multiplications cost as much as a call.
CALL = 1600


class Patch(NamedTuple):
    """A part of a matrix: ones on the diagonal, or `by` transposed; `more` adds to what is there."""

    matrix: str
    rows: slice
    columns: slice
    by: str
    more: bool


class Sweep(NamedTuple):
    """A loop's calls of one step back, and where things stand.

    `gradients` are the places of its joins', `wires` of its wires, `outer` of what comes from outside;
    `slopes` of what wires are multiplied by, `sloped` where that is for the late ones, `operands` of values
    that rules read. `patches` fill the matrices. `totals` are the rows of every buffer. `entries` is what the
    first step sends to a state: flows, and the part of a matrix that they go through, if one.
    """

    calls: list[Call]
    gradients: dict[str, Place]
    wires: dict[Wire, Place]
    outer: dict[str, Place]
    slopes: list[tuple[Slope, Place]]
    sloped: dict[Wire, Place]
    operands: dict[str, Place]
    patches: list[Patch]
    totals: dict[str, int]
    entries: dict[str, list[tuple[Place, str, slice, slice]]]


class Draft:
    """A sweep while it is written."""

    def __init__(self, plan: Plan, w: Ways, loop: Inside | None, late: list[Wire], brief: bool = False):
        self.plan, self.ways, self.loop, self.late, self.brief = plan, w, loop, late, brief
        self.name = str(loop.number) if loop else "late"
        self.totals: dict[str, int] = {}
        self.calls: list[Call] = []
        self.gradients: dict[str, Place] = {}
        self.wires: dict[Wire, Place] = {}
        self.outer: dict[str, Place] = {}
        self.slopes: list[tuple[Slope, Place]] = []
        self.sloped: dict[Wire, Place] = {}
        self.operands: dict[str, Place] = {}
        self.patches: list[Patch] = []
        self.entries: dict[str, list[tuple[Place, str, slice, slice]]] = {}

    def room(self, buffer: str, shape: tuple[int, ...]) -> Place:
        """Rows that nothing else has."""
        buffer = f"{buffer} {self.name}"
        first, rows = self.totals.get(buffer, 0), math.prod(shape[:-1])
        self.totals[buffer] = first + rows
        return Place(buffer, first, rows, shape)

    def shape(self, wire: Wire) -> tuple[int, ...]:
        """The shape of a wire: that of its join, or of what its rule sends to."""
        node = self.ways.graph.nodes[wire.of]
        return self.plan.shape(wire.of if wire.k < 0 else node.args[wire.k])

    def slope(self, wire: Wire) -> Place:
        """A place for what a wire's join is multiplied by."""
        self.slopes.append((wire.slope, self.room(SLOPES, self.shape(wire))))
        return self.slopes[-1][1]

    def patch(self, matrix: str, rows: tuple[int, int], columns: tuple[int, int], by: str = "") -> None:
        """Note a part of a matrix: first row and rows, first column and columns."""
        down, across = (slice(first, first + many) for first, many in (rows, columns))
        more = any((p.matrix, p.rows, p.columns) == (matrix, down, across) for p in self.patches)
        self.patches.append(Patch(matrix, down, across, by, more))

    def sweep(self) -> Sweep:
        """What was written."""
        return Sweep(
            *(self.calls, self.gradients, self.wires, self.outer),
            *(self.slopes, self.sloped, self.operands, self.patches, self.totals, self.entries),
        )


def sweep(plan: Plan, w: Ways, loop: Inside, late: list[Wire], brief: bool) -> Sweep:
    """The quicker of the two ways to write a loop.

    `late` are wires that are wanted beside its own; with `brief` nobody reads the joins' gradients later.
    """
    one = plain(Draft(plan, w, loop, late, brief))
    if any(wire.k >= 0 for wire in loop.wires) or any(
        i.by in plan.own for its in loop.inflows.values() for i in its
    ):
        return one
    other = dense(Draft(plan, w, loop, late, brief))
    numbers = sum(
        c.into.rows * c.of[0].rows * c.into.shape[-1] for c in other.calls if isinstance(c.what, Product)
    )
    return other if numbers <= CALL * (len(one.calls) - len(other.calls)) else one


def dense(draft: Draft) -> Sweep:
    """A product and a multiplication for every level of joins."""
    loop, places = draft.loop, {}
    depth = 1 + max(loop.level.values())
    runs = [[wire for wire in wires_of_level(draft, k)] for k in range(depth)]
    for run in reversed(runs):
        places |= {wire: draft.room(FLOWS, draft.shape(wire)) for wire in run}
    for wire in draft.late:
        places[wire] = draft.room(FLOWS, draft.shape(wire))
        draft.sloped[wire] = draft.slope(wire)
    for name in loop.outer:
        draft.outer[name] = draft.room(FLOWS, draft.plan.shape(name))
    draft.wires.update(places)
    for k, run in enumerate(runs):
        if run:
            level(draft, f"level {loop.number} {k}", run)
    return draft.sweep()


def wires_of_level(draft: Draft, k: int) -> list[Wire]:
    """The wires of a level's joins: those that the step before adds, multiplies, then those of this step."""
    loop = draft.loop
    now = {i.wire for its in loop.inflows.values() for i in its if not i.later}
    own = [wire for wire in loop.wires if loop.level[wire.of] == k]
    bare = [name for name in loop.inflows if loop.level[name] == k and all(w.of != name for w in own)]
    own += [Wire(name, 1.0) for name in bare]
    return sorted(own, key=lambda wire: 2 if wire in now else 1 if loop.sends(wire) else 0)


def level(draft: Draft, matrix: str, run: list[Wire]) -> None:
    """The calls of one level, and what fills its matrix."""
    block, loop = draft.totals[draft.wires[run[0]].buffer], draft.loop
    flows = {
        name: [(draft.wires[i.wire].row + i.later * block, i.wire, i.by) for i in loop.inflows[name]]
        for name in dict.fromkeys(wire.of for wire in run)
    }
    for name in flows:
        if name in draft.outer:
            flows[name].append((draft.outer[name].row, Wire(name, 1.0), ""))
    every = [(0, 0)] * (not any(flows.values()))
    every += [
        (row, row + math.prod(draft.shape(wire)[:-1])) for its in flows.values() for row, wire, _ in its
    ]
    first, last = min(row for row, _ in every), max(end for _, end in every)
    made = [draft.room(JOINS, draft.shape(wire)) for wire in run]
    for wire, to in zip(run, made, strict=True):
        draft.gradients.setdefault(wire.of, to)
        draft.slope(wire)
        for row, source, by in flows[wire.of]:
            columns = (row - first, math.prod(draft.shape(source)[:-1]))
            draft.patch(matrix, (to.row - made[0].row, to.rows), columns, by)
    columns = made[0].shape[-1]
    into, by, out = (
        whole(places)
        for places in (made, [p for _, p in draft.slopes[-len(run) :]], [draft.wires[w] for w in run])
    )
    span = Place(out.buffer, first, last - first, (last - first, columns))
    draft.calls += [Call(Product(matrix), into, (span,)), Call("mul", out, (by, into))]
    behind = slice(max(block, first) - first, last - first)
    flows = Place(out.buffer, max(block, first) - block, behind.stop - behind.start, (-1, columns))
    for name in dict.fromkeys(wire.of for wire in run):
        if any(i.later for i in loop.inflows[name]):
            to = draft.gradients[name]
            draft.entries[name] = [
                (flows, matrix, slice(to.row - into.row, to.row - into.row + to.rows), behind)
            ]


def whole(places: list[Place]) -> Place:
    """Neighbours as one place."""
    first, rows = places[0], sum(p.rows for p in places)
    return Place(first.buffer, first.row, rows, (rows, first.shape[-1]), first.later)


def plain(draft: Draft) -> Sweep:
    """Sums, a multiplication for every wire, and products where matrices are."""
    loop = draft.loop
    sent = sorted((w for w in loop.wires if loop.sends(w)), key=lambda w: shared(draft, w))
    for wire in (*sent, *draft.late):
        draft.wires[wire] = draft.room(FLOWS, draft.shape(wire))
    draft.sloped.update({wire: draft.slope(wire) for wire in draft.late})
    for name in loop.outer:
        draft.outer[name] = draft.room(FLOWS, draft.plan.shape(name))
    given, behind = products(draft, 1)
    calls = list(behind.values())
    ahead_given, ahead = products(draft, 0)
    for name in loop.inflows:
        ready = [p for p in (given.get(name), ahead_given.get(name), draft.outer.get(name)) if p]
        draft.gradients[name] = gradient_place(draft, name, ready)
    for wire in loop.wires:
        if wire not in draft.wires:
            alias = wire.slope == 1.0 and wire.k < 0 and not draft.brief
            draft.wires[wire] = draft.gradients[wire.of] if alias else draft.room(FLOWS, draft.shape(wire))
    for name, inflows in loop.inflows.items():
        if name in ahead:
            calls.append(ahead[name])
        flows = [p for p in (given.get(name), ahead_given.get(name), draft.outer.get(name)) if p]
        flows += [draft.wires[i.wire]._replace(later=i.later) for i in inflows if not i.by]
        calls += added(draft.gradients[name], flows)
        for wire in (w for w in loop.wires if w.of == name):
            calls += spread(draft, wire)
    for name, inflows in loop.inflows.items():
        for wire in (i.wire for i in inflows if i.later and not i.by):
            draft.entries.setdefault(name, []).append((draft.wires[wire], "", slice(0), slice(0)))
    draft.calls = ordered(calls)
    return draft.sweep()


def shared(draft: Draft, wire: Wire) -> bool:
    """Whether what a wire belongs to multiplies something outside of the loop too."""
    g = draft.ways.graph
    forms = (
        n
        for n in g.nodes.values()
        if n.op == "matmul" and draft.ways.form.get(n.name) == {wire.of: wire.slope}
    )
    return any(not g.in_loop(n.args[1], draft.loop.number) for n in forms)


def products(draft: Draft, later: int) -> tuple[dict[str, Place], dict[str, Call]]:
    """What matrices bring to the joins, of this step or of the one `later`: its places, and the calls."""
    groups: dict[tuple, list[str]] = {}
    for name, inflows in draft.loop.inflows.items():
        sent = tuple(dict.fromkeys(i.wire for i in inflows if i.by and i.later == later))
        if sent:
            groups.setdefault(sent if later else (name, *sent), []).append(name)
    places, calls = {}, {}
    for key, names in groups.items():
        sent = sorted(draft.wires[w] for w in key if isinstance(w, Wire))
        first, last = sent[0], sent[-1]
        rows = last.row + last.rows - first.row
        span = Place(first.buffer, first.row, rows, (rows, first.shape[-1]), later)
        made = {name: draft.room(JOINS, draft.plan.shape(name)) for name in names}
        steps = False
        matrix = f"back {draft.loop.number} {later} {names[0]}"
        into = whole(list(made.values()))
        for name in names:
            for i in (i for i in draft.loop.inflows[name] if i.by and i.later == later):
                steps |= i.by in draft.plan.own
                wire = draft.wires[i.wire]
                draft.patch(
                    matrix,
                    (made[name].row - into.row, made[name].rows),
                    (wire.row - first.row, wire.rows),
                    i.by,
                )
        for name in names if later else ():
            down = slice(made[name].row - into.row, made[name].row - into.row + made[name].rows)
            flows = span._replace(later=0)
            draft.entries.setdefault(name, []).append((flows, matrix, down, slice(0, rows)))
        places |= made
        calls[names[0]] = Call(Product(matrix, steps, later), into, (span,))
    return places, calls


def gradient_place(draft: Draft, name: str, ready: list[Place]) -> Place:
    """Where a join's gradient stands: where a matrix wants it, where it comes to alone, or on its own."""
    sent = draft.wires.get(Wire(name, 1.0))
    plain_flows = [i for i in draft.loop.inflows[name] if not i.by]
    if sent is None and len(ready) == 1 and not plain_flows:
        return ready[0]
    return sent or draft.room(JOINS, draft.plan.shape(name))


def added(to: Place, flows: list[Place]) -> list[Call]:
    """The sum of what flows in."""
    if len(flows) < 2:
        return [] if not flows or flows[0] == to else [Call("identity", to, (flows[0],))]
    calls = [Call("add", to, tuple(flows[:2]))]
    return calls + [Call("add", to, (to, flow)) for flow in flows[2:]]


def spread(draft: Draft, wire: Wire) -> list[Call]:
    """What makes a wire of its join's gradient."""
    gradient, to = draft.gradients[wire.of], draft.wires[wire]
    if wire.k >= 0:
        return [ruled(draft, wire)]
    if to == gradient:
        return []
    if wire.slope in (1.0, -1.0):
        return [Call("identity" if wire.slope == 1.0 else "neg", to, (gradient,))]
    return [Call("mul", to, (draft.slope(wire), gradient))]


def ruled(draft: Draft, wire: Wire) -> Call:
    """What the rule book says of an operand, computed as it stands there."""
    node = draft.ways.graph.nodes[wire.of]
    used = leaves(expression(OPS[node.op].derivatives[wire.k]))
    operands = [
        operand(draft, a) if x in used else 0.0 for x, a in zip("yabc", (node.name, *node.args), strict=False)
    ]
    return Call(Pull(node.op, wire.k), draft.wires[wire], (draft.gradients[wire.of], *operands))


def operand(draft: Draft, name) -> Place | Constant | float:
    """A value that a rule reads."""
    if isinstance(name, float):
        return name
    if draft.ways.graph.is_given(name):
        return Constant(name, 1.0, draft.plan.shape(name), name in draft.plan.own)
    if name not in draft.operands:
        draft.operands[name] = draft.room(OPERANDS, draft.plan.shape(name))
    return draft.operands[name]
