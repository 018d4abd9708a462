"""Curves on a logarithmic axis that stays, with bands and with lines where something ends."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from lstm_viz.figures.ink import clear, colour, frame, powers

MOST_POINTS = 300
MUTED = 0.16
LEAST = 1e-323  # below every axis


class Curve(NamedTuple):
    """A line y over x: its name, a role for its colour, its dash, and the band around it if there is one."""

    name: str
    x: np.ndarray
    y: np.ndarray
    role: str
    dash: str = "solid"
    band: tuple[np.ndarray, np.ndarray] | None = None
    width: float = 2.5


class Limit(NamedTuple):
    """A horizontal line with words on it."""

    y: float
    words: str


def curves(
    ground: str,
    lines: list[Curve],
    x: str,
    y: str,
    low: int = -20,
    high: int = 5,
    limits: tuple[Limit, ...] = (),
    linear: tuple[float, float] | None = None,
    height: int = 380,
) -> go.Figure:
    """Lines over x; y runs from 10^low to 10^high, or between two numbers where it is `linear`.

    The legend names the lines that are seen: a line that lies outside these bounds is left out of it.
    """
    figure = frame(height, x, y)
    ends = linear or (10.0**low, 10.0**high)
    for line in lines:
        _draw(figure, line, ground, linear is None, ends)
    figure.update_yaxes({"range": list(linear)} if linear else powers(low, high))
    for limit in limits:
        if linear or low <= np.log10(limit.y) <= high:
            figure.add_hline(limit.y, line={"color": colour("plain", ground), "width": 1, "dash": "dot"})
            # Plotly takes the place of words on a logarithmic axis as a logarithm.
            at = limit.y if linear else float(np.log10(limit.y))
            words = {"text": limit.words, "font": {"color": colour("plain", ground), "size": 13}}
            figure.add_annotation(
                words, x=0, xref="paper", xanchor="left", y=at, yanchor="bottom", showarrow=False
            )
    return figure


def _draw(figure: go.Figure, line: Curve, ground: str, log: bool, ends: tuple[float, float]) -> None:
    """One line and its band; its name where it comes between the ends."""
    ink = colour(line.role, ground)
    keep = np.unique(np.linspace(0, len(line.x) - 1, min(len(line.x), MOST_POINTS)).round().astype(int))
    x = np.asarray(line.x)[keep]

    def shown(values: np.ndarray) -> np.ndarray:
        # On a logarithmic axis zero leaves at the bottom, as what is infinite does at the top.
        values = np.minimum(np.asarray(values, float)[keep], 1e300)
        return np.maximum(values, LEAST) if log else values

    if line.band:
        low, high = map(shown, line.band)
        around = dict(mode="lines", line={"width": 0}, showlegend=False, hoverinfo="skip")
        figure.add_scatter(x=x, y=high, **around)
        figure.add_scatter(x=x, y=low, fill="tonexty", fillcolor=clear(ink, MUTED), **around)
    stroke = {"color": ink, "dash": line.dash, "width": line.width}
    value = "%{y:.3g}" if log else "%{y:.4g}"
    hover = f"{line.name}: {value}<extra></extra>"
    y = shown(line.y)
    seen = bool(np.nanmin(y) <= ends[1] and np.nanmax(y) >= ends[0])
    figure.add_scatter(
        x=x, y=y, name=line.name, mode="lines", line=stroke, hovertemplate=hover, showlegend=seen
    )
