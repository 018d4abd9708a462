"""A loop's way back as one product a step, where a call costs more than what it computes.

What comes to the joins at a step, from the loss and from the step after, is linear in what came to them at
the step after: the matrices of these maps are computed for many steps at once, of a weight matrix U its
transpose times the slopes. The joins' gradients and the wires follow in bulk, when all that came is known.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from lstm_viz.fast.calls import Call, Place, Product
from lstm_viz.fast.lines import COMES, NARROW, fits
from lstm_viz.fast.parts import Ways
from lstm_viz.fast.plan import Plan
from lstm_viz.fast.program import Memory
from lstm_viz.fast.slopes import Slope
from lstm_viz.fast.stretch import turned
from lstm_viz.fast.sweep import FLOWS, OUTER, SLOPES, Sweep
from lstm_viz.fast.wires import Inside, wire_of

# Up to so many numbers in a step's matrix it is quicker than a call for each operation.
SMALL = 4200


class Term(NamedTuple):
    """What comes to the join `to` of that which came to the join `of` at the step after.

    A slope times it, and then times the transpose of the matrix `by`, if one.
    """

    to: str
    of: str
    slope: Slope
    by: str


class Leap(NamedTuple):
    """The parts of a step's matrix: (rows, columns, slopes, matrices whose transposes they go through).

    Its last column is what comes from outside; `size` is the number of its rows.
    """

    parts: list[tuple[Place, Place, Place, tuple[str, ...]]]
    size: int


def leap(its: Sweep) -> Sweep | None:
    """The sweep of a loop, where it can be and is quick."""
    plan, loop = its.plan, its.loop
    if not is_simple(plan, loop):
        return None
    sources = [n for n, some in loop.inflows.items() if n in loop.outer or any(i.later for i in some)]
    come = {name: its.room(COMES, plan.shape(name)) for name in sources}
    size, reach = sum(place.rows for place in come.values()), reaches(its.ways, loop, sources)
    terms = terms_of(its.ways, loop, reach)
    if not terms or size * (size + 1) > SMALL or not all_fit(its, terms, reach):
        return None
    its.outer.update({name: its.room(OUTER, plan.shape(name)) for name in loop.outer})
    its.leap = Leap(parts_of(its, come, terms), size)
    after(its, come, reach)
    its.room(COMES, (1, 1))
    every = Place(f"{COMES} {its.name}", 0, size, (size, 1))
    one_more = every._replace(rows=size + 1, shape=(size + 1, 1), later=1)
    its.calls = [Call(Product(f"leap {its.name}", steps=True), every, (one_more,))]
    its.entries.update({name: [(place, "", slice(0), slice(0))] for name, place in come.items()})
    return its


def is_simple(plan: Plan, loop: Inside) -> bool:
    """Whether one sequence goes back through slopes and matrices alone, these from one step to the next."""
    inflows = [i for some in loop.inflows.values() for i in some]
    if plan.sizes["B"] > 1 or plan.sizes["H"] > NARROW:
        return False
    return all(i.wire.k < 0 and i.by not in plan.own and (i.later or not i.by) for i in inflows)


def all_fit(its: Sweep, terms: list[Term], reach: dict[str, dict[str, Slope]]) -> bool:
    """Whether all slopes can be computed in lines."""
    slopes = [(term.of, term.slope) for term in terms]
    slopes += [(name, slope) for name, some in reach.items() for slope in some.values()]
    slopes += [(wire.of, wire.slope) for wire in (*its.loop.wires, *its.late)]
    return all(fits(its.plan, its.ways, slope, its.plan.shape(of)) for of, slope in slopes)


def reaches(w: Ways, loop: Inside, sources: list[str]) -> dict[str, dict[str, Slope]]:
    """Every join's gradient by what came to which joins at the same step: {join: slope}."""
    found: dict[str, dict[str, Slope]] = {}
    for name, inflows in loop.inflows.items():
        found[name] = {name: 1.0} if name in sources else {}
        for wire in (i.wire for i in inflows if not i.later):
            for of, slope in found[wire.of].items():
                whole = w.book.apply("mul", wire.slope, slope)
                found[name][of] = w.book.apply("add", found[name].get(of, 0.0), whole)
    return found


def terms_of(w: Ways, loop: Inside, reach: dict[str, dict[str, Slope]]) -> list[Term]:
    """All that comes to joins from the step after; what goes through no matrix is added up."""
    found: dict[tuple[str, str, str], Slope] = {}
    terms = []
    for name, inflows in loop.inflows.items():
        for i in (i for i in inflows if i.later):
            for of, slope in reach[i.wire.of].items():
                whole = w.book.apply("mul", i.wire.slope, slope)
                if i.by:
                    terms.append(Term(name, of, whole, i.by))
                else:
                    found[name, of] = w.book.apply("add", found.get((name, of), 0.0), whole)
    return terms + [Term(name, of, slope, "") for (name, of), slope in found.items()]


def parts_of(its: Sweep, come: dict[str, Place], terms: list[Term]) -> list[tuple]:
    """The parts of a step's matrix; slopes that go through matrices are neighbours."""
    groups: dict[tuple, list[Term]] = {}
    for term in terms:
        groups.setdefault((term.to, term.of, bool(term.by)), []).append(term)
    found = []
    for (to, of, through), some in sorted(groups.items(), key=lambda g: not g[0][2]):
        places = []
        for term in some:
            places.append(its.room(SLOPES, its.plan.shape(of)))
            its.slopes.append((term.slope, places[-1]))
        rows = sum(p.rows for p in places)
        slopes = places[0]._replace(rows=rows, shape=(rows, 1))
        found.append((come[to], come[of], slopes, tuple(t.by for t in some) if through else ()))
    return found


def after(its: Sweep, come: dict[str, Place], reach: dict[str, dict[str, Slope]]) -> None:
    """What follows when all that came is known: wires, and the joins' gradients where somebody reads them."""
    book, w, whole = its.ways.book, its.ways, {}
    comes = {name: book.apply(COMES, name) for name in come}
    its.known.update({line: come[name]._replace(later=1) for name, line in comes.items()})
    for name, some in reach.items():
        whole[name] = 0.0
        for of, slope in some.items():
            whole[name] = book.apply("add", whole[name], book.apply("mul", slope, comes[of]))
    read = {wire_of(w, node.name) for node, _ in w.given if len(w.form[node.name]) == 1}
    for wire in (*[wire for wire in its.loop.wires if its.loop.sends(wire) or wire in read], *its.late):
        its.wires[wire] = its.room(FLOWS, its.shape(wire))
        its.after.append((book.apply("mul", wire.slope, whole[wire.of]), its.wires[wire]))
    for name in whole if not its.brief else ():
        its.gradients[name] = its.room(FLOWS, its.plan.shape(name))
        its.after.append((whole[name], its.gradients[name]))


class Made(NamedTuple):
    """The arrays of a leap for some steps: what is multiplied, what stands on diagonals, what is added."""

    products: list[tuple[np.ndarray, np.ndarray, np.ndarray]]
    diagonals: list[tuple[np.ndarray, np.ndarray, bool]]
    outer: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]
    one: np.ndarray


def weights_of(its: Sweep, number: int, dtype) -> dict[str, np.ndarray]:
    """Room for the matrices that the parts go through, stacked by part."""
    parts = its.leap.parts if its.leap else []
    shapes = [(len(by), of.rows, to.rows) for to, of, _, by in parts]
    return {f"leap {number} {k}": np.zeros(shape, dtype) for k, shape in enumerate(shapes) if shape[0]}


def weight_fillings(its: Sweep, number: int, memory: Memory) -> Iterator[tuple[np.ndarray, str]]:
    """What fills these: arrays and names."""
    for k, (*_, by) in enumerate(its.leap.parts if its.leap else []):
        yield from zip(memory.matrices[f"leap {number} {k}"] if by else (), by, strict=True)


def make_leap(its: Sweep, number: int, memory: Memory, steps: int) -> Made:
    """The arrays for so many steps."""
    matrix = memory.matrices[f"leap {number}"]
    slopes, comes = turned(memory, f"{SLOPES} {number}", steps), memory.buffers[f"{COMES} {number}"]
    comes[1:, its.leap.size] = 1.0
    made = Made([], [], [], comes[steps, its.leap.size :])
    full = set()
    for k, (to, of, place, by) in enumerate(its.leap.parts):
        part = matrix[:steps, to.row : to.row + to.rows, of.row : of.row + of.rows]
        its_slopes = slopes[place.row : place.row + place.rows]
        if by:
            those = its_slopes.reshape(len(by), of.rows, steps)
            weights = memory.matrices[f"leap {number} {k}"].transpose(1, 0, 2)
            made.products.append((those.transpose(1, 2, 0), weights, part.transpose(2, 0, 1)))
            full.add((to, of))
        else:
            made.diagonals.append((np.einsum("tii->ti", part), its_slopes.T, (to, of) in full))
    for name, place in its.outer.items():
        [(to, *_)] = its.entries[name]
        rows = slice(to.row, to.row + to.rows)
        given = memory.buffers[place.buffer][:steps, place.row : place.row + place.rows, 0]
        made.outer.append((matrix[1:steps, rows, -1], given[:-1], comes[steps, rows, 0], given[-1]))
    return made


def build(made: Made) -> None:
    """Compute the matrices of some steps, and what comes to the last of them."""
    for slopes, weights, part in made.products:
        np.matmul(slopes, weights, out=part)
    for part, slopes, more in made.diagonals:
        np.add(part, slopes, out=part) if more else np.copyto(part, slopes)
    made.one[...] = 1.0
    for column, outer, comes, last in made.outer:
        column[...] = outer
        comes += last
