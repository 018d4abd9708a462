"""The stage, which owns time: Python packs a run once, the browser draws every step of it."""

from lstm_viz.stage.pack import Run, pack
from lstm_viz.stage.stage import stage

__all__ = ["Run", "pack", "stage"]
