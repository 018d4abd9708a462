"""Nets that count, written by hand: an LSTM for two letters or three, and a GRU for two."""

from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.ops import sigmoid
from lstm_viz.tasks.powers import strings

OPEN, SHUT, STEP, OVER = 40.0, -40.0, 20.0, 0.3  # sums of gates, of candidates; what T always has
MOST = 130


class Net(NamedTuple):
    """A cell of the library, its weights with the output layer's, and the letters that it counts.

    `tally` names the state that counts, `unit` is one step of it; its first rows are the tallies.
    """

    cell: str
    params: dict[str, np.ndarray]
    letters: str
    tally: str
    unit: float


class Read(NamedTuple):
    """A string that was read: labels, the counting state (T, H), what is said (T, K), where it is right."""

    labels: tuple[str, ...]
    states: np.ndarray
    y: np.ndarray
    right: np.ndarray
    counts: np.ndarray


def column(*values: float) -> np.ndarray:
    """A column of numbers."""
    return np.array(values, float)[:, None]


def lstm2(bias: float) -> Net:
    """Counts a's up and b's down with a forget gate at this bias; its second unit knows that a's go on."""
    cell = parse(LIBRARY["lstm"].equations)
    params = silent(cell, 2, 3) | {
        "b_f": column(bias, SHUT),
        "b_i": column(OPEN, OPEN),
        "b_o": column(OPEN, OPEN),
        "W_c": np.array([[0, STEP, -STEP], [STEP, STEP, 0]]),
        "W_y": np.array([[0.0, 1], [1, 0], [0, 0]]),
        "b_y": column(0, 0, OVER),
    }
    return Net("lstm", params, "ab", "c", 1.0)


def lstm3(bias: float) -> Net:
    """The same for three letters: the second tally rises with the b's and falls with the c's."""
    cell = parse(LIBRARY["lstm"].equations)
    params = silent(cell, 3, 4) | {
        "b_f": column(bias, bias, SHUT),
        "b_i": column(OPEN, OPEN, OPEN),
        "b_o": column(OPEN, OPEN, OPEN),
        "W_c": np.array([[0, STEP, -STEP, 0], [0, 0, STEP, -STEP], [STEP, STEP, 0, 0]]),
        "W_y": np.array([[0.0, 0, 1], [1, 0, 0], [0, 0.5, 0], [0, 0, 0]]),
        "b_y": column(0, 0, 0, OVER),
    }
    return Net("lstm", params, "abc", "c", 1.0)


def gru2(bias: float) -> Net:
    """A GRU with the same candidates and this bias of its update gate: what it does not keep it adds."""
    cell, step = parse(LIBRARY["gru_reset_after"].equations), 1 - sigmoid(bias)
    params = silent(cell, 2, 3) | {
        "b_r": column(OPEN, OPEN),
        "b_z": column(bias, SHUT),
        "W_h": np.array([[0, STEP, -STEP], [STEP, STEP, 0]]),
        "W_y": np.array([[0.0, 2], [1 / step, 0], [0, 0]]),
        "b_y": column(0, 0, OVER),
    }
    return Net("gru_reset_after", params, "ab", "h", step)


def silent(cell, H: int, D: int) -> dict[str, np.ndarray]:
    """All of a cell's parameters as zeros, for H units and D inputs."""
    size = {"H": H, "D": D, "1": 1}
    return {p: np.zeros([size[letter] for letter in cell.shapes[p]]) for p in cell.params}


def read(net: Net, n: int) -> Read:
    """What a net makes of the string of n."""
    L = len(net.letters)
    batch = strings(net.letters, np.array([n]), L * n + 1 if L * n + 1 >= 5 else 5)
    trace, y = forward(parse(LIBRARY[net.cell].equations), net.params, batch.x, run=fast.run)
    steps = np.arange(len(batch.x)) <= L * n
    states = trace.values[net.tally][steps, :, 0] / net.unit
    labels = tuple(label for label, kept in zip(batch.labels, steps, strict=True) if kept)
    return Read(labels, states, y[steps, :, 0], right(batch, y)[steps, 0], batch.counts[steps, 0, 0])


def right(batch, y: np.ndarray) -> np.ndarray:
    """Whether all that may come stands above all that may not, (T, B)."""
    lowest = np.where(batch.legal > 0, y, np.inf).min(axis=1)
    return lowest > np.where(batch.legal > 0, -np.inf, y).max(axis=1)


def reach(net: Net, most: int = MOST) -> int:
    """The largest n up to which every string is right, `most` at most."""
    batch = strings(net.letters, np.arange(1, most + 1), len(net.letters) * most + 1)
    _, y = forward(parse(LIBRARY[net.cell].equations), net.params, batch.x, run=fast.run)
    good = (right(batch, y) | (batch.counts[:, 0] == 0)).all(axis=0)
    return int(np.logical_and.accumulate(good).sum())
