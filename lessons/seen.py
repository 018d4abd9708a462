"""What the Explorer shows at one of its addresses, for lessons that speak of it."""

from functools import lru_cache
from urllib.parse import parse_qsl

import numpy as np

from lstm_viz import flow
from lstm_viz.pages.arrival import arrive
from lstm_viz.pages.scene import Scene, scene
from lstm_viz.stage import Run


@lru_cache(maxsize=64)
def at(address: str) -> Scene:
    """The scene of an address, “/?T=100&seed=3”."""
    values, _, notes = arrive(dict(parse_qsl(address.partition("?")[2])))
    if notes:
        raise ValueError(f"{address}: {notes[0]}")
    return scene(values)


def share(run: Run, state: str) -> np.ndarray:
    """The norm of dL/d state at each step as a share of that at the last one: (T,)."""
    norms = flow.norms(run.grads.signals[state])
    return norms / norms[-1]
