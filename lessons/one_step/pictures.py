"""The picture of the lesson on one step: the app's own drawing of the cell, with this step's numbers."""

from lessons.one_step.steps import MARKED, UNIT, before, lstm
from lessons.parts import Drawing
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.palette import ROLES
from lstm_viz.picture import BOX, CIRCLE, Dot, Wire, draw

LSTM = LIBRARY["lstm"]
WIDE, HIGH = 64.0, 12.0  # a strip
NAMES = {"c_prev": "c before", "h_prev": "h before", "c_next": "c", "h_next": "h", "y": "answer", "x": "x"}
# Beside which parts a name stands, and how far from the middle of its strip.
NAMED = {"y": (0, -4)} | {name: (0, -11) for name in ("c_prev", "h_prev", "x", "c_next", "h_next")}
NAMED |= {name: (-22, -11) for name in "figo"}
WORDS = {
    "f": "forget gate",
    "i": "input gate",
    "g": "candidate",
    "o": "output gate",
    "c.2": "what is kept",
    "c.1": "what is let in",
    "c": "cell state",
    "h.1": "tanh of the cell state",
    "h": "hidden state",
    "c_prev": "cell state before the step",
    "h_prev": "hidden state before the step",
    "x": "the input: value and mark",
}
ROLE = {"c.2": "cell", "c.1": "cell", "h.1": "hidden", "c_prev": "cell", "h_prev": "hidden", "x": "plain"}
LEGEND = (
    (20, "box", "σ", "a layer: weighs, adds a bias, presses into its range"),
    (20, "circle", "×", "element-wise product"),
    (240, "circle", "+", "sum, unit by unit"),
    (440, "strip", "", "the numbers, one field a unit"),
)


def step_map() -> Drawing:
    """The cell at step 33, with strips of all sixteen units."""
    picture = draw(parse(LSTM.equations), LSTM)
    shown = [dot for dot in picture.dots if dot.name in WORDS]
    parts = [
        *map(wire, picture.wires),
        *map(strip, shown),
        *map(sign, picture.dots),
        *map(name, picture.dots),
    ]
    width, bottom, top = picture.size
    box = f'viewBox="-15 {top - 12} {width + 40} {bottom - top + 104}"'
    rows = legend(bottom + 22)
    said = f"One step of an LSTM as boxes, circles and lines. {said_of(shown)}"
    return Drawing(
        f'<svg {box} width="100%" style="min-width:600px" font-family="inherit">{"".join(parts)}{rows}</svg>',
        said,
    )


def numbers(dot: str) -> list[float]:
    """What a part of the picture shows at the step, unit by unit."""
    state, way = [*dot.split("_"), ""][:2]
    if way == "prev":
        return before(state, MARKED).tolist()
    return lstm().trace.values[dot][MARKED, :, 0].tolist()


def said_of(dots: list[Dot]) -> str:
    """Unit 14 of every part."""
    units = [(dot.name, numbers(dot.name)) for dot in dots if dot.name != "x"]
    return "Unit 14: " + ", ".join(f"{WORDS[name]} {values[UNIT]:.3f}" for name, values in units) + "."


def wire(w: Wire) -> str:
    """A line with an arrow at its end; that of the cell state is thicker."""
    points = " ".join(f"{x:g},{y:g}" for x, y in w.points)
    ends = {w.start.split("_")[0].split(".")[0], w.end.split("_")[0].split(".")[0]}
    carries = ends == {"c"} and w.start != "c.1"
    ink = 'stroke="var(--cell)" stroke-width="3"' if carries else 'stroke="currentColor" stroke-width="1.2"'
    (x0, y0), (x, y) = w.points[-2:]
    dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
    head = f"M{x:g} {y:g}l{-7 * dx - 3.5 * dy:g} {-7 * dy - 3.5 * dx:g}l{7 * dy:g} {7 * dx:g}z"
    line = f'<polyline points="{points}" fill="none" {ink} opacity="0.75"/>'
    return f'{line}<path d="{head}" fill="currentColor"/>'


def sign(dot: Dot) -> str:
    """A box or a circle with its sign; a port is the end of its line."""
    if dot.kind == "port":
        return ""
    x, y = dot.at
    return shape(dot.kind, dot.sign, x, y)


def shape(kind: str, text: str, x: float, y: float) -> str:
    """A box or a circle round a sign."""
    ink = 'fill="var(--lesson-ground)" stroke="currentColor" stroke-width="1.4"'
    if kind == "circle":
        drawn = f'<circle cx="{x:g}" cy="{y:g}" r="{CIRCLE[0]:g}" {ink}/>'
    else:
        w, h = BOX
        drawn = f'<rect x="{x - w:g}" y="{y - h:g}" width="{2 * w:g}" height="{2 * h:g}" rx="6" {ink}/>'
    return drawn + label(x, y + 5, text)


def label(x: float, y: float, text: str, anchor: str = "middle") -> str:
    """Words at a point."""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="15" fill="currentColor">{text}</text>'
    )


def name(dot: Dot) -> str:
    """The letter of a signal, above its strip."""
    if dot.name not in NAMED:
        return ""
    dx, dy = NAMED[dot.name]
    x, y = dot.strip
    return label(x + dx, y + dy, NAMES.get(dot.name, dot.name))


def strip(dot: Dot) -> str:
    """A part's numbers as fields, the fourteenth framed; pointed at, it says that one."""
    values, (x, y) = numbers(dot.name), dot.strip
    role = ROLE.get(dot.name) or LSTM.signals[dot.name].role
    low, high = (0.0, 1.0) if dot.name == "x" else (ROLES[role].low, ROLES[role].high)
    framed = None if dot.name == "x" else UNIT
    said = ", ".join(f"{v:.3f}" for v in values) if dot.name == "x" else f"unit 14: {values[UNIT]:.3f}"
    title = f"<title>{WORDS[dot.name]}, {said}</title>"
    shares = [min(max((v - low) / (high - low), 0.0), 1.0) for v in values]
    return f"<g>{title}{fields(shares, role, x, y, framed)}</g>"


def fields(shares: list[float], role: str, x: float, y: float, framed: int | None) -> str:
    """Fields from pale to full, side by side, with a frame round all and one round the chosen one."""
    w = min(WIDE, 16.0 * len(shares))
    cell, left, top = w / len(shares), x - w / 2, y - HIGH / 2
    drawn = f'<rect x="{left:g}" y="{top:g}" width="{w:g}" height="{HIGH:g}" fill="var(--lesson-ground)"/>'
    for k, share in enumerate(shares):
        at = f'x="{left + k * cell:.5g}" y="{top:g}" width="{cell:.5g}" height="{HIGH:g}"'
        drawn += f'<rect {at} fill="var(--{role})" fill-opacity="{share:.3f}"/>'
    frame = 'fill="none" stroke="currentColor"'
    drawn += f'<rect x="{left:g}" y="{top:g}" width="{w:g}" height="{HIGH:g}" {frame} stroke-width="0.7"/>'
    if framed is not None:
        at = f'x="{left + framed * cell:.5g}" y="{top - 3:g}" width="{cell:.5g}" height="{HIGH + 6:g}"'
        drawn += f'<rect {at} {frame} stroke-width="1.6"/>'
    return drawn


def legend(top: float) -> str:
    """What the signs mean, in two rows below the picture."""
    drawn = ""
    for k, (x, kind, text, words) in enumerate(LEGEND):
        y = top + (0 if k == 0 else 34)
        if kind == "strip":
            drawn += fields([0.2, 0.9, 0.5, 0.7], "hidden", x + 24, y, 1)
        else:
            drawn += shape(kind, text, x + 24, y)
        drawn += label(x + (60 if kind != "circle" else 44), y + 5, words, "start")
    return drawn
