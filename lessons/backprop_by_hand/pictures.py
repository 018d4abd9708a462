"""The pictures of the lesson on backpropagation by hand: two roads into the past, and what arrives there."""

from lessons.backprop_by_hand.every_cell import LAGS, profiles
from lessons.parts import Drawing, Table
from lessons.words import tens

SAYS = (
    "A map of the ways of the gradient from step t on the right to step t minus 1 on the left. The short "
    "road leads along the cell state, times f. The long road leads through the four sums and the transposed "
    "matrices U to the old hidden state, and through the door, o times the slope of tanh, to the old cell "
    "state."
)
ARROW = (
    '<marker id="bh-{0}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z" fill="var(--{0})"/></marker>'
)
ROADS = (
    ("cell", "M532 70H168", 5, ""),
    ("gradient", "M540 88L420 138", 2.5, "7 5"),
    ("gradient", "M532 214L420 172", 2.5, "7 5"),
    ("gradient", "M260 166L168 208", 2.5, "7 5"),
    ("hidden", "M560 192V98", 2.5, ""),
    ("hidden", "M140 192V98", 2.5, ""),
    ("hidden", "M650 220H590", 2.5, ""),
)
PLACES = (("c", "t", 560, 70), ("c", "t−1", 140, 70), ("h", "t", 560, 220), ("h", "t−1", 140, 220))
WORDS = (
    (350, 52, "middle", "the short road: times f"),
    (340, 150, "middle", "the four sums"),
    (340, 168, "middle", "f, i, o, candidate"),
    (222, 240, "start", "the long road: times Uᵀ"),
    (572, 142, "start", "the door:"),
    (572, 160, "start", "o, slope of tanh"),
    (128, 142, "end", "the door"),
    (660, 225, "start", "loss"),
)
BOX = '<rect x="262" y="128" width="156" height="52" rx="8" fill="none" stroke="currentColor"/>'


def road_map() -> Drawing:
    """The ways from step t back to step t − 1."""
    arrows = "".join(ARROW.format(role) for role in ("cell", "gradient", "hidden"))
    roads = "".join(
        f'<path d="{d}" fill="none" stroke="var(--{role})" stroke-width="{wide}" stroke-dasharray="{dash}" '
        f'marker-end="url(#bh-{role})"/>'
        for role, d, wide, dash in ROADS
    )
    places = "".join(place(*p) for p in PLACES)
    words = "".join(
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="currentColor" font-size="15">{said}</text>'
        for x, y, anchor, said in WORDS
    )
    whole = f"<defs>{arrows}</defs>{roads}{BOX}{places}{words}"
    return Drawing(f'<svg viewBox="0 0 720 270" role="presentation">{whole}</svg>', SAYS)


def place(name: str, step: str, x: int, y: int) -> str:
    """A state at a step."""
    role = "cell" if name == "c" else "hidden"
    return (
        f'<circle cx="{x}" cy="{y}" r="26" fill="none" stroke="var(--{role})" stroke-width="2"/>'
        f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="currentColor" font-size="17">'
        f'<tspan font-style="italic">{name}</tspan><tspan dy="5" font-size="13">{step}</tspan></text>'
    )


def profile_table() -> Table:
    """What is left of the gradient in untrained nets, by how they begin."""
    rows = [[name, *map(tens, left)] for name, left in profiles().items()]
    heads = ["untrained, 32 units", *(f"after {lag} steps" for lag in LAGS)]
    return Table(heads, rows, "What is left of a gradient on its way back, the median of five seeds.")
