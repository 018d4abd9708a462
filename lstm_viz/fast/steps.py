"""What a loop does at one step, as calls: its products, its sums, then operation by operation."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from lstm_viz.cell import Node
from lstm_viz.fast.calls import DIRECT, Call, Constant, Place, Product, ordered
from lstm_viz.fast.graph import Graph
from lstm_viz.fast.layout import SCRATCH, Layout, Loop
from lstm_viz.fast.sums import DIAGONAL, PLAIN, Addend, Stack, Sum


class Sigmoid(NamedTuple):
    """The logistic function of z in calls: what z is multiplied by before, then operations in place."""

    scale: float
    calls: tuple[tuple[str, tuple], ...]


# The same function twice: through tanh it shares a call with the tanh beside it, through exp it is quicker
# for many numbers of 64 bits.
THROUGH_TANH = Sigmoid(0.5, (("tanh", ("z",)), ("mul", ("z", 0.5)), ("add", ("z", 0.5))))
THROUGH_EXP = Sigmoid(-1.0, (("exp", ("z",)), ("add", ("z", 1.0)), ("div", (1.0, "z"))))


class Writer:
    """Writes the calls of a cell's loops; `scratch` counts the rows that they need for a moment."""

    def __init__(self, g: Graph, its: Layout, own: frozenset[str], sizes: dict[str, int], sigmoid: Sigmoid):
        self.graph, self.layout, self.own, self.sizes, self.sigmoid = g, its, own, sizes, sigmoid
        self.scratch = its.totals[SCRATCH]

    def calls(self, loop: Loop) -> list[Call]:
        """All calls of one step of a loop, in an order in which they can be made."""
        return ordered(self.written(loop))

    def written(self, loop: Loop) -> Iterator[Call]:
        """The calls as the equations come, every product as soon as what it waits for is there."""
        inside = {name for whole in loop.sums.values() for name in whole.inside}
        yield from self.products(loop, "")
        for node in self.graph.stages[loop.number].nodes:
            if node.name in loop.sums:
                yield from self.gathered(loop, loop.sums[node.name])
            elif node.name not in inside and not self.is_function(loop, node):
                yield from self.operation(node)
            yield from self.products(loop, node.name)

    def is_function(self, loop: Loop, node: Node) -> bool:
        """Whether a node was computed with the sum that it is the function of."""
        return any(whole.function == node for whole in loop.sums.values())

    def products(self, loop: Loop, waits: str) -> Iterator[Call]:
        """The product that waits for this result."""
        for s, columns, rows in zip(loop.stacks, loop.columns, loop.rows, strict=True):
            if s.waits == waits:
                yield Call(Product(matrix_name(loop, s), has_steps(s, self.own)), rows, (columns,))

    def scale(self, whole: Sum) -> float:
        """What a sum is multiplied by, inside its matrices, for the sake of its function."""
        return self.sigmoid.scale if whole.function and whole.function.op == "sigmoid" else 1.0

    def gathered(self, loop: Loop, whole: Sum) -> Iterator[Call]:
        """A sum: what the matrices give, then the rest added; where it has a function, that too."""
        first, *others = [spot for (name, _), spot in loop.begun.items() if name == whole.name]
        extra = [(1.0, spot) for spot in others]
        for addend in (a for a in whole.addends if not any(is_block(whole, a, s) for s in loop.stacks)):
            extra.append((yield from self.addend(addend, self.scale(whole))))
        into = first if whole.function else self.layout.places[whole.name]
        for k, (sign, value) in enumerate(extra):
            out = into if k == len(extra) - 1 else first
            yield Call("add" if sign > 0 else "sub", out, (first, value))
        if whole.function:
            yield from self.function(whole.function.op, first, self.layout.places[whole.result])
        elif not extra and into != first:
            yield Call("identity", into, (first,))

    def addend(self, addend: Addend, factor: float) -> Iterator[Call]:
        """The sign and the place of an addend that is in no matrix, `factor` times."""
        value = self.layout.places[addend.value]
        if addend.kind == PLAIN and factor == 1.0:
            return addend.sign, value
        by = addend.by if addend.kind == DIAGONAL else 1.0
        spot = self.spare(value.shape)
        yield Call("mul", spot, (self.constant(by, value.shape, addend.sign * factor), value))
        return 1.0, spot

    def function(self, op: str, argument: Place, into: Place) -> Iterator[Call]:
        """tanh, or sigmoid of what is scaled already."""
        calls = self.sigmoid.calls if op == "sigmoid" else ((op, ("z",)),)
        for name, operands in calls:
            yield Call(name, into, tuple(argument if o == "z" else o for o in operands))
            argument = into

    def operation(self, node: Node) -> Iterator[Call]:
        """A node as it is."""
        into = self.layout.places[node.name]
        if node.op == "sigmoid":
            yield Call("mul", into, (self.layout.places[node.args[0]], self.sigmoid.scale))
            yield from self.function("sigmoid", into, into)
        else:
            direct = node.op in DIRECT
            yield Call(
                node.op, into, tuple(self.operand(a, into.shape if direct else None) for a in node.args)
            )

    def operand(self, arg, shape: tuple | None):
        """An operand's place, or what is given, in this shape or in its own."""
        if arg in self.layout.places:
            return self.layout.places[arg]
        letters = self.graph.cell.shapes.get(arg, ("1", "1"))
        return self.constant(arg, shape or tuple(self.sizes[letter] for letter in letters))

    def constant(self, name, shape: tuple[int, ...], sign: float = 1.0) -> Constant | float:
        """Something given; a number needs no place."""
        return name * sign if isinstance(name, float) else Constant(name, sign, shape, name in self.own)

    def spare(self, shape: tuple[int, ...]) -> Place:
        """Rows for a moment."""
        rows = math.prod(shape[:-1])
        self.scratch += rows
        return Place(SCRATCH, self.scratch - rows, rows, shape)


def matrix_name(loop: Loop, s: Stack) -> str:
    """The name of a stack's matrix."""
    return f"{loop.number} {s.waits}"


def has_steps(s: Stack, own: frozenset[str]) -> bool:
    """Whether a stack's matrix is another at each step."""
    return any(block.by in own for block in s.blocks)


def is_block(whole: Sum, addend: Addend, s: Stack) -> bool:
    """Whether a stack's matrix holds an addend of a sum."""
    return any((b.sum, b.kind, b.by, b.value) == (whole.name, *addend[::2], addend.value) for b in s.blocks)
