"""Runs that are recorded, shared and submitted to workers: what is trained once is there for everybody."""

from lstm_viz.runs.crew import Crew
from lstm_viz.runs.kinds import first
from lstm_viz.runs.line import Line
from lstm_viz.runs.tape import Tape

__all__ = ["Crew", "Line", "Tape", "first"]
