"""Shares of a whole, stacked step by step; what works against the rest is stacked below zero."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from lstm_viz.figures.ink import clear, colour, frame

PAPER = {"light": "#ffffff", "dark": "#0f131a"}
PATTERNS = ("", "/", "\\", ".", "x", "-", "|", "+")


class Layer(NamedTuple):
    """One part: its name, its share at every step, the role that colours it."""

    name: str
    share: np.ndarray
    role: str


def shares(
    ground: str,
    steps: np.ndarray,
    layers: list[Layer],
    x: str,
    ends: tuple[float, float],
    height: int = 340,
) -> go.Figure:
    """Stacked bars, one a step; the layers add up to 1 at every step, where a line stands."""
    figure = frame(height, x, "share of the whole")
    seen: dict[str, int] = {}
    for layer in layers:
        ink = colour(layer.role, ground)
        # Two parts of one role differ by their pattern.
        seen[layer.role] = seen.get(layer.role, -1) + 1
        figure.add_bar(
            x=steps,
            y=layer.share,
            name=layer.name,
            marker={
                "color": ink,
                "line": {"width": 0},
                "pattern": {
                    "shape": PATTERNS[seen[layer.role] % len(PATTERNS)],
                    "fillmode": "overlay",
                    "fgcolor": clear(PAPER[ground], 0.6),
                    "size": 6,
                },
            },
            hovertemplate=f"{layer.name}: %{{y:.1%}}<extra>step %{{x}}</extra>",
        )
    for level in (0.0, 1.0):
        figure.add_hline(level, line={"color": colour("plain", ground), "width": 1.5})
    figure.update_layout(barmode="relative", bargap=0)
    figure.update_yaxes(range=list(ends), tickformat=".0%")
    return figure
