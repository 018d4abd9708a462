"""Pack a cell's equations line by line: typeset, with what each computes and the shapes of what is new."""

from lstm_viz.cell import Cell, parse
from lstm_viz.library import LIBRARY
from lstm_viz.palette import ROLES
from lstm_viz.stage.formulas import formulas


def pack(name: str) -> dict:
    """The component's data for a cell of the library."""
    variant = LIBRARY[name]
    cell, signals = parse(variant.equations), variant.signals
    inks = {s: [ROLES[signal.role].light, ROLES[signal.role].dark] for s, signal in signals.items()}
    typeset = [line["plain"] for line in formulas(cell, variant).head["forward"]]
    lines = [
        {
            "s": equation.name,
            "pieces": typeset[k],
            "name": signals[equation.name].name if equation.name in signals else "",
            "means": signals[equation.name].meaning if equation.name in signals else "",
            "shapes": shapes(cell, k),
        }
        for k, equation in enumerate(cell.equations)
    ]
    return {"cell": name, "title": variant.title, "year": str(variant.year), "lines": lines, "inks": inks}


def shapes(cell: Cell, k: int) -> list[list[str]]:
    """The names in a line that stand in no line before it, each with its shape for one sequence."""
    before = {name for e in cell.equations[:k] for name in (e.name, *names(e.expr))}
    own = dict.fromkeys([cell.equations[k].name, *names(cell.equations[k].expr)])
    return [[name, shape(cell, name)] for name in own if name not in before and shape(cell, name)]


def names(expr) -> list[str]:
    """Every name in an expression, from left to right."""
    if isinstance(expr, str):
        return [expr]
    return [name for part in getattr(expr, "args", ()) for name in names(part)]


def shape(cell: Cell, name: str) -> str:
    """A shape in letters, as "H×D"; nothing for a number."""
    return "×".join(letter.replace("B", "1") for letter in cell.shapes.get(name) or ())
