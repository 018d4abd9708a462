"""Eigenvalues in the complex plane, with the unit circle."""

import numpy as np
import plotly.graph_objects as go

from lstm_viz.figures.ink import clear, colour, frame

EDGE = 3.2
ANGLES = np.linspace(0, 2 * np.pi, 121)


def plane(
    ground: str, groups: list[tuple[str, np.ndarray, str, str]], norm: float, height: int = 380
) -> go.Figure:
    """Groups of eigenvalues (name, values, role, shape of the marker); a thin circle of the radius `norm`.

    What lies outside the plot is not named in its legend.
    """
    figure = frame(height, "real part", "imaginary part")
    _circle(figure, 1.0, "unit circle", colour("plain", ground), "solid", clear(colour("plain", ground), 0.1))
    _circle(figure, norm, "‖W‖", colour("plain", ground), "dot", None)
    for name, values, role, symbol in groups:
        figure.add_scatter(
            x=values.real,
            y=values.imag,
            name=name,
            mode="markers",
            marker={"color": colour(role, ground), "size": 12, "symbol": symbol, "line": {"width": 2}},
            hovertemplate=f"{name}: %{{x:.3g}} + %{{y:.3g}} i<extra></extra>",
            showlegend=bool((np.maximum(abs(values.real), abs(values.imag)) <= EDGE).any()),
        )
    figure.update_xaxes(range=[-EDGE, EDGE], constrain="domain")
    figure.update_yaxes(range=[-EDGE, EDGE], scaleanchor="x", constrain="domain")
    return figure


def _circle(figure: go.Figure, radius: float, name: str, ink: str, dash: str, fill: str | None) -> None:
    figure.add_scatter(
        x=radius * np.cos(ANGLES),
        y=radius * np.sin(ANGLES),
        name=name,
        mode="lines",
        line={"color": ink, "dash": dash, "width": 1.5},
        fill="toself" if fill else None,
        fillcolor=fill,
        hoverinfo="skip",
        showlegend=bool(radius < EDGE * np.sqrt(2)),
    )
