"""Learning without a teacher: weights found by evolution, by Evolino's scheme, and by rewards alone.

Each is a run like training: a spec, a first state, and chunks that are the same however the run is cut.
"""

from lstm_viz.teacherless import evolino, evolution, mazes, policy, recipes

__all__ = ["evolino", "evolution", "mazes", "policy", "recipes"]
