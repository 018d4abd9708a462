"""The embedded Reber grammar: how long its strings are, and a drawing of it."""

from lstm_viz.tasks.reber import REBER

# Where the states of the inner grammar stand, across and down, in its own field of 330 by 110.
PLACES = {
    **{"0": (0, 55), "1": (55, 55), "2": (110, 12), "3": (110, 98)},
    **{"4": (210, 12), "5": (210, 98), "6": (265, 55), "7": (320, 55)},
}
LEFT, ARMS, RADIUS = 210, {"T": 50, "P": 230}, 9
OUTER = {"begin": (30, 195), "choose": (110, 195), "last": (640, 195), "end": (720, 195)}


def drawing() -> str:
    """The grammar as an SVG: two equal arms, the second and the last letter but one in one colour."""
    parts = [circle(place) for place in OUTER.values()]
    parts.append(arrow(OUTER["begin"], OUTER["choose"], "B"))
    parts.append(arrow(OUTER["last"], OUTER["end"], "E"))
    for letter, top in ARMS.items():
        at = {state: (LEFT + x, top + y) for state, (x, y) in PLACES.items()}
        parts += [circle(place) for place in at.values()]
        parts += [edge(at, a, b, said) for a, ways in REBER.items() for said, b in ways]
        parts.append(arrow(OUTER["choose"], at["0"], letter, "forget"))
        parts.append(arrow(at["7"], OUTER["last"], letter, "forget"))
    head = (
        '<marker id="reber_head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path d="M0,0.5 8,4 0,7.5z" fill="currentColor"/></marker>'
    )
    return f'<svg viewBox="0 0 750 390" style="max-width:60rem">{head}{"".join(parts)}</svg>'


def circle(place: tuple[float, float]) -> str:
    """A state."""
    x, y = place
    return f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="none" stroke="currentColor" stroke-width="1.5"/>'


def edge(at: dict, a: str, b: str, said: str) -> str:
    """A way within an arm; where it leads back to the same state, a loop outside."""
    if a == b:
        return loop(at[a], said, a == "2")
    # The one way that leads back has its letter where there is room for it.
    return arrow(at[a], at[b], said, side=-1.0 if at[b][0] < at[a][0] else 1.0)


def arrow(
    start: tuple[float, float], end: tuple[float, float], said: str, role: str = "", side: float = 1.0
) -> str:
    """An arrow between two states with its letter to the left as one goes, or with side −1 to the right."""
    (x, y), (u, v) = start, end
    far = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
    dx, dy = (u - x) / far * (RADIUS + 2), (v - y) / far * (RADIUS + 2)
    lx, ly = (x + u) / 2 + side * dy * 1.3, (y + v) / 2 - side * dx * 1.3 + 7
    line = (
        f'<path d="M{x + dx:.1f},{y + dy:.1f} {u - dx:.1f},{v - dy:.1f}" stroke="currentColor" '
        'stroke-width="1.5" fill="none" marker-end="url(#reber_head)"/>'
    )
    return line + letter(lx, ly, said, role)


def loop(place: tuple[float, float], said: str, above: bool) -> str:
    """A way from a state to itself."""
    x, y = place
    sign = -1 if above else 1
    d = f"M{x - 6},{y + sign * 9} C{x - 26},{y + sign * 36} {x + 26},{y + sign * 36} {x + 6},{y + sign * 10}"
    line = (
        f'<path d="{d}" stroke="currentColor" stroke-width="1.5" fill="none" marker-end="url(#reber_head)"/>'
    )
    return line + letter(x + 27, y + sign * 26 + 7, said, "")


def letter(x: float, y: float, said: str, role: str) -> str:
    """A letter; those that must be equal stand out."""
    ink, weight = (f"var(--{role})", "bold") if role else ("currentColor", "normal")
    size = 29 if role else 22
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{size}" font-weight="{weight}" '
        f'fill="{ink}">{said}</text>'
    )
