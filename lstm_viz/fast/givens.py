"""Gradients of what is given: of the parameters, and of the named signals that they alone make."""

import numpy as np

from lstm_viz.cell import SIZE, Node, expression
from lstm_viz.engine import evaluate, fit
from lstm_viz.fast.backplan import Back
from lstm_viz.fast.bulk import rows_first
from lstm_viz.fast.chunk import UNDONE, Chunk
from lstm_viz.fast.forward import Trace
from lstm_viz.ops import OPS


class Givens:
    """The gradients, added up chunk by chunk; of named signals, and where steps have their own, by step."""

    def __init__(self, trace: Trace, back: Back):
        self.trace, self.back = trace, back
        self._sums: dict[str, np.ndarray] = {}
        self._products: list = [None] * len(back.weights)
        self._by_step = back.by_step

    def add(self, chunk: Chunk) -> None:
        """Add what the steps of a chunk send."""
        plan = self.trace.plan
        for wire in self.back.late:
            chunk.wire(wire)
        for k, weights in enumerate(self.back.weights):
            flows, values = chunk.rows(weights.flows), rows_first(chunk.kept(weights.values))
            product = flows.dot(values.T)
            if self._products[k] is None:
                self._products[k] = product
            else:
                self._products[k] += product
        for node, k in self.back.given:
            name = node.args[k]
            each = name in self._by_step
            shape = self.trace.plan.shape(name)
            found = None if each else summed(chunk, node, k, shape)
            if found is None:
                found = chunk.ruled(node.name, k, shape, int(each))
            self._add(name, found, chunk.now)
        for name in chunk.seeds:
            if name in self._by_step and name not in plan.own:
                self._add(name, chunk.seed(name), chunk.now)

    def _add(self, name: str, gradient: np.ndarray, now: slice) -> None:
        if name not in self._sums:
            steps = (len(self.trace.whole) - 1,) * (name in self._by_step)
            self._sums[name] = np.zeros(steps + self.trace.plan.shape(name), self.trace.plan.dtype)
        self._sums[name][now if name in self._by_step else ...] += gradient

    def found(self) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """The gradients of the parameters, and of the named signals that are wanted."""
        sums, undone = self._sums, UNDONE[self.trace.plan.dtype]
        for a in (*sums.values(), *self._products) if undone != 1 else ():
            a *= undone
        for weights, product in zip(self.back.weights, self._products, strict=True):
            for name, rows, columns in weights.parts:
                part = product[rows, columns]
                sums[name] = sums[name] + part if name in sums else part
        if self.back.complete:
            return sums, {}
        every = slice(0, len(self.trace.whole) - 1)
        for node in reversed(self.trace.plan.graph.given):
            for k, arg in enumerate(node.args):
                if node.name in sums and isinstance(arg, str) and arg != SIZE:
                    # Never in place: two biases of one sum are the same part of a product.
                    sums[arg] = self._ruled(node, k) + sums.get(arg, 0.0)
        for name in (*self.trace.cell.params, *self.back.still):
            if name not in sums:
                self._add(name, 0.0, every)
        return {p: sums[p] for p in self.trace.cell.params}, {name: sums[name] for name in self.back.still}

    def _ruled(self, node, k: int) -> np.ndarray:
        env = {x: self.trace.given.get(a, a) for x, a in zip("abc", node.args, strict=False)}
        env |= {"y": self.trace.given[node.name], "d": self._sums[node.name]}
        whole = np.asarray(evaluate(expression(OPS[node.op].derivatives[k]), env), self.trace.plan.dtype)
        each = node.args[k] in self._by_step
        steps = (len(self.trace.whole) - 1,) * each
        return fit(whole, steps + self.trace.plan.shape(node.args[k]), int(each))


def summed(chunk: Chunk, node: Node, k: int, shape: tuple[int, ...]) -> np.ndarray | None:
    """What a multiplication sends to a parameter with one number a row, in one pass; None of others."""
    if node.op != "mul" or len(shape) != 2 or shape[1] != 1:
        return None
    d, other = chunk.gradient(node.name), chunk.value(node.args[1 - k], 0)
    fits = np.shape(other) == d.shape and d.shape[1:-1] == shape[:1]
    return np.einsum("tib,tib->i", d, other)[:, None] if fits else None
