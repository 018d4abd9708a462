"""The linear parts of a loop: sums of matrices times vectors, stacked so that one product serves them all.

A sum is taken apart into its addends wherever nothing else reads the parts. What multiplies the states of
the last step, the inputs and 1 becomes rows of one matrix; what multiplies a result of the same step has
a matrix of its own, applied when that result is known.
"""

from typing import NamedTuple

from lstm_viz.cell import Node
from lstm_viz.fast.graph import SUMS, Graph

ONE, MATRIX, DIAGONAL, PLAIN = "1", "matrix", "diagonal", "plain"
LINEAR = (*SUMS, "matmul")


class Addend(NamedTuple):
    """`sign` times a value: as it is, or times the matrix, or the diagonal, of the name `by`."""

    kind: str
    sign: float
    by: str | float | None
    value: str


class Sum(NamedTuple):
    """A linear result, what it is the sum of, and the function (`sigmoid`, `tanh`) that alone reads it.

    `inside` are the results that it makes unnecessary, its own too where the function is computed in place.
    """

    name: str
    addends: tuple[Addend, ...]
    function: Node | None
    inside: frozenset[str]

    @property
    def result(self) -> str:
        """The name of what comes out."""
        return self.function.name if self.function else self.name


class Block(NamedTuple):
    """What stands in the rows of `sum` and the columns of `value`: `sign` times `by`."""

    sum: str
    kind: str
    sign: float
    by: str | float
    value: str


class Stack(NamedTuple):
    """One matrix: the values it multiplies, from left to right, the sums it begins, its blocks.

    `waits` is the result of the same step that it multiplies, "" where it needs none. The sums in `parts`
    are begun by another stack and get this one's product added.
    """

    waits: str
    columns: tuple[str, ...]
    begins: tuple[str, ...]
    parts: tuple[str, ...]
    blocks: tuple[Block, ...]


def sums(g: Graph, number: int) -> dict[str, Sum]:
    """The sums of one loop that have a matrix in them, by name."""
    found: dict[str, Sum] = {}
    inside: set[str] = set()
    for node in reversed(g.stages[number].nodes):
        if node.name in inside or node.op not in LINEAR or not is_vector(g, node.name):
            continue
        parts: set[str] = set()
        whole = tuple(addends(g, node, 1.0, parts))
        if any(a.kind == MATRIX for a in whole):
            reader = function(g, node)
            inside |= parts
            parts |= {node.name} if reader else set()
            found[node.name] = Sum(node.name, whole, reader, frozenset(parts))
    return dict(reversed(found.items()))


def addends(g: Graph, node: Node, sign: float, inside: set) -> list[Addend]:
    """The addends of a linear node; the names of the nodes that they make unnecessary go into `inside`."""
    if node.op == "matmul":
        return [Addend(MATRIX, sign, *node.args)]
    found = []
    for arg, its in zip(node.args, (1.0, -1.0 if node.op == "sub" else 1.0), strict=False):
        its *= -sign if node.op == "neg" else sign
        below = g.nodes.get(arg)
        if g.is_given(arg):
            found.append(Addend(MATRIX, its, arg, ONE))
        elif below is None or not opens(g, below, node):
            found.append(Addend(PLAIN, its, None, arg))
        elif below.op in LINEAR:
            found += addends(g, below, its, inside)
            inside.add(arg)
        elif (diagonal := scaled(g, below)) is not None:
            found.append(Addend(DIAGONAL, its, *diagonal))
            inside.add(arg)
        else:
            found.append(Addend(PLAIN, its, None, arg))
    return found


def opens(g: Graph, node: Node, reader: Node) -> bool:
    """Whether an addend can be taken apart: nothing but the sum reads it, and it has the sum's shape."""
    alone = "." in node.name and len(g.readers[node.name]) == 1
    return alone and g.cell.shapes[node.name] == g.cell.shapes[reader.name]


def scaled(g: Graph, node: Node) -> tuple | None:
    """Of a product of something given and a value of its shape, the two."""
    if node.op != "mul":
        return None
    for by, value in (node.args, node.args[::-1]):
        if g.is_given(by) and g.cell.shapes.get(value) == g.cell.shapes[node.name]:
            return by, value
    return None


def function(g: Graph, node: Node) -> Node | None:
    """The function that alone reads a sum, and can be computed in its place."""
    readers = g.readers.get(node.name, [])
    fits = "." in node.name and len(readers) == 1 and readers[0].op in ("sigmoid", "tanh")
    return readers[0] if fits and g.stage[readers[0].name] == g.stage[node.name] else None


def is_vector(g: Graph, name: str) -> bool:
    """Whether a result has rows and sequences only."""
    return len(g.cell.shapes[name]) == 2


def stacks(g: Graph, number: int, found: dict[str, Sum], dense: bool) -> list[Stack]:
    """The matrices of a loop; with `dense` they hold diagonals too."""
    homes = {s.name: home(g, number, s, dense) for s in found.values()}
    waits = ["", *(n.name for n in g.stages[number].nodes)]
    made = (stack(g, number, w, found, homes, dense) for w in waits)
    return [s for s in made if s.blocks]


def home(g: Graph, number: int, whole: Sum, dense: bool) -> str:
    """Which stack begins a sum: the one that waits for what it multiplies, or "" where that is better.

    One that waits can hold inputs and 1 too, but neither the last step's states nor, beside a state, more.
    """
    multiplied = [a for a in whole.addends if is_stacked(g, number, a, dense)]
    now = list(dict.fromkeys(a.value for a in multiplied if waited(g, number, a)))
    others = [a.value for a in multiplied if not waited(g, number, a)]
    if len(now) == 1 and now[0] not in g.cell.states and not any(g.in_loop(v, number) for v in others):
        return now[0]
    return now[0] if now and not others else ""


def is_stacked(g: Graph, number: int, addend: Addend, dense: bool) -> bool:
    """Whether an addend is part of a matrix: a diagonal is where that is cheaper, and nothing to wait for."""
    now = addend.value in g.nodes and g.in_loop(addend.value, number)
    return addend.kind == MATRIX or (dense and addend.kind == DIAGONAL and not now)


def waited(g: Graph, number: int, addend: Addend) -> bool:
    """Whether a matrix multiplies a result of the same step in the same loop."""
    return addend.kind == MATRIX and addend.value in g.nodes and g.in_loop(addend.value, number)


def stack(
    g: Graph, number: int, waits: str, every: dict[str, Sum], homes: dict[str, str], dense: bool
) -> Stack:
    """One stack: the blocks that wait for the same result, in the sums that it begins or adds to."""
    blocks = tuple(
        Block(whole.name, a.kind, a.sign, a.by, a.value)
        for whole in every.values()
        for a in whole.addends
        if is_stacked(g, number, a, dense)
        and (a.value if waited(g, number, a) else homes[whole.name]) == waits
    )
    rows = list(dict.fromkeys(b.sum for b in blocks))
    begins = sorted((n for n in rows if homes[n] == waits), key=lambda n: is_sigmoid(every[n]))
    values = dict.fromkeys(b.value for b in blocks)
    columns = sorted(values, key=lambda v: (v == waits or g.in_loop(v, number), v == ONE))
    return Stack(waits, tuple(columns), tuple(begins), tuple(n for n in rows if homes[n] != waits), blocks)


def is_sigmoid(whole: Sum) -> bool:
    """Whether a sum goes through a sigmoid."""
    return whole.function is not None and whole.function.op == "sigmoid"
