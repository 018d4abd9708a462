"""Plots that are read at rest: lines, dots, bands, bars and heat maps, and a curve that the reader draws."""

from lstm_viz.stage.chart.mount import asked, chart
from lstm_viz.stage.chart.plot import Ask, Axis, Band, Bars, Dots, Heat, Line, Note, Plot, Rule

__all__ = ["Ask", "Axis", "Band", "Bars", "Dots", "Heat", "Line", "Note", "Plot", "Rule", "asked", "chart"]
