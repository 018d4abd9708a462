"""A loop's way back as calls: at each step a product with the stacked matrices of the step after, sums, and
a multiplication for each wire.
"""

import math
from typing import NamedTuple

from lstm_viz.cell import expression, leaves
from lstm_viz.fast.calls import Call, Constant, Place, Product, Pull, ordered, whole, within
from lstm_viz.fast.parts import Ways
from lstm_viz.fast.plan import Plan
from lstm_viz.fast.slopes import Slope
from lstm_viz.fast.wires import Inside, Wire
from lstm_viz.ops import OPS

FLOWS, SLOPES, JOINS, OPERANDS, OUTER = "flows", "slopes", "joins", "operands", "outer"


class Patch(NamedTuple):
    """A part of a matrix: `by` transposed; `more` adds to what is there."""

    matrix: str
    rows: slice
    columns: slice
    by: str
    more: bool


class Sweep:
    """A loop's calls of one step back, and where things stand.

    `late` are wires that are wanted beside its own; of a `brief` one nobody reads the joins' gradients later.
    `gradients` are the places of its joins', `wires` of its wires, `outer` of what comes from outside;
    `slopes` of what wires are multiplied by, `sloped` where that is for the late ones, `operands` of values
    that rules read. `patches` fill the matrices. `totals` are the rows of every buffer. `entries` is what the
    first step sends to a state: flows, and the part of a matrix that they go through, if one. Where there is
    a `leap`, `after` is computed when it is done, from the lines that are `known` then.
    """

    def __init__(self, plan: Plan, w: Ways, loop: Inside | None, late: list[Wire], brief: bool = False):
        self.plan, self.ways, self.loop, self.late, self.brief = plan, w, loop, late, brief
        self.name = str(loop.number) if loop else "late"
        self.calls: list[Call] = []
        self.gradients: dict[str, Place] = {}
        self.wires: dict[Wire, Place] = {}
        self.outer: dict[str, Place] = {}
        self.slopes: list[tuple[Slope, Place]] = []
        self.sloped: dict[Wire, Place] = {}
        self.operands: dict[str, Place] = {}
        self.patches: list[Patch] = []
        self.totals: dict[str, int] = {}
        self.entries: dict[str, list[tuple[Place, str, slice, slice]]] = {}
        self.leap = None
        self.after: list[tuple[Slope, Place]] = []
        self.known: dict[Slope, Place] = {}

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

    def patch(self, matrix: str, rows: slice, columns: slice, by: str) -> None:
        """Note a part of a matrix."""
        more = any((p.matrix, p.rows, p.columns) == (matrix, rows, columns) for p in self.patches)
        self.patches.append(Patch(matrix, rows, columns, by, more))


def plain(its: Sweep) -> Sweep:
    """Sums, a multiplication for every wire, and products where matrices are."""
    loop = its.loop
    sent = sorted((w for w in loop.wires if loop.sends(w)), key=lambda w: shared(its, w))
    its.wires.update({wire: its.room(FLOWS, its.shape(wire)) for wire in (*sent, *its.late)})
    its.sloped.update({wire: its.slope(wire) for wire in its.late})
    its.outer.update({name: its.room(FLOWS, its.plan.shape(name)) for name in loop.outer})
    (behind, first), (now, ahead) = products(its, 1), products(its, 0)
    ready = {n: [p for p in (behind.get(n), now.get(n), its.outer.get(n)) if p] for n in loop.inflows}
    settle(its, ready)
    calls = list(first.values())
    for name in loop.inflows:
        calls += [ahead[name]] if name in ahead else []
        calls += gathered(its, name, ready[name])
    its.calls = ordered(calls)
    return its


def settle(its: Sweep, ready: dict[str, list[Place]]) -> None:
    """Find places for the joins' gradients and for all wires; note what the first step sends."""
    for name in its.loop.inflows:
        its.gradients[name] = gradient_place(its, name, ready[name])
    for wire in (w for w in its.loop.wires if w not in its.wires):
        alias = wire.slope == 1.0 and wire.k < 0 and not its.brief
        its.wires[wire] = its.gradients[wire.of] if alias else its.room(FLOWS, its.shape(wire))
    for name, inflows in its.loop.inflows.items():
        for wire in (i.wire for i in inflows if i.later and not i.by):
            its.entries.setdefault(name, []).append((its.wires[wire], "", slice(0), slice(0)))


def gathered(its: Sweep, name: str, ready: list[Place]) -> list[Call]:
    """The calls that add up a join's gradient, and make its wires."""
    flows = [its.wires[i.wire]._replace(later=i.later) for i in its.loop.inflows[name] if not i.by]
    spread_out = [spread(its, wire) for wire in its.loop.wires if wire.of == name]
    return added(its.gradients[name], ready + flows) + [call for calls in spread_out for call in calls]


def shared(its: Sweep, wire: Wire) -> bool:
    """Whether what a wire belongs to multiplies something outside of the loop too."""
    g = its.ways.graph
    forms = (
        n for n in g.nodes.values() if n.op == "matmul" and its.ways.form.get(n.name) == {wire.of: wire.slope}
    )
    return any(not g.in_loop(n.args[1], its.loop.number) for n in forms)


def products(its: Sweep, later: int) -> tuple[dict[str, Place], dict[str, Call]]:
    """What matrices bring to the joins, of this step or of the one `later`: its places, and the calls."""
    groups: dict[tuple, list[str]] = {}
    for name, inflows in its.loop.inflows.items():
        sent = tuple(dict.fromkeys(i.wire for i in inflows if i.by and i.later == later))
        if sent:
            groups.setdefault((sent, "" if later else name), []).append(name)
    places, calls = {}, {}
    for (sent, _), names in groups.items():
        made = {name: its.room(JOINS, its.plan.shape(name)) for name in names}
        calls[names[0]] = product(its, sorted(its.wires[w] for w in sent), made, later)
        places |= made
    return places, calls


def product(its: Sweep, sent: list[Place], made: dict[str, Place], later: int) -> Call:
    """What some wires bring to some joins, through one matrix."""
    into, matrix, steps = whole(list(made.values())), f"back {its.name} {later} {next(iter(made))}", False
    rows = sent[-1].row + sent[-1].rows - sent[0].row
    flows = sent[0]._replace(rows=rows, shape=(rows, into.shape[-1]))
    for name, place in made.items():
        for i in (i for i in its.loop.inflows[name] if i.by and i.later == later):
            its.patch(matrix, within(place, into), within(its.wires[i.wire], flows), i.by)
            steps |= i.by in its.plan.own
        if later:
            its.entries.setdefault(name, []).append((flows, matrix, within(place, into), slice(0, rows)))
    return Call(Product(matrix, steps, later), into, (flows._replace(later=later),))


def gradient_place(its: Sweep, name: str, ready: list[Place]) -> Place:
    """Where a join's gradient stands: where a matrix wants it, where it comes to alone, or on its own."""
    sent = its.wires.get(Wire(name, 1.0))
    plain_flows = [i for i in its.loop.inflows[name] if not i.by]
    if sent is None and len(ready) == 1 and not plain_flows:
        return ready[0]
    return sent or its.room(JOINS, its.plan.shape(name))


def added(to: Place, flows: list[Place]) -> list[Call]:
    """The sum of what flows in."""
    if len(flows) < 2:
        return [] if not flows or flows[0] == to else [Call("identity", to, (flows[0],))]
    calls = [Call("add", to, tuple(flows[:2]))]
    return calls + [Call("add", to, (to, flow)) for flow in flows[2:]]


def spread(its: Sweep, wire: Wire) -> list[Call]:
    """What makes a wire of its join's gradient."""
    gradient, to = its.gradients[wire.of], its.wires[wire]
    if wire.k >= 0:
        return [ruled(its, wire)]
    if to == gradient:
        return []
    if wire.slope in (1.0, -1.0):
        return [Call("identity" if wire.slope == 1.0 else "neg", to, (gradient,))]
    return [Call("mul", to, (its.slope(wire), gradient))]


def ruled(its: Sweep, wire: Wire) -> Call:
    """What the rule book says of an operand, computed as it stands there."""
    node = its.ways.graph.nodes[wire.of]
    used = leaves(expression(OPS[node.op].derivatives[wire.k]))
    operands = [
        operand(its, a) if x in used else 0.0 for x, a in zip("yabc", (node.name, *node.args), strict=False)
    ]
    return Call(Pull(node.op, wire.k), its.wires[wire], (its.gradients[wire.of], *operands))


def operand(its: Sweep, name) -> Place | Constant | float:
    """A value that a rule reads."""
    if isinstance(name, float):
        return name
    if its.ways.graph.is_given(name):
        return Constant(name, 1.0, its.plan.shape(name), name in its.plan.own)
    if name not in its.operands:
        its.operands[name] = its.room(OPERANDS, its.plan.shape(name))
    return its.operands[name]
