"""One dot a seed, for several quantities side by side."""

import numpy as np
import plotly.graph_objects as go

from lstm_viz.figures.ink import colour, frame


def dots(
    ground: str, names: list[str], values: np.ndarray, x: str, low: float, high: float, height: int = 380
) -> go.Figure:
    """Values (len(names), seeds) on a scale that stays; the bar in each row is its median."""
    figure = frame(height, x, "")
    for name, row in zip(names, values, strict=True):
        figure.add_scatter(
            x=row,
            y=[name] * len(row),
            mode="markers",
            marker={"color": colour("gradient", ground), "size": 9, "opacity": 0.55},
            hovertemplate=f"{name}: %{{x:.4g}}<extra></extra>",
        )
        figure.add_scatter(
            x=[float(np.median(row))],
            y=[name],
            mode="markers",
            marker={
                "symbol": "line-ns",
                "size": 20,
                "line": {"width": 3, "color": colour("hidden", ground)},
            },
            hovertemplate=f"{name}, median: %{{x:.4g}}<extra></extra>",
        )
    figure.update_layout(showlegend=False)
    figure.update_xaxes(range=[low, high])
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=names, type="category")
    return figure
