"""Steps in a row: what makes a chunk out of a function that makes one step."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lstm_viz.errors import LearnerError
from lstm_viz.network import brief, check_size
from lstm_viz.training.advance import MAX_CHUNK, Diverged
from lstm_viz.training.chunk import Chunk


def chunk(one: Callable[..., tuple], state: NamedTuple, steps: int, metrics: type) -> Chunk:
    """`steps` steps on from a state; `one` takes a state to the next and to a row of metrics.

    It ends early, with the state before, where a step raises Diverged.
    """
    check_size("steps at once", steps, MAX_CHUNK)
    rows, broke = [], ""
    try:
        for _ in range(steps):
            state, row = one(state)
            rows.append(row)
    except Diverged as error:
        broke = str(error)
    return Chunk(state, metrics(*np.array(rows, float).reshape(-1, len(metrics._fields)).T), broke)


def check_work(*sizes: int, largest: int) -> None:
    """A sentence where a step's members or sequences, steps and units make too large a product."""
    work = math.prod(sizes)
    if work > largest:
        product = " · ".join(f"{size:,}" for size in sizes)
        problem = f"{product} = {work:,} values of units in one step are too many."
        raise LearnerError(f"{problem} Allowed: sequences times steps times hidden units up to {largest:,}.")


def check_between(what: str, value, least: float, largest: float) -> None:
    """A sentence where a value is not a number from `least` to `largest`."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not least <= value <= largest:
        raise LearnerError(f"{brief(value)} {what} cannot be. Allowed: from {least:g} to {largest:g}.")
