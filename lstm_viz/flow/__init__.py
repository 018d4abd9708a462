"""What the gradient does through time: norms, reach, Jacobians, powers of a matrix, the paths it takes."""

from lstm_viz.flow.norms import FLOAT32_TINY, REACH, log10, norms, reach

__all__ = ["FLOAT32_TINY", "REACH", "log10", "norms", "reach"]
