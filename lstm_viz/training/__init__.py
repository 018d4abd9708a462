"""Training as pure chunks: state in, state out; the same numbers however a run is cut up."""

from lstm_viz.training.advance import Metrics, advance
from lstm_viz.training.measure import Exam, measure
from lstm_viz.training.optimisers import State, adam, begin, clip_by_norm
from lstm_viz.training.spec import Descent, Spec, first_state, spec_for

__all__ = [
    "Descent",
    "Exam",
    "Metrics",
    "Spec",
    "State",
    "adam",
    "advance",
    "begin",
    "clip_by_norm",
    "first_state",
    "measure",
    "spec_for",
]
