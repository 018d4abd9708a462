"""Where every gradient comes from: derived once, from the last result back to the inputs.

The gradient of a result that only one other gradient reaches, number by number, is a slope times that one;
it is never computed on its own while a loop goes back. What several reach is a join: there they are added.
"""

from typing import NamedTuple

from lstm_viz.cell import SIZE, Node
from lstm_viz.fast.graph import Graph
from lstm_viz.fast.slopes import Book, Slope
from lstm_viz.ops import PRODUCTS

SEED, NEXT, SLOPE, MATRIX, RULE = "seed", "next", "slope", "matrix", "rule"


class Part(NamedTuple):
    """A part of a gradient.

    The loss's own (SEED); what the state's next step sends back (NEXT); a `slope` times the gradient of the
    join `of` (SLOPE); a matrix of `of`, a product, times its gradient (MATRIX); what the rule book says of
    the operand `k` of `of` (RULE).
    """

    kind: str
    of: str
    slope: Slope = 1.0
    k: int = 0


class Ways(NamedTuple):
    """All that sends gradients back.

    `parts[name]` are those of a gradient; `form[name]` is what it comes to: {join: slope}. `given` are the
    operands (node, k) that depend on parameters alone.
    """

    graph: Graph
    book: Book
    parts: dict[str, list[Part]]
    form: dict[str, dict[str, Slope]]
    given: list[tuple[Node, int]]

    def is_join(self, name: str) -> bool:
        """Whether gradients are added at this name."""
        return self.form.get(name) == {name: 1.0}

    def inner(self, name: str, number: int) -> list[Part]:
        """The parts of a gradient that come from within a loop, at the same step."""
        return [p for p in self.parts.get(name, ()) if p.kind not in (SEED, NEXT) and self._in(p, number)]

    def outer(self, name: str, number: int) -> list[Part]:
        """The parts of a gradient that come from outside of a loop."""
        return [p for p in self.parts.get(name, ()) if p.kind == SEED or not self._in(p, number)]

    def _in(self, part: Part, number: int) -> bool:
        return part.kind == NEXT or self.graph.in_loop(part.of, number)


def ways(g: Graph, seeds: frozenset[str], cut: frozenset[str]) -> Ways:
    """The ways of the gradients of a loss of the signals in `seeds`, none through the states in `cut`."""
    its = Ways(g, Book(), {name: [Part(SEED, name)] for name in seeds}, {}, [])
    for number in reversed(range(len(g.stages))):
        if not any(its.parts.get(name) for name, k in g.stage.items() if k == number):
            continue
        for s in (s for s in g.cell.states if g.stage[f"{s}_prev"] == number and s not in cut):
            if its.parts.get(f"{s}_prev") or g.in_loop(s, number):
                its.parts.setdefault(s, []).append(Part(NEXT, s))
        for node in reversed(g.stages[number].nodes):
            its.form[node.name] = settled(its, node, number)
            if its.form[node.name]:
                send(its, node, cut)
    return its


def settled(its: Ways, node: Node, number: int) -> dict[str, Slope]:
    """What a node's gradient comes to, all its parts being known."""
    parts, form = its.parts.get(node.name, []), {}
    for part in parts:
        if part.kind != SLOPE or (g_in(its, node.name, number) and not g_in(its, part.of, number)):
            return {node.name: 1.0}
        form[part.of] = its.book.apply("add", form.get(part.of, 0.0), part.slope)
    ruled = any(g_in(its, a, number) and sends_by_rule(its.graph, node, k) for k, a in enumerate(node.args))
    return {node.name: 1.0} if len(form) > 1 or (ruled and form) else form


def g_in(its: Ways, name, number: int) -> bool:
    """Whether an operand is computed in this loop."""
    return isinstance(name, str) and its.graph.in_loop(name, number)


def sends_by_rule(g: Graph, node: Node, k: int) -> bool:
    """Whether a node's operand gets its gradient neither number by number nor by a matrix."""
    if node.op == "matmul":
        return False
    return node.op in PRODUCTS or g.cell.shapes[node.args[k]] != g.cell.shapes[node.name]


def send(its: Ways, node: Node, cut: frozenset[str]) -> None:
    """Write down what a node sends to each of its operands."""
    for k, arg in enumerate(node.args):
        if its.graph.is_given(arg):
            if isinstance(arg, str) and arg != SIZE:
                its.given.append((node, k))
        elif arg.removesuffix("_prev") not in cut or not arg.endswith("_prev"):
            its.parts.setdefault(arg, []).extend(sent(its, node, k))


def sent(its: Ways, node: Node, k: int) -> list[Part]:
    """The parts that a node adds to the gradient of its operand k."""
    if node.op == "matmul":
        return [Part(MATRIX, node.name)]
    if sends_by_rule(its.graph, node, k):
        return [Part(RULE, node.name, k=k)]
    slope = its.book.slope(node, k)
    found = [(of, its.book.apply("mul", its_own, slope)) for of, its_own in its.form[node.name].items()]
    return [Part(SLOPE, of, whole) for of, whole in found if whole != 0.0]
