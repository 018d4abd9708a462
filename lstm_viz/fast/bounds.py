"""Whether a run overflowed: told from the squares of what was kept; if they are large, step by step."""

from dataclasses import replace

import numpy as np

from lstm_viz import engine
from lstm_viz.cell import CellError
from lstm_viz.checks import check_finite
from lstm_viz.fast.plan import Plan
from lstm_viz.fast.workspace import Workspace

# From so many numbers a step on, the steps are read one by one, as they stand in memory.
LONG = 4096


def bounded(plan: Plan, space: Workspace, given: dict, whole: np.ndarray, initial: dict) -> bool:
    """Whether all values are so small that no number can have overflowed."""
    start = 1 if initial and begins_infinite(initial) else 0
    squares = seen(plan, whole[start:-1]) + (seen(plan, finite_start(whole[:1])) if start else 0.0)
    for a in space.memory.matrices.values():
        squares += square(a)
    for name in plan.loose:
        squares += square(np.asarray(given[name]))
    for first, last in plan.last:
        squares += square(whole[-1, first:last])
    return 1.0 + 4.0 * squares < plan.limit


def begins_infinite(initial: dict) -> bool:
    """Whether a state begins with the logarithm of zero."""
    return any(np.isneginf(value).any() for value in initial.values())


def finite_start(values: np.ndarray) -> np.ndarray:
    """Values of some steps without the logarithms of zero in the first."""
    values = values.copy()
    values[0][np.isneginf(values[0])] = 0.0
    return values


def seen(plan: Plan, values: np.ndarray) -> float:
    """The sum of squares of values (steps, rows, B) that nothing bounds."""
    if plan.layout.kept * plan.sizes["B"] < LONG:
        return square(values)  # with what is bounded: that is quicker than to leave it out
    return sum([square(step[first:last]) for first, last in plan.checked for step in values])


def square(a: np.ndarray) -> float:
    """The sum of squares."""
    flat = a.ravel("K")
    return float(flat.dot(flat))


def check(plan: Plan, params: dict, values: dict, initial: dict, steps: int) -> None:
    """CellError where engine.run finds one in some first steps, or a number is too large for this type."""
    cell, values = plan.graph.cell, {n: v[:steps] for n, v in values.items()}
    params = {p: params[p][:steps] if p in plan.own else params[p] for p in cell.params}
    engine.run(cell, params, values["x"], initial, values.get("dt"))
    shown = replace(cell, nodes=tuple(n for n in cell.nodes if n.name in values))
    try:
        check_finite(shown, values)
    except CellError as error:
        limit = f"numbers up to {np.finfo(plan.dtype).max:.1e}"
        raise CellError(error.line, error.fragment, error.problem, limit) from None
