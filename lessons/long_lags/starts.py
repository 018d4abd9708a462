"""Untrained networks before a long lag: what their biases let through, and where their cell states go."""

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from lstm_viz import fast, losses, network
from lstm_viz.cell import parse
from lstm_viz.flow import norms
from lstm_viz.library import LIBRARY
from lstm_viz.tasks import TASKS

RECALL, LSTM = TASKS["recall"], LIBRARY["lstm"]
CELL = parse(LSTM.equations)
HIDDEN, LAG = 8, 100


class Begun(NamedTuple):
    """Of an untrained LSTM: the share of the last step's gradient that reaches the first cell state.

    Then the mean size of the cell states before the last step, and the mean slope of the tanh behind them.
    """

    gradient: float
    size: float
    slope: float


@lru_cache(maxsize=2048)
def begun(f: float, i: float, seed: int, sequences: int) -> Begun:
    """One network with these biases of its forget and input gates, reading through the lag."""
    rng, biases = np.random.default_rng(seed), {"b_f": float(f), "b_i": float(i)}
    params = network.start(LSTM, len(RECALL.inputs), len(RECALL.outputs), HIDDEN, rng, biases)
    batch = RECALL.draw(np.random.default_rng(100 + seed), LAG + 2, sequences)
    trace, y = network.forward(CELL, params, batch.x, run=fast.run)
    _, dy = losses.loss(RECALL.loss, RECALL.when, y, batch.target, batch.counts)
    back = partial(fast.backprop, wanted=("c",))
    back_at = norms(network.backward(trace, params, dy, back=back).signals["c"])
    c = trace.values["c"]
    return Begun(back_at[0] / back_at[-1], np.abs(c[-2]).mean(), (1 - np.tanh(c[-1]) ** 2).mean())


def median(f: float, i: float, seeds: int = 5, sequences: int = 200) -> Begun:
    """The median of each number over networks of several seeds."""
    return Begun(*np.median([begun(f, i, seed, sequences) for seed in range(1, seeds + 1)], axis=0))
