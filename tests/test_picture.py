"""Pictures show every signal once and every read of the computation once, and their parts keep apart."""

from collections import Counter
from itertools import combinations

import pytest

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.picture import draw
from tests.test_engine import CELLS as ODD

# As the stage draws them (cell.js): strips of values, boxes, circles; width and height.
STRIP, BOX, CIRCLE = (62, 11), (54, 32), (24, 24)
EDITED = {
    "a line more": "\nm = tanh(W_m @ h + b_m)",
    "a line that the output reads": ("h = o * tanh(c)", "q = tanh(c)\nh = o * q"),
    "a gate less": ("f * c_prev", "c_prev"),
    "a state more": ("h = o * tanh(c)", "m = 0.9 * m_prev + c\nh = o * tanh(m)"),
    "no recurrence at all": ("h = o * tanh(c)", "h = W @ x"),
}


def edited(how) -> str:
    """The LSTM's equations with something added or replaced."""
    text = LIBRARY["lstm"].equations
    return text + how if isinstance(how, str) else text.replace(*how)


PICTURES = {name: (variant.equations, variant) for name, variant in LIBRARY.items()}
PICTURES |= {name: (edited(how), LIBRARY["lstm"]) for name, how in EDITED.items()}
PICTURES |= {f"odd: {name}": (text, LIBRARY["lstm"]) for name, text in ODD.items() if name not in LIBRARY}


def picture_of(name: str):
    """A cell and its picture."""
    text, variant = PICTURES[name]
    return parse(text), draw(parse(text), variant)


@pytest.mark.parametrize("name", PICTURES)
def test_every_signal_input_and_state_is_drawn_once(name):
    """Named signals, the input and each state's way in; no dot twice."""
    cell, picture = picture_of(name)
    drawn = Counter(dot.name for dot in picture.dots)
    assert set(drawn.values()) == {1}
    assert {"x", *(f"{s}_prev" for s in cell.states), *(e.name for e in cell.equations)} <= drawn.keys()


@pytest.mark.parametrize("name", LIBRARY)
def test_every_place_of_the_library_is_used(name):
    """Each place names an operation or a way in or out of its cell: nothing is misspelt."""
    cell, picture = picture_of(name)
    assert len(picture.dots) == len(LIBRARY[name].places)
    assert {dot.at for dot in picture.dots} == {place[:2] for place in LIBRARY[name].places.values()}
    assert {"y", *(f"{s}_next" for s in cell.states)} <= {dot.name for dot in picture.dots}


@pytest.mark.parametrize("name", PICTURES)
def test_wires_stand_for_every_read_and_for_each_once(name):
    """Each edge from something drawn to an operation is on one wire, which ends where that is drawn."""
    cell, picture = picture_of(name)
    nodes, drawn = {n.name: n for n in cell.nodes}, {dot.name for dot in picture.dots}
    user = {arg: n.name for n in cell.nodes for arg in n.args if arg in nodes and arg not in drawn}

    def shown_as(node: str) -> str:
        return node if node in drawn else shown_as(user[node])

    reads = Counter((n.name, k) for n in cell.nodes for k, arg in enumerate(n.args) if arg in drawn)
    assert Counter(edge for wire in picture.wires for edge in wire.edges) == reads
    for wire in picture.wires:
        for node, k in wire.edges:
            assert nodes[node].args[k] == wire.start and shown_as(node) == wire.end


@pytest.mark.parametrize("name", PICTURES)
def test_ways_out_come_from_the_state_or_the_output(name):
    """A wire without edges leads to y or to a state's next step, and all of these are reached."""
    _, picture = picture_of(name)
    drawn = {dot.name for dot in picture.dots}
    out = {(w.start, w.end) for w in picture.wires if not w.edges}
    wanted = {
        ("h" if end == "y" else end.removesuffix("_next"), end)
        for end in drawn
        if end == "y" or "_next" in end
    }
    assert out == wanted
    assert len(picture.wires) == len({(w.start, w.end) for w in picture.wires})


@pytest.mark.parametrize("name", PICTURES)
def test_the_drawing_holds_what_is_drawn(name):
    """Dots, strips and corners of wires lie inside the picture's size."""
    _, picture = picture_of(name)
    width, bottom, top = picture.size
    points = [p for wire in picture.wires for p in wire.points]
    for x, y in [*points, *(dot.at for dot in picture.dots), *(dot.strip for dot in picture.dots)]:
        assert 0 <= x <= width and top <= y <= bottom


@pytest.mark.parametrize("name", EDITED)
def test_an_edited_cell_keeps_the_places_that_still_exist(name):
    """What is still there stays where it was; what is new stands below, or where its operation stood."""
    before = {dot.name: dot.at for dot in picture_of("lstm")[1].dots}
    lowest = max(y for _, y in before.values())
    for dot in picture_of(name)[1].dots:
        if "." not in dot.name:
            new = dot.at[1] > lowest or (name, dot.name) == ("a line that the output reads", "q")
            assert dot.at == before[dot.name] if dot.name in before else new


def box(centre, size) -> tuple:
    """Left, top, right, bottom."""
    (x, y), (w, h) = centre, size
    return x - w / 2, y - h / 2, x + w / 2, y + h / 2


def overlap(a, b) -> bool:
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


@pytest.mark.parametrize("name", LIBRARY)
def test_strips_and_dots_keep_apart(name):
    """No strip of values covers another strip, a box or a circle; no box covers a box."""
    dots = picture_of(name)[1].dots
    parts = [(f"strip of {dot.name}", box(dot.strip, STRIP)) for dot in dots]
    sizes = {"box": BOX, "circle": CIRCLE}
    parts += [(f"{d.kind} of {d.name}", box(d.at, sizes[d.kind])) for d in dots if d.kind in sizes]
    assert [(a, b) for (a, p), (b, q) in combinations(parts, 2) if overlap(p, q)] == []


@pytest.mark.parametrize("name", LIBRARY)
def test_wires_run_straight_up_or_sideways(name):
    """Between two corners a wire of the library changes one coordinate only, and no piece has no length."""
    for wire in picture_of(name)[1].wires:
        for (x0, y0), (x1, y1) in zip(wire.points, wire.points[1:], strict=False):
            assert (x0 == x1) != (y0 == y1), wire
