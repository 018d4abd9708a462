"""Profiles: how much of the gradient is left at each step before the last, over several seeds.

All norms are absolute. What the direct path alone would bring, the product of what a gate keeps at each
step, stands beside what was measured.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import Cell, Node
from lstm_viz.flow.norms import reach
from lstm_viz.ops import OPS

HALF = 0.5
LOW, MIDDLE, HIGH = 10, 50, 90


class Band(NamedTuple):
    """The middle seed and those below and above which a tenth of all lie, at each lag: (T,) each."""

    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray


class Reach(NamedTuple):
    """The middle seed's numbers of steps: down to a hundredth, down to half, and whether it went that far."""

    hundredth: int
    half: int
    steps: int


def columns(gradient: np.ndarray) -> np.ndarray:
    """The Euclidean norm of each sequence at each step: (T, rows, …, B) -> (T, B)."""
    largest = np.abs(gradient).max(axis=tuple(range(1, gradient.ndim - 1)))
    safe = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    # The squares of what is below 1e-154 would be zero.
    scaled = gradient / safe.reshape(len(safe), *(1,) * (gradient.ndim - 2), -1)
    return np.sqrt((scaled**2).sum(axis=tuple(range(1, gradient.ndim - 1)))) * safe


def band(norms: np.ndarray) -> Band:
    """The band of norms (T, seeds) by lag, the last step first; each number is a seed's own."""
    return Band(*np.percentile(norms[::-1], (LOW, MIDDLE, HIGH), axis=1, method="inverted_cdf"))


def reaches(norms: np.ndarray) -> Reach:
    """How far back norms (T, seeds) go: the median over seeds of both reaches."""
    hundredth = np.median([reach(n) for n in norms.T])
    half = np.median([reach(n, HALF) for n in norms.T])
    return Reach(int(hundredth), int(half), len(norms))


def keeper(cell: Cell) -> tuple[str, str | float] | None:
    """The state that is scaled and what scales it (a name of the cell, 1.0 where nothing does).

    That is the first factor beside `c_prev`, or beside `h_prev` in a cell that has no c; None where the state
    before goes through matrices alone.
    """
    state = "c" if "c" in cell.states else "h"
    for node in cell.nodes:
        if f"{state}_prev" in node.args and node.name.partition(".")[0] == state:
            if node.op == "mul":
                return state, next(a for a in node.args if a != f"{state}_prev")
            if node.op == "add":
                return state, 1.0
    return None


def direct(cell: Cell, values: dict[str, np.ndarray], ends: np.ndarray) -> np.ndarray | None:
    """The norm at each step if a gradient (rows, B) at the last one came back through the factors alone.

    |∏ f_j · dL/ds_T| over the steps j behind each: (T, B); None where the cell has no such path.
    """
    found = keeper(cell)
    if found is None:
        return None
    state, by = found
    factor = np.broadcast_to(_value(cell, values, by), values[state].shape)
    after = np.concatenate([factor[1:], np.ones_like(factor[:1])])
    return columns(np.cumprod(after[::-1], axis=0)[::-1] * ends)


def _value(cell: Cell, values: dict, name: str | float):
    """The value of a part that a trace need not have kept, number by number."""
    if not isinstance(name, str):
        return np.float64(name)
    if name in values:
        return values[name]
    node: Node = next(n for n in cell.nodes if n.name == name)
    return OPS[node.op].value(*[_value(cell, values, a) for a in node.args])
