"""Two numbers from 0 to 1, their sum and their product: how much the one says of the other."""

import numpy as np

CELLS = 1000  # of each side of the square over which means are taken


def best(total: np.ndarray) -> np.ndarray:
    """The best that can be said of the product by who knows the sum alone: its mean.

    Of a sum s each number lies within w = min(s, 2 − s)/2 of its half, all places equally likely: the product
    is s²/4 less a square whose mean is w²/3.
    """
    width = np.minimum(total, 2 - total) / 2
    return total**2 / 4 - width**2 / 3


def errors() -> dict[str, float]:
    """The mean squared error over all pairs of a constant, of a line in the sum, and of the best curve."""
    middles = (np.arange(CELLS) + 0.5) / CELLS
    total, product = np.add.outer(middles, middles), np.multiply.outer(middles, middles)
    said = {"always a quarter": 0.25, "a line in the sum": total / 2 - 0.25, "the best curve": best(total)}
    return {name: float(((product - value) ** 2).mean()) for name, value in said.items()}
