"""Networks that learn lines with their weights frozen, and the delta rule, on the same lines."""

from functools import lru_cache

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.engine import Trace
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.pages.scene import trained
from lstm_viz.tasks import Batch
from lstm_viz.tasks.lines import examples

HIDDEN, POINTS, LINES, SEED, RATE = 16, 20, 10_000, 1997, 0.7
PART = 1000  # lines at once: a run keeps every signal
NETS = {"LSTM": "lstm", "GRU": "gru_reset_after", "tanh RNN": "rnn_tanh"}


@lru_cache(maxsize=4)
def lines(count: int = LINES, points: int = POINTS) -> tuple[np.ndarray, np.ndarray, Batch]:
    """New lines: their slopes and heights at zero (count,), and their sequences."""
    rng = np.random.default_rng(SEED)
    a, b = rng.uniform(-1, 1, (2, count))
    return a, b, examples(a, b, rng.uniform(-1, 1, (points, count)))


def ran(
    name: str, x: np.ndarray, first: dict | None = None, params: dict | None = None
) -> tuple[Trace, np.ndarray]:
    """A network over x (T, 2, B): its run and what it says (T, B); the shipped weights, if none are given."""
    cell = parse(LIBRARY[NETS[name]].equations)
    params = params or trained("lines", NETS[name], HIDDEN).params
    trace, y = forward(cell, params, x, first, run=fast.run)
    return trace, y[:, 0]


def errors(name: str, batch: Batch, params: dict | None = None) -> np.ndarray:
    """The mean squared error at each point, (T,)."""
    parts = [slice(k, k + PART) for k in range(0, batch.x.shape[2], PART)]
    said = np.concatenate([ran(name, batch.x[..., part], params=params)[1] for part in parts], axis=1)
    return ((said - batch.target[:, 0]) ** 2).mean(axis=1)


def delta(batch: Batch, rate: float = RATE) -> np.ndarray:
    """That of the delta rule: two weights from 0, moved after each answer against its error."""
    x, y = batch.x[:, 0], batch.target[:, 0]
    slope, height = np.zeros((2, x.shape[1]))
    found = []
    for here, right in zip(x, y, strict=True):
        off = right - slope * here - height
        found.append((off**2).mean())
        slope, height = slope + rate * off * here, height + rate * off
    return np.array(found)


def one_point(batch: Batch) -> float:
    """The least mean squared error at the second point: the variance of all lines through the first.

    Slopes between the two at which the height leaves (−1, 1) are equally likely.
    """
    (x, then), y = batch.x[:2, 0], batch.target[0, 0]
    low = np.maximum(-1, np.where(x > 0, (y - 1) / x, (y + 1) / x))
    high = np.minimum(1, np.where(x > 0, (y + 1) / x, (y - 1) / x))
    return float(((then - x) ** 2 * (high - low) ** 2 / 12).mean())


def two_points(batch: Batch) -> float:
    """The largest error at any later point of whoever draws the line through the first two."""
    x, y = batch.x[:, 0], batch.target[:, 0]
    slope = (y[1] - y[0]) / (x[1] - x[0])
    return float(np.abs(y[0] + slope * (x - x[0]) - y).max())


def opinion(name: str, batch: Batch, points: int, asked: np.ndarray) -> np.ndarray:
    """What the network would say at each place `asked` after so many points of the batch's first line."""
    x, first, before = batch.x[:points, :, :1], None, 0.0
    if points:
        trace = ran(name, x)[0]
        # Its states have read as many answers as points but one; that one comes with the next question.
        first = {s: np.repeat(trace.values[s][-1], len(asked), axis=1) for s in trace.cell.states}
        before = float(batch.target[points - 1, 0, 0])
    question = np.stack([asked, np.full_like(asked, before)])[None]
    return ran(name, question, first)[1][0]
