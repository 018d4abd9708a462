"""What all figures share: colours for the ground they stand on, a plain frame, powers of ten on an axis.

Text and grid are left to the page's theme, which follows the reader's.
"""

import plotly.graph_objects as go

from lstm_viz.palette import ROLES

SIZE = 14
# From nothing to much, seen in any colour vision and in print: the ground's own colour is the lower end.
SCALES = {
    "light": ["#f1f0f7", "#d3b7d8", "#c4679f", "#a02a6e", "#4f0f3c"],
    "dark": ["#161320", "#4f1a4b", "#94306f", "#de6d94", "#ffd9d2"],
}


def colour(role: str, ground: str) -> str:
    """A role's colour on that ground."""
    return getattr(ROLES[role], ground)


def clear(hex_colour: str, share: float) -> str:
    """The same colour, of which only a share covers."""
    r, g, b = (int(hex_colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({r},{g},{b},{share:g})"


def frame(height: int, x: str, y: str) -> go.Figure:
    """An empty figure with named axes; its legend lies above it."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        # Scales stay, and a finger that moves over a figure moves the page.
        dragmode=False,
        margin={"l": 8, "r": 12, "t": 8, "b": 8},
        font={"size": SIZE},
        hoverlabel={"font": {"size": SIZE}},
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": SIZE},
            "traceorder": "normal",
            "title": {"text": ""},
        },
    )
    axis = {"zeroline": False, "automargin": True, "tickfont": {"size": SIZE}}
    figure.update_xaxes(title={"text": x, "font": {"size": SIZE}}, **axis)
    figure.update_yaxes(title={"text": y, "font": {"size": SIZE}}, **axis)
    return figure


def exponents(low: int, high: int) -> list[int]:
    """Some whole exponents from low to high, eight at most."""
    step = next(s for s in (1, 2, 3, 5, 10, 20, 50, 100, 1000) if (high - low) / s <= 7)
    return [k for k in range(low, high + 1) if k % step == 0]


def power(k: int) -> str:
    """10 to the k, as it is written at an axis."""
    return f"10<sup>{k}</sup>".replace("-", "−") if k else "1"


def powers(low: int, high: int) -> dict:
    """A logarithmic axis from 10^low to 10^high, which stays."""
    at = exponents(low, high)
    return {
        "type": "log",
        "range": [low, high],
        "tickvals": [float(f"1e{k}") for k in at],
        "ticktext": [power(k) for k in at],
    }
