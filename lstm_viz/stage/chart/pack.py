"""Pack plots for the browser: plain lists of numbers with six digits, None for what is no number."""

import math
from collections.abc import Sequence

import numpy as np

from lstm_viz.palette import ROLES, SIGNED
from lstm_viz.stage.chart.plot import Ask, Mark, Plot

MOST = 20_000  # numbers of one mark: more is slow to send to a browser


def pack(plots: Sequence[Plot], ask: Ask | None = None) -> dict:
    """The component's data: the plots with their marks, the palette, and the curve that is asked for."""
    return {
        "plots": [
            {**plot._asdict(), "x": axis(plot.x), "y": axis(plot.y), "marks": [*map(mark, plot.marks)]}
            for plot in plots
        ],
        "ask": None if ask is None else {"at": numbers(ask.at), "start": float(ask.start)},
        "inks": {name: [role.light, role.dark] for name, role in ROLES.items()} | {"signed": list(SIGNED)},
    }


def axis(a) -> dict:
    """An axis with plain numbers."""
    names = [[float(value), text] for value, text in a.names]
    return a._asdict() | {"low": float(a.low), "high": float(a.high), "names": names}


def mark(m: Mark) -> dict:
    """A mark with its kind and plain numbers; a ValueError where it has too many."""
    said = {name: plain(value) for name, value in m._asdict().items()}
    if any(np.size(value) > MOST for value in said.values()):
        raise ValueError(f"A {type(m).__name__} has more than {MOST:,} numbers.")
    return said | {"kind": type(m).__name__.lower()}


def plain(value: object) -> object:
    """Text and truth as they are, numbers as floats, sequences as lists."""
    if isinstance(value, str | bool):
        return value
    return [plain(v) for v in value] if np.ndim(value) else number(value)


def numbers(values: Sequence[float]) -> list[float | None]:
    """Each with six digits."""
    return [number(value) for value in values]


def number(value: float) -> float | None:
    """A float with six digits, None for what has no place on an axis."""
    return float(f"{float(value):.6g}") if math.isfinite(value) else None
