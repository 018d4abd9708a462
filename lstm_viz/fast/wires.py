"""How a loop goes back: what flows into each join, and where it stands meanwhile.

A wire is a join's gradient times a slope. At each step, the wires and the products of the step after flow
into the joins of the last states; from there wires go on to other joins and to the products of this step.
"""

from typing import NamedTuple

from lstm_viz.fast.parts import NEXT, RULE, SLOPE, Part, Ways
from lstm_viz.fast.slopes import Slope


class Wire(NamedTuple):
    """The gradient of the join `of`, `slope` times; or what a rule sends to the operand k of `of`."""

    of: str
    slope: Slope
    k: int = -1


class Inflow(NamedTuple):
    """What flows into a join: a wire, of the step or of one `later`, as it is or times a matrix `by`."""

    wire: Wire
    later: int
    by: str = ""


class Inside(NamedTuple):
    """A loop on its way back: what flows into its joins, in an order in which they can be computed.

    `outer` are those that something flows into from outside of the loop.
    """

    number: int
    inflows: dict[str, list[Inflow]]
    outer: list[str]

    @property
    def wires(self) -> list[Wire]:
        """All wires, in the order of their joins."""
        found = dict.fromkeys(i.wire for its in self.inflows.values() for i in its)
        return sorted(found, key=lambda w: list(self.inflows).index(w.of))

    def sends(self, wire: Wire) -> bool:
        """Whether a wire is multiplied by a matrix."""
        return any(i.by for its in self.inflows.values() for i in its if i.wire == wire)


def inside(w: Ways, number: int) -> Inside:
    """A loop on its way back."""
    joins = [n.name for n in reversed(w.graph.stages[number].nodes) if w.is_join(n.name)]
    inflows: dict[str, list[Inflow]] = {}
    outer = []
    for name in joins:
        before = [f"{name}_prev"] if any(p.kind == NEXT for p in w.parts[name]) else []
        now = inflows_of(w, w.inner(name, number), 0)
        inflows[name] = now + [i for b in before for i in inflows_of(w, w.inner(b, number), 1)]
        if any(w.outer(n, number) for n in (name, *before)):
            outer.append(name)
    return Inside(number, inflows, outer)


def inflows_of(w: Ways, parts: list[Part], later: int) -> list[Inflow]:
    """The parts of a gradient as wires; slopes of the same join are added up before."""
    slopes: dict[str, Slope] = {}
    found = []
    # Parts were noted on the way back: from the last on they are in the order of the equations.
    for part in reversed(parts):
        if part.kind == SLOPE:
            slopes[part.of] = w.book.apply("add", slopes.get(part.of, 0.0), part.slope)
        elif part.kind == RULE:
            found.append(Inflow(Wire(part.of, 1.0, part.k), later))
        else:
            found.append(Inflow(wire_of(w, part.of), later, w.graph.nodes[part.of].args[0]))
    return found + [Inflow(Wire(of, slope), later) for of, slope in slopes.items()]


def wire_of(w: Ways, name: str) -> Wire:
    """The gradient of a result as a wire."""
    [(of, slope)] = w.form[name].items()
    return Wire(of, slope)
