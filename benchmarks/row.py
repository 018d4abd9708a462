"""A row of the table: what was measured, against which target, with what result."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Row(NamedTuple):
    """One line of the table; `peer` is the best that another project was measured at."""

    what: str
    target: str
    reached: str
    met: bool
    peer: str


class Spread(NamedTuple):
    """The middle, the slow tail and the worst of many samples."""

    p50: float
    p95: float
    worst: float


def spread(samples: Sequence[float]) -> Spread:
    """Median, 95th percentile and maximum of all samples; nothing is left out."""
    return Spread(*(float(q) for q in np.percentile(samples, [50, 95, 100])))


def said(samples: Sequence[float], unit: str = "ms", digits: int = 0) -> str:
    """A spread in words: "p50 9, p95 17 ms"."""
    s = spread(samples)
    return f"p50 {s.p50:.{digits}f}, p95 {s.p95:.{digits}f} {unit}"
