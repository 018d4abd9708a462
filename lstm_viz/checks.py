"""What a run needs and what it may not become: shapes that fit, results that are finite numbers."""

import numpy as np

from lstm_viz.cell import Cell, CellError, leaves


def size_of(cell: Cell, params: dict) -> int:
    """H, the number of units."""
    rows = (np.shape(params.get(p))[:1] for p in cell.params if cell.shapes[p][0] == "H")
    return next((n for (n,) in filter(None, rows)), 1)


def check_shapes(cell: Cell, params: dict, x: np.ndarray, initial: dict) -> None:
    """CellError where a parameter is missing, or it or a state has not the shape that the cell gives it."""
    if np.ndim(x) != 3 or 0 in np.shape(x):
        raise CellError(1, "x", f"the input has the shape {np.shape(x)}.", "(T, D, B), none of them 0")
    size = {"H": size_of(cell, params), "D": x.shape[1], "B": x.shape[2], "1": 1}
    given = {p: params.get(p) for p in cell.params}
    given |= {f"{s}_prev": initial[s] for s in cell.states if s in initial}
    for name, value in given.items():
        wanted = tuple(size[letter] for letter in cell.shapes[name])
        if np.shape(value) != wanted:
            got = "nothing" if value is None else np.shape(value)
            line = next(e.line for e in cell.equations if name in leaves(e.expr))
            raise CellError(line, name, f"its value has the shape {got}.", f"{wanted}")


def check_finite(cell: Cell, values: dict) -> None:
    """CellError at the first step and operation whose result is not a finite number."""
    bad = {n: ~np.isfinite(values[n.name]).all(axis=(1, 2)) for n in cell.nodes}
    broken = [(int(steps.argmax()), i, n) for i, (n, steps) in enumerate(bad.items()) if steps.any()]
    if broken:
        t, _, node = min(broken)
        name = node.name.split(".")[0]
        raise CellError(
            node.line,
            name,
            f"at step {t + 1} it is no longer a finite number.",
            "numbers up to 1.8e308",
        )
