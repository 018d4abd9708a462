"""How well weights solve a task: the error on test sequences that anyone can draw again."""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import Cell
from lstm_viz.network import forward
from lstm_viz.tasks import Task, score

TEST_SEED, TEST_SEQUENCES = 1997, 500
PART = 50
LENGTHS = (20, 60, 100, 200)
# After 1900 the series has 108 years: a window of 200 would be tested on years it was trained on.
SHORTER = {"sunspots": (20, 60, 100)}


class Exam(NamedTuple):
    """What to draw for a test: the length of a sequence, how many, and their seed."""

    T: int
    sequences: int = TEST_SEQUENCES
    seed: int = TEST_SEED


def measure(cell: Cell, params: dict, task: Task, exam: Exam) -> float:
    """The task's measure on `exam.sequences` test sequences of `exam.T` steps."""
    batch = task.draw_test(np.random.default_rng(exam.seed), exam.T, exam.sequences)
    # A trace keeps every signal: in parts, 500 sequences need megabytes and not gigabytes.
    parts = [batch.x[:, :, k : k + PART] for k in range(0, exam.sequences, PART)]
    y = np.concatenate([forward(cell, params, x)[1] for x in parts], axis=2)
    return score(task, y, batch.target)


def lengths(task: str, T: int) -> tuple[int, ...]:
    """The lengths at which a model is tested: the standard ones and its own."""
    return tuple(sorted({*SHORTER.get(task, LENGTHS), T}))
