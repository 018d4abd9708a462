"""The order hidden in a cell's equations: what never changes, what can be done for all steps at once, loops.

Two results are in one loop if each needs the other, by way of a state. What stands in no loop is computed
for many steps at once: before a loop that reads it, or after the loops that it reads.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lstm_viz.cell import Apply, Cell, Node, expression, leaves
from lstm_viz.ops import OPS

SUMS = ("add", "sub", "neg", "identity")
# Operations whose results are kept: they make large numbers of small ones, and others may hide those again.
STEEP = ("div", "exp", "log")
# Operations that may make a small number of an infinite one.
HIDING = ("tanh", "sigmoid", "logsigmoid", "exp", "div", "relu", "max")


class Stage(NamedTuple):
    """Nodes that are computed together: step by step in a `loop`, or each for all steps at once."""

    nodes: tuple[Node, ...]
    loop: bool


class Graph(NamedTuple):
    """A cell in the order of its computation.

    `given` are the nodes of parameters and numbers alone, `nodes` all others by name, `stages` these in
    order; `stage` says in which one a name is computed, `readers` which nodes read it.
    """

    cell: Cell
    given: tuple[Node, ...]
    nodes: dict[str, Node]
    stages: tuple[Stage, ...]
    stage: dict[str, int]
    readers: dict[str, list[Node]]

    def is_given(self, arg) -> bool:
        """Whether an operand depends on no input and no state."""
        return not isinstance(arg, str) or (arg not in self.stage and arg not in self.cell.inputs)

    def in_loop(self, name: str, number: int) -> bool:
        """Whether a result or a last state is computed in the loop of this number."""
        return self.stage.get(name) == number and self.stages[number].loop


def graph(cell: Cell) -> Graph:
    """The order of a cell."""
    moving = {*cell.inputs, *(f"{s}_prev" for s in cell.states)}
    for node in cell.nodes:
        if moving.intersection(a for a in node.args if isinstance(a, str)):
            moving.add(node.name)
    nodes = {n.name: n for n in cell.nodes if n.name in moving}
    readers: dict[str, list[Node]] = {}
    for node in nodes.values():
        for arg in node.args:
            readers.setdefault(arg, []).append(node)
    groups = list(components(needs(cell, nodes)))
    stage = {name: k for k, group in enumerate(groups) for name in group}
    stages = tuple(
        Stage(tuple(n for n in nodes.values() if stage[n.name] == k), len(group) > 1)
        for k, group in enumerate(groups)
    )
    return Graph(cell, tuple(n for n in cell.nodes if n.name not in moving), nodes, stages, stage, readers)


def needs(cell: Cell, nodes: dict[str, Node]) -> dict[str, list[str]]:
    """Of every result and every last state, what must be known first."""
    before = {f"{s}_prev": [s] if s in nodes else [] for s in cell.states}
    return {
        name: [a for a in node.args if a in nodes or a in before] for name, node in nodes.items()
    } | before


def components(before: dict[str, list[str]]) -> Iterator[list[str]]:
    """The groups of names that need each other, each after those that it needs (Tarjan 1972)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_names: list[str] = []

    def visit(name: str) -> Iterator[list[str]]:
        number[name] = low[name] = len(number)
        open_names.append(name)
        for other in before[name]:
            if other not in number:
                yield from visit(other)
                low[name] = min(low[name], low[other])
            elif other in open_names:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            group = open_names[open_names.index(name) :]
            del open_names[-len(group) :]
            yield group

    for name in before:
        if name not in number:
            yield from visit(name)


def needed(g: Graph) -> set[str]:
    """The results that the backward pass reads, or that show whether a number was infinite."""
    names: set = set()
    for node in g.nodes.values():
        names |= {node.name} if node.op in STEEP else set()
        names |= {a for a in node.args if node.op in HIDING}
        for text in OPS[node.op].derivatives if node.op not in SUMS else ():
            names |= {leaf for leaf in leaves(named(text, node)) if isinstance(leaf, str)}
    return names & g.nodes.keys()


def named(text: str, node: Node, d="d"):
    """A derivative of the rule book, said of a node: the operands and the result by their names."""
    return replaced(expression(text), dict(zip("abc", node.args, strict=False)) | {"y": node.name, "d": d})


def replaced(expr, names: dict):
    """An expression with other leaves."""
    if isinstance(expr, Apply):
        return Apply(expr.op, tuple(replaced(a, names) for a in expr.args))
    return names.get(expr, expr)


def degree(g: Graph, kept: set[str]) -> int:
    """The largest number of kept values that are multiplied to make one that is not kept, or is."""
    of: dict = {}
    for node in g.nodes.values():
        parts = [1 if g.is_given(a) else of.get(a, 1) for a in node.args]
        product = node.op in ("mul", "matmul", "dot", "outer", "matvec", "conv")
        of[node.name] = sum(parts) if product else max(parts)
        largest = max(of.values())
        if node.name in kept:
            of[node.name] = 1
    return largest
