"""Which way the gradient takes from a step to the one before: through the cell state, through each gate.

The gradient that reaches the last states comes along edges of the cell's graph, one for every use of a state.
Each is counted to the named signal that it leaves: what comes from `f * c_prev` into c came through the cell
state, what comes from `U_f @ h_prev` came through the forget gate.
"""

import numpy as np

from lstm_viz.cell import Cell, Node
from lstm_viz.engine import Gradients, Trace, fit, flow


def paths(trace: Trace, grads: Gradients) -> dict[str, dict[str, np.ndarray]]:
    """For each state, what arrives at its last value by each named signal: (T, rows, …, B); they add up."""
    found: dict[str, dict[str, np.ndarray]] = {}
    for state in trace.cell.states:
        name = f"{state}_prev"
        arriving = found.setdefault(state, {})
        for node in () if state in grads.cut else trace.cell.nodes:
            for k, arg in enumerate(node.args):
                if arg == name:
                    through = signal_of(trace.cell, node)
                    sent = fit(flow(trace, grads.signals, node, k), trace.values[name].shape, 1)
                    arriving[through] = arriving.get(through, 0.0) + sent
    return found


def shares(trace: Trace, grads: Gradients) -> dict[tuple[str, str], np.ndarray]:
    """Each path's share of the whole gradient of all states at every step: (T,) by (state, signal).

    The share of a part p of a whole g is p·g / g·g, so that all shares add up to 1; one below zero works
    against the rest. Where nothing arrives, every share is 0.
    """
    parts = {(s, through): p for s, by in paths(trace, grads).items() for through, p in by.items()}
    whole = {s: grads.signals[f"{s}_prev"] for s in trace.cell.states}
    total = sum(_dot(g, g) for g in whole.values())
    safe = np.where(total > 0, total, 1.0)
    return {key: _dot(p, whole[key[0]]) / safe for key, p in parts.items()}


def signal_of(cell: Cell, node: Node) -> str:
    """The named signal that a step of the computation belongs to."""
    return node.name.partition(".")[0]


def _dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(axis=tuple(range(1, a.ndim)))
