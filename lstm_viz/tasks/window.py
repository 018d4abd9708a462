"""Windows of data that ship with the repository."""

import numpy as np

from lstm_viz.files import ASSETS
from lstm_viz.tasks.task import InputError, check_steps

DATA = ASSETS / "data"
MIN_DATA = 60  # values of a learner's own from which something can be learnt and tested


def read_data(name: str) -> str:
    """The text of a file in assets/data."""
    return (DATA / name).read_text(encoding="utf-8")


def windows(rng: np.random.Generator, T: int, B: int, first: int, end: int) -> np.ndarray:
    """Indices (T + 1, B) of random windows that lie within first..end-1: T inputs and T next values.

    InputError if there is no room for T + 1 values.
    """
    check_steps(T)
    room = end - first - 1
    if room < T:
        raise InputError(f"A window of {T} steps is too long; these data allow {room}.")
    return rng.integers(first, end - T, B) + np.arange(T + 1)[:, None]


def parts(n: int) -> tuple[slice, slice]:
    """The first four fifths of n values, to train on, and the last fifth, to test on."""
    return slice(0, n * 4 // 5), slice(n * 4 // 5, n)
