"""Beyond the lesson's own cell: the check of every cell, and how much arrives in untrained nets."""

from functools import lru_cache

import numpy as np

from lstm_viz import network
from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run
from lstm_viz.flow import check, norms
from lstm_viz.library import LIBRARY
from lstm_viz.losses import loss
from lstm_viz.tasks import TASKS

STEPS, UNITS, SEEDS = 200, 32, (1, 2, 3, 4, 5)
LAGS = (10, 50, 100, 199)
# By name: the cell, its forget bias if it has one, and what its recurrent matrices are multiplied by.
NETS = {
    "tanh network": ("rnn_tanh", None, 1.0),
    "tanh network, recurrent weights × 3": ("rnn_tanh", None, 3.0),
    "LSTM, forget bias 0": ("lstm", 0.0, 1.0),
    "LSTM, forget bias 1": ("lstm", 1.0, 1.0),
    "LSTM, forget bias 3": ("lstm", 3.0, 1.0),
    "LSTM, forget bias 5": ("lstm", 5.0, 1.0),
    "LSTM of 1997": ("lstm1997", None, 1.0),
}
VECTORS = tuple(
    name
    for name, variant in LIBRARY.items()
    if not variant.depth and not network.reads_maps(parse(variant.equations))
)


def worst_reading(name: str) -> float:
    """The reading of all weights of a cell of the library, with random numbers and three steps.

    All arrays are read as one: where one of them has no gradient, its own reading would be of rounding alone.
    """
    cell, rng = parse(LIBRARY[name].equations), np.random.default_rng(7)
    params = network.start(LIBRARY[name], 2, 1, 3, rng, {})
    params = {p: rng.normal(size=a.shape) * 0.7 if p in cell.params else a for p, a in params.items()}
    params |= fixed(name)
    x, G = rng.normal(size=(3, 2, 1)), rng.normal(size=(3, 3, 1))
    dt = rng.uniform(0.5, 3, size=(3, 1, 1))
    trace = run(cell, params, x, LIBRARY[name].initial, dt)
    found = backprop(trace, {"h": G}).params
    own = {p: params[p] for p in cell.params}
    numeric = check.slopes(
        lambda p: float((run(cell, p, x, LIBRARY[name].initial, dt).values["h"] * G).sum()), own
    )
    return check.reading(*(np.concatenate([a[p].ravel() for p in cell.params]) for a in (numeric, found)))


def fixed(name: str) -> dict[str, np.ndarray]:
    """Parameters that are not drawn, as an LMU's two matrices."""
    variant = LIBRARY[name]
    drawn = [network.start(variant, 2, 1, 3, np.random.default_rng(seed), {}) for seed in (1, 2)]
    return {p: a for p, a in drawn[0].items() if a.size > 1 and np.array_equal(a, drawn[1][p]) and a.any()}


@lru_cache(maxsize=64)
def left(name: str, seed: int) -> np.ndarray:
    """What is left of the gradient at each lag, on the state that carries it, of one untrained net."""
    cell_name, forget, scale = NETS[name]
    variant = LIBRARY[cell_name]
    cell = parse(variant.equations)
    constants = {} if forget is None else {"b_f": forget}
    params = network.start(variant, 2, 1, UNITS, np.random.default_rng([seed, 1]), constants)
    params |= {p: scale * U for p, U in params.items() if p.startswith("U_")}
    batch = TASKS["adding"].draw_test(np.random.default_rng([seed, 2]), STEPS, 1)
    trace, y = network.forward(cell, params, batch.x, variant.initial)
    _, dy = loss("squared", "end", y, batch.target)
    length = norms(network.backward(trace, params, dy).signals["c" if "c" in cell.states else "h"])
    return np.array([length[-1 - lag] for lag in LAGS]) / length[-1]


def profiles() -> dict[str, np.ndarray]:
    """By net the median of five seeds at lags of 10, 50, 100 and 199 steps."""
    return {name: np.median([left(name, seed) for seed in SEEDS], axis=0) for name in NETS}
