"""The Training lab's own stage: the curves of runs side by side, and the moment of training that is shown."""

from lstm_viz.stage.curves.mount import curves
from lstm_viz.stage.curves.pack import Plot, Run, pack_curves
from lstm_viz.stage.curves.thin import thin

__all__ = ["Plot", "Run", "curves", "pack_curves", "thin"]
