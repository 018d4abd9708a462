"""Forecasts of the sunspots after 1900 by a network trained on the years before, and by simple rules.

Errors are squared and in units of the variance of the training years.
"""

from functools import lru_cache

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.pages.scene import trained
from lstm_viz.tasks.sunspots import LAST_TRAINING_YEAR, series

HIDDEN, PAST, AHEAD = 16, 60, 11  # units; years that are read; years ahead


def weighted(n: int) -> float:
    """The error one year ahead of the best weighted sum of the last n years, found on the training years."""
    years, _, z = series()
    past = np.stack([z[n - 1 - k : len(z) - 1 - k] for k in range(n)] + [np.ones(len(z) - n)], axis=1)
    old = years[n:] <= LAST_TRAINING_YEAR
    weights, *_ = np.linalg.lstsq(past[old], z[n:][old], rcond=None)
    return float(((past @ weights - z[n:])[~old] ** 2).mean())


def next_year() -> tuple[float, float]:
    """The errors one year ahead: the network's, which has read all years so far, and that of persistence."""
    years, _, z = series()
    cell, params = parse(LIBRARY["lstm"].equations), trained("sunspots", "lstm", HIDDEN).params
    said = forward(cell, params, z[:-1, None, None])[1][:, 0, 0]
    new = years[1:] > LAST_TRAINING_YEAR
    return float(((said - z[1:])[new] ** 2).mean()), float((np.diff(z)[new] ** 2).mean())


@lru_cache(maxsize=1)
def horizons() -> dict[str, np.ndarray]:
    """The errors 1 to 11 years ahead of the network, of persistence and of the training years' mean."""
    years, _, z = series()
    cell, params = parse(LIBRARY["lstm"].equations), trained("sunspots", "lstm", HIDDEN).params
    now = np.flatnonzero((years >= LAST_TRAINING_YEAR) & (np.arange(len(years)) + AHEAD < len(years)))
    x, states, said = z[now + np.arange(-PAST, 1)[:, None]][:, None], None, []
    for _ in range(AHEAD):
        trace, y = forward(cell, params, x, states)
        states = {name: trace.values[name][-1] for name in cell.states}
        said.append(y[-1, 0])
        x = y[-1:]
    right = z[now + np.arange(1, AHEAD + 1)[:, None]]
    found = {"LSTM": np.array(said), "as this year": z[now], "the old mean": np.zeros(len(now))}
    return {name: ((values - right) ** 2).mean(axis=1) for name, values in found.items()}
