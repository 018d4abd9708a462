"""Equations -> Cell: parse the text of a cell against a whitelist; nothing that was typed is ever executed.

A name ending in `_prev` makes a state; a name that is never assigned is a parameter, and its shape follows
from what it multiplies: `W @ x` (H, D), `U @ h_prev` (H, H), otherwise (H, 1). A cell must compute `h`.
"""

import ast
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from lstm_viz.errors import LearnerError
from lstm_viz.ops import FUNCTIONS, OPS

MAX_TEXT, MAX_NODES, MAX_DEPTH = 4000, 300, 30
ALLOWED = "lines of the form name = expression, with names, numbers, + - * / @, brackets and " + ", ".join(
    f"{name}()" for name in FUNCTIONS
)
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")
OPERATORS = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.MatMult: "matmul"}


class CellError(LearnerError):
    """A cell that cannot be read or run: the line (from 1), the fragment, what is wrong, what is allowed."""

    def __init__(self, line: int, fragment: str, problem: str, allowed: str = ALLOWED):
        quote = "".join(c if c.isprintable() else " " for c in fragment[:41])
        quote = quote if len(quote) <= 40 else quote[:39] + "…"
        super().__init__(f"Line {line}, “{quote}”: {problem} Allowed: {allowed}.")
        self.line, self.fragment, self.problem, self.allowed = line, quote, problem, allowed


class Apply(NamedTuple):
    """An operation of the rule book on expressions: names (str), numbers (float) or other Apply."""

    op: str
    args: tuple


class Equation(NamedTuple):
    """One line of a cell: `name = expr`."""

    name: str
    expr: "Apply | str | float"
    line: int


class Node(NamedTuple):
    """One operation in order of computation; an equation's last node bears the equation's name."""

    name: str
    op: str
    args: tuple
    line: int


@dataclass(frozen=True)
class Cell:
    """A recurrent cell: its equations and what follows from them.

    `shapes` gives every name's (rows, columns) in the letters H, D, B and 1; parameters have no B.
    """

    text: str
    equations: tuple[Equation, ...]
    nodes: tuple[Node, ...]
    states: tuple[str, ...]
    params: tuple[str, ...]
    shapes: dict[str, tuple[str, str]]


@lru_cache(maxsize=512)
def parse(text: str) -> Cell:
    """The cell that `text` describes; CellError where it does not describe one."""
    equations = tuple(_equation(statement) for statement in _statements(text))
    _check_names(equations)
    used = dict.fromkeys(n for e in equations for n in leaves(e.expr) if isinstance(n, str))
    states = tuple(n.removesuffix("_prev") for n in used if n.endswith("_prev"))
    shapes = {"x": ("D", "B")} | {f"{s}_prev": ("H", "B") for s in states}
    nodes = []
    for e in equations:
        nodes += _flatten(e, shapes)
        if len(nodes) > MAX_NODES:
            raise CellError(e.line, e.name, "the cell is too large.", f"{MAX_NODES} operations")
        if e.name in (*states, "h") and shapes[e.name] != ("H", "B"):
            problem = f"{e.name} has the shape {'×'.join(shapes[e.name])}."
            raise CellError(e.line, e.name, problem, "H×B, a number for each unit and sequence")
    computed = {node.name for node in nodes}
    params = tuple(n for n in used if n != "x" and n not in computed and not n.endswith("_prev"))
    return Cell(text, equations, tuple(nodes), states, params, shapes)


@cache
def expression(text: str) -> "Apply | str | float":
    """The expression that `text` describes, in the language with the rule book's own operations."""
    return _expr(ast.parse(text, mode="eval").body, 1, frozenset(OPS))


def leaves(expr) -> list:
    """The names and numbers of an expression, from left to right."""
    return [leaf for arg in expr.args for leaf in leaves(arg)] if isinstance(expr, Apply) else [expr]


def source(expr) -> str:
    """An expression as text of the language."""
    if not isinstance(expr, Apply):
        return expr if isinstance(expr, str) else repr(expr).removesuffix(".0")
    args = [source(a) for a in expr.args]
    symbol = {"add": "+", "sub": "-", "mul": "*", "div": "/", "matmul": "@"}.get(expr.op)
    if symbol is None:
        return f"-{_bracket(expr.args[0], 3)}" if expr.op == "neg" else f"{expr.op}({args[0]})"
    level = PRECEDENCE[expr.op]
    return f"{_bracket(expr.args[0], level)} {symbol} {_bracket(expr.args[1], level + 1)}"


PRECEDENCE = {"add": 1, "sub": 1, "mul": 2, "div": 2, "matmul": 2, "neg": 3}


def _bracket(expr, level: int) -> str:
    low = isinstance(expr, Apply) and PRECEDENCE.get(expr.op, 9) < level
    return f"({source(expr)})" if low else source(expr)


def _statements(text: str) -> list[ast.stmt]:
    if len(text) > MAX_TEXT:
        raise CellError(1, text, f"the text has {len(text):,} characters.", f"{MAX_TEXT:,} characters")
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        line = error.lineno or 1
        raise CellError(line, (error.text or text).strip(), "this is not an equation.") from None
    except (ValueError, RecursionError, MemoryError, SyntaxWarning):
        raise CellError(1, text.replace("\0", "␀"), "this cannot be read.") from None
    if not body:
        raise CellError(1, text, "there is no equation.")
    for statement in body:
        _check_depth(statement, text.splitlines()[statement.lineno - 1])
    return body


def _check_depth(statement: ast.stmt, line: str) -> None:
    """CellError where recursion, here or in the standard library, could run out of stack."""
    pending: list[tuple[ast.AST, int]] = [(statement, 0)]
    while pending:
        tree, depth = pending.pop()
        if depth > MAX_DEPTH:
            allowed = f"{MAX_DEPTH} operations inside one another"
            raise CellError(statement.lineno, line.strip(), "this is nested too deeply.", allowed)
        pending += [(child, depth + 1) for child in ast.iter_child_nodes(tree)]


def _equation(statement: ast.stmt) -> Equation:
    fragment = _fragment(statement)
    if (
        not isinstance(statement, ast.Assign)
        or len(statement.targets) != 1
        or not isinstance(statement.targets[0], ast.Name)
    ):
        raise CellError(statement.lineno, fragment, "this is not an equation.")
    name = _name(statement.targets[0])
    if name == "x" or name.endswith("_prev"):
        raise CellError(
            statement.lineno,
            fragment,
            f"{name} comes from outside and cannot be computed.",
            "another name on the left",
        )
    return Equation(name, _expr(statement.value, statement.lineno, frozenset(FUNCTIONS)), statement.lineno)


def _expr(tree: ast.expr, line: int, functions: frozenset):
    """Whitelist: everything that is not listed here is refused."""
    match tree:
        case ast.Name():
            return _name(tree)
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return _number(number, line)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Apply("neg", (_expr(operand, line, functions),))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return Apply(
                OPERATORS[type(op)],
                tuple(_expr(side, line, functions) for side in (left, right)),
            )
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in functions:
            return Apply(name, (_expr(argument, line, functions),))
        case ast.Call():
            raise CellError(
                line,
                _fragment(tree),
                "this cannot be called.",
                " ".join(f"{n}(…)" for n in FUNCTIONS),
            )
    raise CellError(line, _fragment(tree), "this is not part of the language.")


def _number(number: float, line: int) -> float:
    if (isinstance(number, int) and number.bit_length() > 1000) or not math.isfinite(number):
        raise CellError(
            line,
            f"{number:.10}" if isinstance(number, float) else "9…",
            "this number is too large.",
            "finite numbers",
        )
    return float(number)


def _name(tree: ast.Name) -> str:
    if not NAME.fullmatch(tree.id):
        raise CellError(
            tree.lineno,
            tree.id,
            "this name cannot be used.",
            "a letter, then letters, digits and _, 20 at most",
        )
    return tree.id


def _fragment(tree: ast.AST) -> str:
    try:
        return ast.unparse(tree)
    except (RecursionError, ValueError):  # nested too deeply; a number too long for Python to write out
        return "…"


def _check_names(equations) -> None:
    """Every name is computed once, before it is used; every state is computed; the cell computes h."""
    lines, ready = {e.name: e.line for e in equations}, {}
    for e in equations:
        for name in (n for n in leaves(e.expr) if isinstance(n, str)):
            state = name.removesuffix("_prev")
            if state == "x" != name:
                raise CellError(e.line, name, "the input has no last step.", "x, or a state of your own")
            if name != state and state not in lines:
                raise CellError(e.line, name, f"no line computes {state}.", f"a line “{state} = …”")
            if name in lines and name not in ready:
                advice = f"{name}_prev, the last step's value, or a line “{name} = …” further up"
                raise CellError(e.line, name, f"line {lines[name]} computes it only later.", advice)
        if e.name in ready:
            raise CellError(e.line, e.name, f"line {ready[e.name]} computes it too.", "one line a name")
        ready[e.name] = e.line
    if "h" not in ready:
        last = equations[-1]
        raise CellError(last.line, last.name, "no line computes h, the output.", "a line “h = …”")


def _flatten(equation: Equation, shapes: dict) -> list[Node]:
    """The operations of one line in order; every name met gets its shape, a new one that of its place."""
    nodes, line = [], equation.line

    def visit(expr, want, name=None):
        if not isinstance(expr, Apply):
            return expr, ("1", "1") if isinstance(expr, float) else shapes.setdefault(expr, want)
        right = visit(expr.args[-1], want)
        # A matrix has as many columns as what it multiplies has rows.
        wants = ("H", right[1][0]) if expr.op == "matmul" else want
        args = [visit(a, wants) for a in expr.args[:-1]] + [right]
        shape = (_product if expr.op == "matmul" else _broadcast)(expr, [s for _, s in args], line)
        nodes.append(
            Node(
                name or f"{equation.name}.{len(nodes) + 1}",
                expr.op,
                tuple(a for a, _ in args),
                line,
            )
        )
        shapes[nodes[-1].name] = shape
        return nodes[-1].name, shape

    whole = equation.expr
    visit(
        whole if isinstance(whole, Apply) else Apply("identity", (whole,)),
        ("H", "1"),
        equation.name,
    )
    return nodes


def _product(expr, shapes, line):
    (rows, inner), (matching, columns) = shapes
    if inner in "1B" or inner != matching:
        problem = f"the shapes don't fit: {rows}×{inner} times {matching}×{columns}."
        raise CellError(
            line, source(expr), problem, "a matrix of parameters @ a vector, as W @ x, U @ h_prev"
        )
    return rows, columns


def _broadcast(expr, shapes, line):
    axes = [{size for size in sizes if size != "1"} for sizes in zip(*shapes, strict=True)]
    if any(len(sizes) > 1 for sizes in axes):
        problem = "the shapes don't fit: " + " and ".join("×".join(s) for s in shapes) + "."
        raise CellError(line, source(expr), problem, "equal shapes, or a matrix between them, as W @ x")
    return tuple("".join(sizes) or "1" for sizes in axes)
