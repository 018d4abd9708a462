"""Pictures that are explored at rest: results of flow in, Plotly figures out; nothing is computed here.

Each figure takes the ground that it will stand on, "light" or "dark". A curve is told apart by its dash and
its name as well as by its colour. Scales are given and stay: none follows the numbers.
"""

from lstm_viz.figures.curves import Curve, Limit, curves
from lstm_viz.figures.heat import heat
from lstm_viz.figures.land import Way, land
from lstm_viz.figures.plane import plane
from lstm_viz.figures.scatter import dots
from lstm_viz.figures.shares import Layer, shares

__all__ = ["Curve", "Layer", "Limit", "Way", "curves", "dots", "heat", "land", "plane", "shares"]
