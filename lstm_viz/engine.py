"""The reference: run a cell over a sequence, send a gradient back, read it on every edge.

Arrays are (T, rows, B): T steps, one row a unit, columns are sequences. Everything is float64 and kept.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import Apply, Cell, Node, expression
from lstm_viz.checks import check_finite, check_shapes, size_of
from lstm_viz.ops import OPS


class Trace(NamedTuple):
    """All that one run computed: `values[name]` (T, rows, B) of x, every state_prev and every node."""

    cell: Cell
    params: dict[str, np.ndarray]
    values: dict[str, np.ndarray]


class Gradients(NamedTuple):
    """dL/d everything: `signals[name]` (T, rows, B) as in the trace, `params` and `initial` states."""

    signals: dict[str, np.ndarray]
    params: dict[str, np.ndarray]
    initial: dict[str, np.ndarray]


def run(cell: Cell, params: dict, x: np.ndarray, initial: dict | None = None) -> Trace:
    """Read x (T, D, B) from the initial states (H, B), zero where not given; CellError on overflow."""
    check_shapes(cell, params, x, initial or {})
    H, B = size_of(cell, params), x.shape[2]
    first = {s: np.broadcast_to((initial or {}).get(s, 0.0), (H, B)) for s in cell.states}
    env = params | {n: n for node in cell.nodes for n in node.args if isinstance(n, float)}
    steps = {f"{s}_prev": [first[s]] for s in cell.states} | {n.name: [] for n in cell.nodes}
    with np.errstate(all="ignore"):
        for x_t in x:
            env["x"] = x_t
            env |= {f"{s}_prev": steps[f"{s}_prev"][-1] for s in cell.states}
            for node in cell.nodes:
                env[node.name] = OPS[node.op].value(*[env[a] for a in node.args])
                steps[node.name].append(env[node.name])
            for s in cell.states:
                steps[f"{s}_prev"].append(env[s])
    values = {name: np.stack(kept[: len(x)]) for name, kept in steps.items()}
    values = {name: v if v.ndim == 3 else v.reshape(len(x), 1, 1) for name, v in values.items()}
    check_finite(cell, values)
    return Trace(cell, params, {"x": x} | values)


def backprop(trace: Trace, seeds: dict[str, np.ndarray]) -> Gradients:
    """dL/d everything, given the loss's own dL/d of some signals (T, H, B)."""
    cell, values = trace.cell, trace.values
    grads = {name: np.zeros(v.shape) for name, v in values.items()}
    for name, seed in seeds.items():
        grads[name] += seed
    edges = [(n, k, arg) for n in reversed(cell.nodes) for k, arg in enumerate(n.args)]
    # The input and the parameters send nothing on: their gradients can wait until all steps are known.
    ends = {"x": grads["x"]} | {p: np.zeros(trace.params[p].shape) for p in cell.params}
    inner = [(grads[a], sender(trace, grads, n, k)) for n, k, a in edges if a in grads and a not in ends]
    for t in reversed(range(len(values["x"]))):
        for gradient, send in inner:
            gradient[t] += fit(send(t), gradient.shape[1:])
        for s in cell.states if t else ():
            grads[s][t - 1] += grads[f"{s}_prev"][t]
    for node, k, arg in edges:
        if arg in ends:
            ends[arg] += fit(flow(trace, grads, node, k), ends[arg].shape)
    params = {p: ends[p] for p in cell.params}
    return Gradients(grads, params, {s: grads[f"{s}_prev"][0] for s in cell.states})


def flow(trace: Trace, grads: dict, node: Node, k: int) -> np.ndarray:
    """The gradient that runs back along one edge, from `node` to its argument k: (T, rows, columns)."""
    return pull(trace, grads, node, k, slice(None))


def sender(trace: Trace, grads: dict, node: Node, k: int) -> Callable[[int], np.ndarray]:
    """The function t -> what `node` sends back to its argument k at step t.

    Every rule is linear in d. So a product W @ b sends back a matrix times d: the rule with d = identity.
    What works number by number sends back a slope times d: the rule with d = 1, at all steps at once.
    """
    d = grads[node.name]
    if node.op == "matmul" and k == 1 and node.args[0] in trace.params:
        back = pull(trace, {node.name: np.eye(d.shape[1])[None]}, node, k, 0)
        return lambda t: back @ d[t]
    if node.op in ("matmul", "transpose"):
        return lambda t: pull(trace, grads, node, k, t)
    slope = pull(trace, {node.name: np.ones((len(d), 1, 1))}, node, k, slice(None))
    return lambda t: d[t] * slope[t]


def pull(trace: Trace, grads: dict, node: Node, k: int, t) -> np.ndarray:
    """The rule book's derivative of `node` by its argument k, at step t or all steps."""

    def value(name):
        known = trace.values.get(name)
        return trace.params.get(name, name) if known is None else known[t]

    env = dict(zip("ab", map(value, node.args), strict=False))
    env |= {"y": trace.values[node.name][t], "d": grads[node.name][t]}
    return evaluate(expression(OPS[node.op].derivatives[k]), env)


def evaluate(expr, env: dict):
    """The value of an expression of the language."""
    if isinstance(expr, Apply):
        return OPS[expr.op].value(*[evaluate(a, env) for a in expr.args])
    return env.get(expr, expr)


def fit(gradient: np.ndarray, shape: tuple) -> np.ndarray:
    """Sum a gradient over the axes along which its variable was repeated."""
    if gradient.shape == shape:
        return gradient
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    repeated = tuple(i for i, n in enumerate(shape) if n == 1 and gradient.shape[i] != 1)
    return gradient.sum(axis=repeated, keepdims=True)
