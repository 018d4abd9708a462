"""What a step of training costs beside other runs' steps: from it comes the time left of many runs."""

from lstm_viz.cell import parse
from lstm_viz.tasks import task_of
from lstm_viz.training.measure import numbers
from lstm_viz.training.spec import Spec


def cost(spec: Spec) -> float:
    """How long a step takes, up to a factor: the operations of the cell at every step of a sequence."""
    cell = parse(spec.equations)
    size = spec.descent.batch * numbers(cell, task_of(spec.task, spec.data), spec.hidden)
    # Measured: an operation on a thousand numbers takes about twice as long as one on a few.
    return spec.T * len(cell.nodes) * (1 + size / 1000)
