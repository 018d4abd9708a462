"""Deep nets as they start: what their layers compute, and what is left of a gradient that comes back."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run
from lstm_viz.flow import norms
from lstm_viz.library import LIBRARY
from lstm_viz.network import start

H, B = 16, 4
ROTATIONS = (("W_H", "orthogonal"), ("b_H", 0.0))


class Profile(NamedTuple):
    """Of each layer from the first: the length of dL/dh beside that at the last, of h beside the input's.

    `widest` is the largest value of any layer, `given` that of the input.
    """

    gradient: np.ndarray
    signal: np.ndarray
    widest: float
    given: float


@lru_cache(maxsize=128)
def profile(cell: str, layers: int = 50, starts: tuple = (), seed: int = 8) -> Profile:
    """An untrained net of 16 units a layer, four random inputs, and a random gradient at its top."""
    rng, parsed = np.random.default_rng(seed), parse(LIBRARY[cell].equations)
    params = start(LIBRARY[cell], H, 1, H, rng, dict(starts), layers=layers)
    own = {p: params[p] for p in parsed.params}
    trace = run(parsed, own, np.zeros((layers, 1, B)), {"h": rng.normal(size=(H, B))})
    G = np.zeros((layers, H, B))
    G[-1] = rng.normal(size=(H, B))
    h, first = trace.values["h"], trace.values["h_prev"][:1]
    back = norms(backprop(trace, {"h": G}).signals["h"])
    return Profile(
        back / back[-1], norms(h) / norms(first), float(np.abs(h).max()), float(np.abs(first).max())
    )
