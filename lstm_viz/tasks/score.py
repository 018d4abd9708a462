"""How well a network's outputs solve a task, in the task's own measure."""

import numpy as np

from lstm_viz.tasks.task import Task


def score(task: Task, y: np.ndarray, target: np.ndarray) -> float:
    """The task's measure over the steps that count.

    y, target: (T, K, B); y holds logits where the targets are classes. "wrong answers" is a share
    from 0 to 1.
    """
    if task.when == "end":
        y, target = y[-1:], target[-1:]
    # A network that has blown up scores nan or inf: an answer, not a warning.
    with np.errstate(over="ignore", invalid="ignore"):
        return float(MEASURES[task.measure](y, target))


def _squared_error(y, target):
    return np.mean((y - target) ** 2)


def _wrong(y, target):
    # argmax also picks a nan, or the first of several infinities; neither is an answer.
    right = (y.argmax(axis=1) == target.argmax(axis=1)) & np.isfinite(y).all(axis=1)
    return 1 - right.mean()


def _bits(y, target):
    y = y - y.max(axis=1, keepdims=True)
    chosen = np.take_along_axis(y, target.argmax(axis=1)[:, None], axis=1)
    return np.mean(np.log(np.exp(y).sum(axis=1, keepdims=True)) - chosen) / np.log(2)


MEASURES = {
    "mean squared error": _squared_error,
    "wrong answers": _wrong,
    "bits per character": _bits,
}
