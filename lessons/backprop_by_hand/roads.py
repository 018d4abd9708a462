"""The two roads of a gradient into the past: along the cell state, and round through the gates."""

from functools import lru_cache

import numpy as np

from lstm_viz import network
from lstm_viz.cell import parse
from lstm_viz.engine import Gradients, Trace, backprop, run
from lstm_viz.flow import norms
from lstm_viz.library import LIBRARY
from lstm_viz.losses import loss
from lstm_viz.pages.arrival import arrive
from lstm_viz.pages.scene import WEIGHTS, sequence

CELL = parse(LIBRARY["lstm"].equations)
STEPS, READS, SHORT = 200, 2, ("h",)
UNIT_STEPS, OPEN = 60, 5.0


@lru_cache(maxsize=32)
def untrained(H: int, seed: int, forget: float, scale: float = 1.0) -> tuple[Trace, Gradients, Gradients]:
    """An untrained LSTM over 200 steps of the adding problem: its run, its error back by both roads or one.

    `scale` multiplies the recurrent matrices. Where it is 1 network and sequence are the Explorer's.
    """
    params = network.start(
        LIBRARY["lstm"], READS, 1, H, np.random.default_rng([seed, WEIGHTS]), {"b_f": forget}
    )
    params |= {name: scale * U for name, U in params.items() if name.startswith("U_")}
    values, _, _ = arrive({"task": "adding", "T": str(STEPS), "seed": str(seed)})
    batch = sequence(values)[1]
    trace, y = network.forward(CELL, params, batch.x)
    _, dy = loss("squared", "end", y, batch.target)
    return trace, network.backward(trace, params, dy), network.backward(trace, params, dy, SHORT)


def profile(grads: Gradients) -> np.ndarray:
    """The norm of dL/dc at each step as a share of that at the last: (T,)."""
    n = norms(grads.signals["c"])
    return n / n[-1]


def open_unit(w: float) -> tuple[float, float]:
    """How far one unit with open gates can stretch a gradient over 60 steps: by both roads, by the short one.

    All gates have a bias of 5, all recurrent weights are w, there is no input, and the unit rests at 0.
    """
    params = {p: np.zeros((1, 1)) for p in CELL.params}
    params |= {name: np.full((1, 1), w) for name in params if name.startswith("U_")}
    params |= {name: np.full((1, 1), OPEN) for name in ("b_f", "b_i", "b_o")}
    # Two columns, one for each state at the end of which the gradient is asked.
    trace = run(CELL, params, np.zeros((UNIT_STEPS, 1, 2)))
    seeds = {s: np.zeros((UNIT_STEPS, 1, 2)) for s in ("c", "h")}
    seeds["c"][-1, 0, 0] = seeds["h"][-1, 0, 1] = 1.0
    whole = backprop(trace, seeds).initial
    J = np.concatenate([whole["c"], whole["h"]]).T
    short = backprop(trace, {"c": seeds["c"]}, SHORT).initial["c"][0, 0]
    return float(np.linalg.norm(J, 2)), float(short)
