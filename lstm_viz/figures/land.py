"""An error surface from above, and the ways that descents take on it."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from lstm_viz.figures.heat import heat
from lstm_viz.figures.ink import colour

RIM = "rgba(255,255,255,0.85)"


class Way(NamedTuple):
    """A descent: its name, its places (n, 2) as w and b, a role, a dash, the shape of its marks."""

    name: str
    places: np.ndarray
    role: str
    dash: str
    symbol: str


def land(
    ground: str,
    w: np.ndarray,
    b: np.ndarray,
    loss: np.ndarray,
    ways: list[Way],
    low: int,
    high: int,
    height: int = 480,
) -> go.Figure:
    """The loss (len(b), len(w)) in powers of ten, and every way over it from its start on."""
    figure = heat(ground, w, b, loss, ("w, recurrent weight", "b, bias", "loss"), low, high, height)
    for way in ways:
        # A rim in the colour of paper keeps a way apart from whatever it crosses.
        rim = dict(mode="lines", line={"color": RIM, "width": 6}, showlegend=False, hoverinfo="skip")
        figure.add_scatter(x=way.places[:, 0], y=way.places[:, 1], **rim)
        ink = colour(way.role, "light")
        figure.add_scatter(
            x=way.places[:, 0],
            y=way.places[:, 1],
            name=way.name,
            mode="lines+markers",
            line={"color": ink, "dash": way.dash, "width": 2.5},
            marker={"size": 7, "symbol": way.symbol, "color": ink, "line": {"width": 1, "color": RIM}},
            text=[f"{way.name}, move {k}" for k in range(len(way.places))],
            hovertemplate="%{text}: w = %{x:.4g}, b = %{y:.4g}<extra></extra>",
        )
    figure.add_scatter(
        x=ways[0].places[:1, 0],
        y=ways[0].places[:1, 1],
        name="start",
        mode="markers",
        marker={"size": 15, "symbol": "star", "color": "#ffffff", "line": {"width": 1.5, "color": "#1a2233"}},
        hoverinfo="skip",
    )
    figure.update_xaxes(range=[float(w[0]), float(w[-1])])
    figure.update_yaxes(range=[float(b[0]), float(b[-1])])
    return figure
