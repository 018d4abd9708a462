"""All paths there are, one by one: the sum that CTC never writes out, for cases small enough to do so."""

from collections import defaultdict
from itertools import product

import numpy as np

from lstm_viz.decode import collapse

MOST = 100_000  # paths


def labels(chances: np.ndarray) -> dict[tuple[int, ...], float]:
    """The probability of every label that some path becomes; chances (T, C), class 0 is the blank."""
    T, classes = chances.shape
    if classes**T > MOST:
        raise ValueError(f"{classes}^{T} paths are too many. Allowed: {MOST:,}.")
    found: dict[tuple[int, ...], float] = defaultdict(float)
    for path in product(range(classes), repeat=T):
        found[collapse(path).label] += float(np.prod(chances[np.arange(T), path]))
    return dict(found)


def paths_of(label: tuple[int, ...], frames: int, classes: int) -> list[tuple[int, ...]]:
    """The paths of so many frames that become a label."""
    every = product(range(classes), repeat=frames)
    return [path for path in every if collapse(path).label == label]
