"""A metric of many updates as few points: for each bin its mean, its lowest and its highest value."""

import numpy as np

BINS = 72
NOTHING = 1e-300  # what a logarithm sees in place of 0


def width(goal: int, bins: int = BINS) -> int:
    """How many updates a point stands for: the bins share out `goal` updates; no bin has less than one."""
    return max(1, -(-goal // bins))


def thin(values: np.ndarray, goal: int, logarithm: bool) -> np.ndarray:
    """Points (n, 3): the mean, the lowest and the highest value of each bin.

    `values` has one number an update, from the first. A point that was drawn stays where it is while the
    curve grows, but for the last. With `logarithm` everything is log10, the mean too.
    """
    values = np.log10(np.maximum(values, NOTHING)) if logarithm else np.asarray(values, float)
    starts = np.arange(0, len(values), width(goal))
    if not len(starts):
        return np.zeros((0, 3))
    mean = np.add.reduceat(values, starts) / np.diff(np.append(starts, len(values)))
    return np.stack([mean, np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)], axis=1)
