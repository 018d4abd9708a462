"""The test of a run's weights as work for a worker: plain data in, one number out."""

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.tasks import task_of
from lstm_viz.training.measure import Exam, measure
from lstm_viz.training.spec import Spec


def examine(spec: Spec, params: dict[str, np.ndarray], exam: Exam) -> float:
    """The task's measure of these weights on the exam's sequences; nan where the numbers break."""
    with np.errstate(all="ignore"):
        return measure(parse(spec.equations), params, task_of(spec.task, spec.data), exam)
