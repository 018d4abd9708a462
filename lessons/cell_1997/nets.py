"""Whole untrained networks of the 1997 cell, as the Explorer shows them: their states and their gradients."""

import numpy as np

from lessons.seen import at, share

SEEDS = range(1, 9)
TWO_WAYS = (
    "/?left=rnn_tanh&right=lstm1997&weights=untrained&T=100&hidden=16&seed={seed}&cut={cut}&mode=backward"
)
BESIDE = "/?left=lstm&right=lstm1997&weights=untrained&T=100&hidden=16&seed={seed}&forget=1"


def arrived(seed: int, cut: str) -> np.ndarray:
    """The gradient on the cell state at each step as a share of the last one's; cut "full" or "truncated"."""
    return share(at(TWO_WAYS.format(seed=seed, cut=cut)).runs[1], "c")


def beside(seed: int) -> float:
    """What share of the gradient on the plain network's state arrives at the first step."""
    return share(at(TWO_WAYS.format(seed=seed, cut="full")).runs[0], "h")[0]


def states(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The cell states (T, H) of an LSTM with a forget gate, and of the cell of 1997."""
    lstm, old = at(BESIDE.format(seed=seed)).runs
    return lstm.trace.values["c"][:, :, 0], old.trace.values["c"][:, :, 0]
