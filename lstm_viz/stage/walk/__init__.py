"""A cell's equations to be walked through: what is pointed at lights up on the stage."""

from lstm_viz.stage.walk.mount import walk

__all__ = ["walk"]
