"""The pictures of the lesson on sequences: one network at five steps, and walks in the plane of two units."""

from html import escape

import numpy as np

from lessons.parts import Drawing
from lessons.sequences.nets import CORNER, STARTS, reading, walk
from lstm_viz.stage.chart import Axis, Dots, Line, Plot

READ = (1, 0, 0, 0, 0)
ROLES = ("hidden", "output", "input", "candidate")
STEPS = 40
WIDE, STEP, BOX, TALL = 640, 128, 100, 330
MIDDLE, REACH = 110, 78  # where the bars begin, and how long one for 1 is


def unrolled() -> Drawing:
    """A network of two units at five steps, reading a 1 and four zeros."""
    h = reading(READ)
    boxes = "".join(box(k, number, h[k]) for k, number in enumerate(READ))
    arrows = "".join(
        f'<path d="M{left(k) + BOX + 3} {MIDDLE}H{left(k + 1) - 4}" marker-end="url(#seq_tip)"/>'
        for k in range(len(READ) - 1)
    )
    tip = (
        '<marker id="seq_tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0L8 4L0 8Z" fill="currentColor"/></marker>'
    )
    said = "; ".join(f"step {k + 1}: reads {x}, state {a:.3f} and {b:.3f}" for k, (x, (a, b)) in rows(h))
    return Drawing(
        f'<svg viewBox="0 0 {WIDE} {TALL}" font-size="16" text-anchor="middle"><defs>{tip}</defs>'
        f'{boxes}<g stroke="currentColor" stroke-width="1.6" fill="none">{arrows}</g></svg>',
        f"The same network at five steps. {escape(said)}.",
    )


def rows(h: np.ndarray):
    """The steps with what is read and the state."""
    return enumerate(zip(READ, h, strict=True))


def left(k: int) -> float:
    """The left edge of a step's box."""
    return 10 + STEP * k


def box(k: int, number: float, state) -> str:
    """A step: its state as two bars with their numbers, what it reads below."""
    x, centre = left(k), left(k) + BOX / 2
    line = 'fill="none" stroke="currentColor"'
    frame = f'<rect x="{x}" y="12" width="{BOX}" height="196" rx="9" {line} opacity=".35"/>'
    bars = "".join(bar(x + 10 + 44 * unit, value) for unit, value in enumerate(state))
    level = f'<path d="M{x + 8} {MIDDLE}h{BOX - 16}" {line} opacity=".45"/>'
    read = (
        f'<path d="M{centre} 258V213" stroke="var(--input)" stroke-width="2" marker-end="url(#seq_tip)"/>'
        f'<text x="{centre}" y="278" fill="currentColor">reads {number}</text>'
        f'<text x="{centre}" y="299" fill="currentColor" opacity=".75">step {k + 1}</text>'
    )
    return frame + level + bars + read


def bar(x: float, value: float) -> str:
    """A number as a bar up or down, with its digits at its end."""
    end = MIDDLE - REACH * value
    y, long, digits = end - 5 if value >= 0 else end + 17, abs(end - MIDDLE), f"{value:.2f}".replace("-", "−")
    return (
        f'<rect x="{x}" y="{min(end, MIDDLE):.1f}" width="36" height="{long:.1f}" fill="var(--hidden)"/>'
        f'<text x="{x + 18}" y="{y:.1f}" font-size="15" fill="currentColor">{digits}</text>'
    )


def portraits() -> tuple[Plot, Plot]:
    """Walks without input: all to the middle, and each to a corner."""
    return (
        portrait("Turned by 30 degrees, shortened to 0.9", 30, 0.9),
        portrait("Doubled, not turned", 0, CORNER),
    )


def portrait(title: str, degrees: float, stretch: float) -> Plot:
    """Four walks from the same four places."""
    walks = [walk(degrees, stretch, "tanh", start, STEPS) for start in STARTS]
    lines = [Line("", role, *h.T, thin=True) for role, h in zip(ROLES, walks, strict=True)]
    steps = [Dots("", role, *h[1:].T) for role, h in zip(ROLES, walks, strict=True)]
    starts = Dots("starts", "gradient", *np.array(STARTS).T)
    ends = ", ".join(f"{h[-1, 0]:.2f} and {h[-1, 1]:.2f}" for h in walks)
    return plane(title, (*lines, *steps, starts), f"Four walks of {STEPS} steps end at {ends}.", 1.0)


def plane(title: str, marks: tuple, says: str, edge: float) -> Plot:
    """The plane of two units."""
    return Plot(title, Axis("unit 1", -edge, edge), Axis("unit 2", -edge, edge), marks, says, tall=1.45)
