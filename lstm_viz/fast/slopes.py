"""Slopes as expressions: the rule book's derivatives with d = 1, multiplied and added along the way back.

Every operation on the same operands is written down once, in a numbered line; what is 0 or 1 goes away.
"""

from typing import NamedTuple

from lstm_viz.cell import Apply, Node, expression
from lstm_viz.ops import OPS


class Line(NamedTuple):
    """A line of the book."""

    number: int


# A line of the book, a number, or a name of the cell.
Slope = Line | float | str


class Book:
    """The lines: (operation, operands), where an operand is a number, a name or an earlier line."""

    def __init__(self):
        self.lines: list[tuple[str, tuple[Slope, ...]]] = []
        self._known: dict[tuple, Line] = {}

    def slope(self, node: Node, k: int) -> Slope:
        """What a node's gradient is multiplied by on the way to its operand k."""
        names = dict(zip("abc", node.args, strict=False)) | {"y": node.name, "d": 1.0}
        return self._written(expression(OPS[node.op].derivatives[k]), names)

    def apply(self, op: str, *args: Slope) -> Slope:
        """The line of an operation, or what it comes to."""
        simple = SIMPLER.get(op, lambda *_: None)(*args)
        if simple is None:
            line = (op, args)
            if line not in self._known:
                self._known[line] = Line(len(self.lines))
                self.lines.append(line)
            return self._known[line]
        return self.apply(*simple) if type(simple) is tuple else simple

    def _written(self, expr, names: dict) -> Slope:
        if isinstance(expr, Apply):
            return self.apply(expr.op, *(self._written(a, names) for a in expr.args))
        return names.get(expr, expr)


def _is(a: Slope, number: float) -> bool:
    return isinstance(a, float) and a == number


def _mul(a: Slope, b: Slope):
    if _is(a, 0.0) or _is(b, 0.0):
        return 0.0
    for one, other in ((a, b), (b, a)):
        if _is(one, 1.0):
            return other
        if _is(one, -1.0):
            return ("neg", other)
    return None


def _add(a: Slope, b: Slope):
    if isinstance(a, float) and isinstance(b, float):
        return a + b
    return b if _is(a, 0.0) else a if _is(b, 0.0) else None


def _sub(a: Slope, b: Slope):
    return a if _is(b, 0.0) else ("neg", b) if _is(a, 0.0) else None


def _div(a: Slope, b: Slope):
    return 0.0 if _is(a, 0.0) else a if _is(b, 1.0) else None


def _neg(a: Slope):
    return -a if isinstance(a, float) else None


SIMPLER = {"mul": _mul, "add": _add, "sub": _sub, "div": _div, "neg": _neg}
