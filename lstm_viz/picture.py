"""A cell's picture: which operations are drawn, where, and how the wires between them run.

Every operation with a place is drawn; one without is drawn as part of the operation that uses it. A wire
knows the edges of the computation that it stands for, so it can carry their values and their gradients.
"""

from functools import lru_cache
from typing import NamedTuple

from lstm_viz.backward import trees
from lstm_viz.cell import Cell, parse, source
from lstm_viz.library import Variant
from lstm_viz.ops import FUNCTIONS, OPS

BOX, CIRCLE = (27.0, 16.0), (12.0, 12.0)
SPREAD = 16.0


class Dot(NamedTuple):
    """A drawn operation or port: the node it shows, its sign and kind, its centre, its strip's centre."""

    name: str
    sign: str
    kind: str
    at: tuple[float, float]
    strip: tuple[float, float]


class Wire(NamedTuple):
    """A drawn connection: from dot to dot, the edges (node, argument) it stands for, its corners."""

    start: str
    end: str
    edges: tuple[tuple[str, int], ...]
    points: tuple[tuple[float, float], ...]


class Picture(NamedTuple):
    """All dots and wires of a cell, and the drawing's width, bottom and top."""

    dots: tuple[Dot, ...]
    wires: tuple[Wire, ...]
    size: tuple[float, float, float]


def draw(cell: Cell, variant: Variant) -> Picture:
    """The picture of a cell with the places of a variant; signals without a place stand in columns below."""
    return _draw(cell.text, tuple(variant.places.items()), tuple(variant.via.items()))


@lru_cache(maxsize=256)
def _draw(text: str, given: tuple, bends: tuple) -> Picture:
    cell, via = parse(text), dict(bends)
    places = _places(cell, dict(given))
    dots = {name: _dot(cell, name, place, places) for name, place in places.items()}
    ends = [(s, d, tuple(edges)) for d in dots for s, edges in _sources(cell, d, places).items()]
    shifts = _entries(ends, dots)
    wires = [Wire(s, d, e, _route(dots[s], dots[d], via.get(s, ()), shifts[s, d])) for s, d, e in ends]
    width = max(x for x, *_ in places.values()) + 40
    bottom = max(p[1] for p in places.values()) + 15
    top = min(dot.strip[1] for dot in dots.values()) - 32
    return Picture(tuple(dots.values()), tuple(wires), (width, bottom, top))


def _places(cell: Cell, given: dict) -> dict[str, tuple[float, ...]]:
    """The places by node: `given` names operations by their text."""
    signals = [e.name for e in cell.equations]
    ports = ["x", *(f"{s}_prev" for s in cell.states), *(f"{s}_next" for s in cell.states), "y"]
    known = {source(tree): name for tree, name in trees(cell).items()} | {n: n for n in [*signals, *ports]}
    places = {known[text]: place for text, place in given.items() if text in known}
    below = max((p[1] for p in places.values()), default=0) + 60
    lost = [n for n in [*ports[:-1], *signals] if n not in places]
    return places | {name: (60 + 90 * k, below) for k, name in enumerate(lost)}


def _dot(cell: Cell, name: str, place: tuple, places: dict) -> Dot:
    x, y, dx, dy = (*place, *(0, 0))[:4] if len(place) == 2 else place
    node = next((n for n in cell.nodes if n.name == name), None)
    if node is None:
        return Dot(name, "", "port", (x, y), (x + dx, y + dy) if len(place) == 4 else (x, y - 16))
    matrices = _matrices(cell, name, places)
    single = len(_sources(cell, name, places)) == 1
    box = node.op in FUNCTIONS or bool(single and matrices)
    sign = OPS[node.op].sign
    if single and matrices and node.op not in FUNCTIONS:
        sign = matrices[0].partition("_")[0]
    if node.op == "sub" and isinstance(node.args[0], float):
        sign = f"{node.args[0]:g}−"
    dx, dy = (dx, dy) if len(place) == 4 else (0, -36) if box else (46, -18)
    return Dot(name, sign, "box" if box else "circle", (x, y), (x + dx, y + dy))


def _sources(cell: Cell, name: str, places: dict) -> dict[str, list]:
    """The drawn things that a dot reads, each with the edges through which it reads them."""
    if name == "y":
        return {"h": []}
    if name.endswith("_next"):
        return {name.removesuffix("_next"): []}
    nodes, found = {n.name: n for n in cell.nodes}, {}
    pending = [name] if name in nodes else []
    while pending:
        node = nodes[pending.pop()]
        for k, arg in enumerate(node.args):
            if arg in places:
                found.setdefault(arg, []).append((node.name, k))
            elif arg in nodes:
                pending.append(arg)
    return found


def _matrices(cell: Cell, name: str, places: dict) -> list[str]:
    nodes, found = {n.name: n for n in cell.nodes}, []
    pending = [name]
    while pending:
        node = nodes[pending.pop()]
        found += [node.args[0]] * (node.op == "matmul")
        pending += [a for a in node.args if a in nodes and a not in places]
    return [m for m in found if isinstance(m, str)]


def _entries(ends: list, dots: dict) -> dict:
    """Where several wires reach a box from below, they stand side by side: the sideways shift of each."""
    shifts = {(s, d): 0.0 for s, d, _ in ends}
    for name, dot in dots.items():
        below = [
            s for s, d, _ in ends if d == name and dots[s].at[1] > dot.at[1] and dots[s].at[0] != dot.at[0]
        ]
        below += [
            s for s, d, _ in ends if d == name and dots[s].at[1] <= dot.at[1] and dots[s].kind == "port"
        ]
        if dot.kind == "box" and len(below) > 1:
            for k, s in enumerate(sorted(below, key=lambda s: -dots[s].at[1])):
                shifts[s, name] = (k - (len(below) - 1) / 2) * SPREAD
    return shifts


def _route(start: Dot, end: Dot, via: tuple, shift: float) -> tuple:
    """The corners of a wire: rails and circles leave sideways, boxes and ways out leave up or down."""
    (x0, y0), (x1, y1) = start.at, (end.at[0] + shift, end.at[1])
    level = abs(y0 - end.at[1]) < 1
    bends = [] if level else list(via)
    if bends:
        x0, y0 = bends[-1]
    if not level and x0 != x1:
        upright = start.kind == "box" or (end.kind == "port" and end.name != "y")
        bends.append((x0, y1) if upright else (x1, y0))
    points = [start.at, *bends, (x1, y1)]
    points[0] = _rim(points[0], points[1], start)
    points[-1] = _rim(points[-1], points[-2], end)
    return tuple(points)


def _rim(at: tuple, towards: tuple, dot: Dot) -> tuple:
    """The point where a wire to the middle of a dot meets its rim."""
    half = {"box": BOX, "circle": CIRCLE, "port": (0.0, 0.0)}[dot.kind]
    sign = [(b > a) - (b < a) for a, b in zip(at, towards, strict=True)]
    return tuple(a + s * h for a, s, h in zip(at, sign, half, strict=True))
