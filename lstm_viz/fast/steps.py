"""What a loop does at one step, as calls: its products, its sums, then operation by operation."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from lstm_viz.cell import Node
from lstm_viz.fast.calls import DIRECT, Call, Constant, Place, Product, ordered
from lstm_viz.fast.graph import Graph
from lstm_viz.fast.layout import SCRATCH, Layout, Loop
from lstm_viz.fast.sums import DIAGONAL, ONE, PLAIN, Addend, Stack, Sum

# So many multiplications by zero cost as much as a call.
WORTH = 20_000


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
                name, steps = matrix_name(loop, s), has_steps(s, self.own)
                for part in self.parts(loop, s):
                    into, of = (within(place, its) for place, its in zip((rows, columns), part, strict=True))
                    yield Call(Product(name, steps, part=part), into, (of,))

    def parts(self, loop: Loop, s: Stack) -> list[tuple[slice, slice]]:
        """Rows and columns of a matrix that hold all but zeros, where that saves more than it costs."""
        wide = [1 if v == ONE else self.layout.places[v].rows for v in s.columns]
        ends = [sum(wide[: k + 1]) for k in range(len(wide))]
        found, at, zeros = [], 0, 0
        for name in (*s.begins, *s.parts):
            used = [s.columns.index(b.value) for b in s.blocks if b.sum == name]
            across = slice(ends[min(used)] - wide[min(used)], ends[max(used)])
            last = found.pop() if found and found[-1][1] == across else (slice(at, at), across)
            rows = loop.begun[name, s.waits].rows
            at, zeros = at + rows, zeros + rows * (ends[-1] - across.stop + across.start)
            found.append((slice(last[0].start, at), across))
        worth = zeros * self.sizes["B"] > WORTH * (len(found) - 1)
        return found if worth else [(slice(0, at), slice(0, ends[-1]))]

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


def within(place: Place, rows: slice) -> Place:
    """Some rows of a place."""
    many = rows.stop - rows.start
    return place._replace(row=place.row + rows.start, rows=many, shape=(many, place.shape[-1]))


def matrix_name(loop: Loop, s: Stack) -> str:
    """The name of a stack's matrix."""
    return f"{loop.number} {s.waits}"


def has_steps(s: Stack, own: frozenset[str]) -> bool:
    """Whether a stack's matrix is another at each step."""
    return any(block.by in own for block in s.blocks)


def is_block(whole: Sum, addend: Addend, s: Stack) -> bool:
    """Whether a stack's matrix holds an addend of a sum."""
    return any((b.sum, b.kind, b.by, b.value) == (whole.name, *addend[::2], addend.value) for b in s.blocks)
