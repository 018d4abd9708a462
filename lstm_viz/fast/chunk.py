"""Gradients of some steps, all at once: slopes, and what stands in no loop."""

import numpy as np

from lstm_viz.cell import expression, leaves
from lstm_viz.engine import evaluate, fit
from lstm_viz.fast.backplan import Back
from lstm_viz.fast.backspace import Backspace
from lstm_viz.fast.bulk import lifted, rows_first, times
from lstm_viz.fast.calls import Place, within
from lstm_viz.fast.forward import Trace
from lstm_viz.fast.parts import MATRIX, NEXT, SEED, SLOPE, Part
from lstm_viz.fast.products import Share, matrices_in
from lstm_viz.fast.slopes import Line, Slope
from lstm_viz.fast.wires import Wire, wire_of
from lstm_viz.fast.workspace import given_at
from lstm_viz.ops import OPS, PRODUCTS

# In 32 bits vanishing gradients become numbers so small that the processor crawls. A factor keeps them away
# from there; it is undone at the end. Both are powers of 2, so that no digit is lost.
FACTOR = {np.dtype(np.float64): np.array(1.0), np.dtype(np.float32): np.array(2.0**64, np.float32)}
UNDONE = {dtype: 1 / factor for dtype, factor in FACTOR.items()}


class Chunk:
    """The steps `now` of a way back; what is asked for is computed when it is asked for, once.

    `carried` are the gradients that the step behind the last one sends to states, by name; the chunk's own
    go to `self.carried`.
    """

    def __init__(self, trace: Trace, back: Back, space: Backspace, seeds: dict, carried: dict, now: slice):
        self.trace, self.back, self.space, self.seeds, self.now = trace, back, space, seeds, now
        self.memory, self.steps = space.memory, slice(0, now.stop - now.start)
        self.before, self.carried = carried, {}
        self._values: dict = {}
        self._slopes: dict = {}
        self._gradients: dict = {}
        self._made: set[Wire] = set()
        self._turned: dict[Place, np.ndarray] = {}

    def at(self, place: Place) -> np.ndarray:
        """What stands in a place of the workspace at these steps."""
        key = place, self.steps.stop
        if key not in self.space.views:
            self.space.views[key] = self.memory.steps(place, self.steps)
        return self.space.views[key]

    def rows(self, place: Place) -> np.ndarray:
        """The same as a matrix (rows, steps · B)."""
        if place.shape[-1] == 1:
            return rows_first(self.at(place))
        span = self.back.spans[place.buffer]
        if span not in self._turned:
            self._turned[span] = rows_first(self.at(span))
        return self._turned[span][within(place, span)]

    def value(self, name, rank: int):
        """A value at these steps, with at least `rank` axes after the first; a given one as it is."""
        if (name, rank) not in self._values:
            self._values[name, rank] = self._value(name, rank)
        return self._values[name, rank]

    def _value(self, name, rank: int):
        plan = self.trace.plan
        if name in plan.layout.places:
            return lifted(
                self.kept(plan.layout.places[name]).reshape(-1, *plan.layout.places[name].shape), rank
            )
        if name not in self.trace.given:
            return name
        found = given_at(plan, self.trace.given, name, self.now)
        return lifted(found, rank) if name in plan.own else found

    def kept(self, place: Place) -> np.ndarray:
        """Rows of the trace at these steps."""
        first = self.now.start + place.later
        return self.trace.whole[first : self.now.stop + place.later, place.row : place.row + place.rows]

    def slope(self, slope: Slope, rank: int):
        """The value of a slope at these steps."""
        if not isinstance(slope, Line):
            return self.value(slope, rank)
        if (slope, rank) not in self._slopes:
            op, args = self.back.ways.book.lines[slope.number]
            self._slopes[slope, rank] = OPS[op].value(*[self.slope(a, rank) for a in args])
        return self._slopes[slope, rank]

    def gradient(self, name: str) -> np.ndarray:
        """The whole gradient of a name at these steps."""
        if name not in self._gradients:
            self._gradients[name] = self._gradient(name)
        return self._gradients[name]

    def _gradient(self, name: str) -> np.ndarray:
        if name in self.back.gradients:
            return self.at(self.back.gradients[name])
        form = self.back.ways.form.get(name)
        if form is None or self.back.ways.is_join(name):
            return self.total(name, self.back.ways.parts.get(name, []))
        if len(form) == 1 and (place := self.back.looped.get(wire_of(self.back.ways, name))):
            return self.at(place)
        return self.sum(name, [self.times(slope, of) for of, slope in form.items()])

    def total(self, name: str, parts: list[Part]) -> np.ndarray:
        """The sum of some parts of a gradient."""
        found = [self.part(name, p) for p in parts if p.kind != MATRIX]
        if any(p.kind == MATRIX for p in parts):
            found += self.shares(name, parts)
        return self.sum(name, found)

    def sum(self, name: str, found: list[np.ndarray], steps: tuple | None = None) -> np.ndarray:
        """The sum of gradients, zero of none."""
        if not found:
            steps = (self.steps.stop,) if steps is None else steps
            return np.zeros(steps + self.trace.plan.shape(name), self.trace.plan.dtype)
        return sum(found[1:], found[0])

    def times(self, slope: Slope, of: str) -> np.ndarray:
        """A slope times a gradient."""
        gradient = self.gradient(of)
        return gradient if slope == 1.0 else self.slope(slope, gradient.ndim - 1) * gradient

    def part(self, name: str, part: Part) -> np.ndarray:
        """One part of a gradient."""
        if part.kind == SEED:
            return self.seed(name)
        if part.kind == SLOPE:
            return self.times(part.slope, part.of)
        if part.kind == NEXT:
            return self.shifted(name, self.gradient(f"{name}_prev"))
        return self.ruled(part.of, part.k, self.trace.plan.shape(name))

    def seed(self, name: str) -> np.ndarray:
        """The loss's own gradient."""
        return self.seeds[name][self.now] * FACTOR[self.trace.plan.dtype]

    def shifted(self, state: str, sent: np.ndarray) -> np.ndarray:
        """What the next steps send to a state, at the steps that it comes to."""
        self.carried[state] = sent[0].copy()
        last = self.before.get(state)
        return np.concatenate([sent[1:], np.zeros_like(sent[:1]) if last is None else last[None]])

    def ruled(self, name: str, k: int, shape: tuple[int, ...], steps: int = 1) -> np.ndarray:
        """What the rule book sends from a node to its operand k, summed to a shape."""
        node, d = self.back.ways.graph.nodes[name], self.gradient(name)
        rank = 0 if node.op in PRODUCTS else d.ndim - 1
        expr = expression(OPS[node.op].derivatives[k])
        names = {x: a for x, a in zip("yabc", (name, *node.args), strict=False) if x in leaves(expr)}
        whole = evaluate(expr, {x: self.value(a, rank) for x, a in names.items()} | {"d": d})
        return fit(np.asarray(whole), (self.steps.stop,) * steps + shape, steps)

    def shares(self, name: str, parts: list[Part]) -> list[np.ndarray]:
        """What matrices bring."""
        return [self.share(share) for share in self.back.shares[name, matrices_in(parts)]]

    def share(self, share: Share, out: np.ndarray | None = None) -> np.ndarray:
        """What a matrix brings, where there is an `out` in there."""
        for wire in share.late:
            self.wire(wire)
        matrix = self.memory.matrices[share.matrix]
        return times(matrix[self.steps] if matrix.ndim == 3 else matrix, self.at(share.flows), out)

    def put(self, name: str, out: np.ndarray) -> None:
        """Write the gradient of a signal."""
        undone, direct = UNDONE[self.trace.plan.dtype], self.back.direct.get(name)
        if not direct:
            np.multiply(self.gradient(name), undone, out=out)
        else:
            self.share(direct, out)
            if undone != 1:
                out *= undone

    def wire(self, wire: Wire) -> None:
        """Compute a wire that no loop has computed."""
        if wire not in self._made:
            to = self.at(self.back.wires[wire])
            if place := self.back.sloped.get(wire):
                np.multiply(self.at(place), self.gradient(wire.of), out=to)
            else:
                to[...] = self.times(wire.slope, wire.of)
            self._made.add(wire)

    def sent(self) -> dict[str, np.ndarray]:
        """What these steps send to the states of the step before them, from outside of loops."""
        for s in self.back.lone:
            self.gradient(s)
        return self.carried

    def initial(self) -> dict[str, np.ndarray]:
        """The gradients of the states before the first of these steps."""
        undone = UNDONE[self.trace.plan.dtype]
        return {s: self.first(s) * undone for s in self.trace.cell.states}

    def first(self, state: str) -> np.ndarray:
        """What the first of these steps sends to a state of the step before it."""
        found = [self.carried[state]] if state in self.carried else []
        for flow, matrix in self.space.entries.get(state, ()):
            found.append(flow if matrix is None else matrix.dot(flow))
        return self.sum(f"{state}_prev", found, ())
