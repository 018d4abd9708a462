"""A heat map of powers of ten on colours that stay."""

import numpy as np
import plotly.graph_objects as go

from lstm_viz.figures.ink import SCALES, exponents, frame, power


def heat(
    ground: str,
    x: np.ndarray,
    y: np.ndarray,
    values: np.ndarray,
    names: tuple[str, str, str],
    low: int,
    high: int,
    height: int = 380,
) -> go.Figure:
    """log₁₀ of `values` (len(y), len(x)) from 10^low to 10^high; `names` are those of x, y and the value.

    Where there is no number nothing is drawn; zero has the colour of the lower end.
    """
    figure = frame(height, *names[:2])
    with np.errstate(divide="ignore"):
        logs = np.where(np.isnan(values), np.nan, np.log10(values))
    at = exponents(low, high)
    figure.add_heatmap(
        x=x,
        y=y,
        z=np.clip(logs, low, high),
        customdata=np.where(np.isinf(values), np.finfo(float).max, values),
        zmin=low,
        zmax=high,
        colorscale=SCALES[ground],
        colorbar={
            "tickvals": at,
            "ticktext": [power(k) for k in at],
            "title": {"text": names[2]},
            "thickness": 14,
        },
        hovertemplate=f"{names[0]} %{{x}}, {names[1]} %{{y}}: %{{customdata:.3g}}<extra></extra>",
    )
    return figure
