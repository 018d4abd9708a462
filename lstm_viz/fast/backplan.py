"""The plan of a way back: for a cell's plan, the signals that the loss depends on and what is wanted."""

from typing import NamedTuple

from lstm_viz.cell import Node
from lstm_viz.fast.calls import Place
from lstm_viz.fast.graph import Graph
from lstm_viz.fast.leap import leap
from lstm_viz.fast.lines import Lines, make_lines
from lstm_viz.fast.parts import MATRIX, SEED, Ways, ways
from lstm_viz.fast.plan import CACHE, FEWEST, MOST, Plan
from lstm_viz.fast.pool import Pool
from lstm_viz.fast.products import Share, Weights, by_step, direct_of, factor, shares_of, spans_of, weights_of
from lstm_viz.fast.sweep import FLOWS, Patch, Sweep, plain
from lstm_viz.fast.wires import Inside, Wire, inside, wire_of


class Back(NamedTuple):
    """A plan of a way back.

    `sweeps` are those of the loops, `lines` what computes their slopes, `after` what follows a leap.
    `gradients` and `wires` say where things stand; `late` are wires that no loop makes, `sloped` where their
    slopes are, `looped` the others. `shares` are what matrices bring to gradients outside of loops, `direct`
    where that is all of it, `weights` and `given` (one by one) what the parameters get, of rows in `spans`
    by buffer, the weights alone where it is `complete`; `patches` fill the matrices. `entries[state]` is what
    of a loop's first step reaches the initial state; `lone` are states in no loop, `seeded` the joins of
    loops to which nothing comes from outside but the loss's own gradient. Of the wanted signals, `moving`
    change with the inputs, `still` with the parameters alone; in `by_step` is what is given and has a
    gradient a step. A `brief` way back keeps no joins for others to read.
    """

    ways: Ways
    sweeps: dict[int, Sweep]
    lines: dict[int, Lines]
    after: dict[int, Lines]
    gradients: dict[str, Place]
    sloped: dict[Wire, Place]
    looped: dict[Wire, Place]
    wires: dict[Wire, Place]
    late: list[Wire]
    shares: dict[tuple[str, tuple[str, ...]], list[Share]]
    direct: dict[str, Share]
    weights: list[Weights]
    spans: dict[str, Place]
    complete: bool
    given: list[tuple[Node, int]]
    patches: list[Patch]
    entries: dict[str, list[tuple]]
    lone: list[str]
    seeded: set[str]
    moving: list[str]
    still: list[str]
    by_step: set[str]
    totals: dict[str, int]
    brief: bool
    steps: int
    pool: Pool


def make_back(
    plan: Plan, seeds: tuple[str, ...], cut: tuple[str, ...], wanted: tuple[str, ...] | None
) -> Back:
    """The way back from a loss that depends on `seeds`, through all states but those in `cut`."""
    g, w = plan.graph, ways(plan.graph, frozenset(seeds), frozenset(cut))
    names = [*g.cell.inputs, *(f"{s}_prev" for s in g.cell.states), *(n.name for n in g.cell.nodes)]
    names = [n for n in names if "." not in n and (wanted is None or n in wanted)]
    loops = {k: inside(w, k) for k, stage in enumerate(g.stages) if stage.loop}
    loops = {k: loop for k, loop in loops.items() if loop.inflows}
    products = [n.name for n in g.nodes.values() if n.op == "matmul" and w.form.get(n.name)]
    made = dict.fromkeys(wire_of(w, name) for name in products)
    inner = {wire for loop in loops.values() for wire in loop.wires}
    late, known = [wire for wire in made if wire not in inner], inner | {*made}
    but = [(n, k) for n, k in w.given if factor(plan, n, k) is None or wire_of(w, n.name) not in known]
    joins = {name for loop in loops.values() for name in loop.inflows}
    lone = [s for s in g.cell.states if s not in joins and w.parts.get(f"{s}_prev")]
    brief = len(loops) == 1 and not (late or but or lone) and all(is_brief(w, n) for n in names)
    sweeps = {}
    for k, loop in loops.items():
        sweeps[k] = quickest(plan, w, loop, [wire for wire in late if g.stage[wire.of] == k], brief)
    return written(sweeps, rest_of(plan, w, sweeps, late), joins, names, but, lone, brief)


def rest_of(plan: Plan, w: Ways, sweeps: dict[int, Sweep], late: list[Wire]) -> Sweep:
    """What is made outside of loops: wires that no sweep makes, with places where they have none."""
    done = {wire for s in sweeps.values() for wire in s.wires if wire not in s.sloped}
    rest = Sweep(plan, w, None, [wire for wire in late if wire not in done])
    placed = {wire for s in sweeps.values() for wire in s.wires}
    rest.wires.update({wire: rest.room(FLOWS, rest.shape(wire)) for wire in rest.late if wire not in placed})
    return rest


def written(
    sweeps: dict[int, Sweep],
    rest: Sweep,
    joins: set[str],
    names: list[str],
    but: list[tuple[Node, int]],
    lone: list[str],
    brief: bool,
) -> Back:
    """The plan, when its loops are known."""
    plan, w, every = rest.plan, rest.ways, (*sweeps.values(), rest)
    wires = {wire: place for s in every for wire, place in s.wires.items()}
    shares, weights = shares_of(rest, wires, joins, names), weights_of(plan, w, wires, but)
    lines = {k: make_lines(plan, w, f"lines {k}", s.slopes, {}, not s.leap) for k, s in sweeps.items()}
    after = {
        k: make_lines(plan, w, f"lines after {k}", s.after, s.known | lines[k].homes)
        for k, s in sweeps.items()
        if s.leap
    }
    totals = {buffer: rows for s in every for buffer, rows in s.totals.items()}
    totals |= {its.name: its.rows for its in (*lines.values(), *after.values())}
    still = {node.name for node in plan.graph.given}
    return Back(
        *(w, sweeps, lines, after, {name: place for s in every for name, place in s.gradients.items()}),
        {wire: place for s in every for wire, place in s.sloped.items()},
        {wire: place for wire, place in wires.items() if wire not in rest.late},
        *(wires, rest.late, shares, direct_of(w, shares)),
        *(weights, spans_of(weights), is_complete(plan.graph, weights, but), but),
        [p for s in every for p in s.patches],
        {state: its for s in every for state, its in s.entries.items()},
        *(lone, {n for k, s in sweeps.items() for n in s.outer if is_seeded(w, n, k)}),
        *([n for n in names if n not in still], [n for n in names if n in still], by_step(plan)),
        *(totals, brief, steps_of(plan, totals), Pool()),
    )


def quickest(plan: Plan, w: Ways, loop: Inside, late: list[Wire], brief: bool) -> Sweep:
    """A loop's sweep: as a leap where it can be one."""
    return leap(Sweep(plan, w, loop, late, brief)) or plain(Sweep(plan, w, loop, late, brief))


def steps_of(plan: Plan, totals: dict[str, int]) -> int:
    """How many steps go back at a time."""
    step = sum(totals.values()) * plan.sizes["B"] * plan.dtype.itemsize
    return min(MOST, max(FEWEST, CACHE // max(1, step)))


def is_complete(g: Graph, weights: list[Weights], given: list) -> bool:
    """Whether products alone give all parameters' gradients, and no others are wanted of what is given."""
    found = {name for its in weights for name, *_ in its.parts}
    return found == {*g.cell.params} and not given and not g.given


def is_brief(w: Ways, name: str) -> bool:
    """Whether a gradient can be computed from wires alone."""
    return all(p.kind == MATRIX for p in w.parts.get(name, ())) and not w.form.get(name)


def is_seeded(w: Ways, name: str, number: int) -> bool:
    """Whether nothing comes to a loop's join from outside but the loss's own gradient."""
    return [p.kind for p in w.outer(name, number)] == [SEED] and not w.outer(f"{name}_prev", number)
