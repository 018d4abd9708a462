"""xLSTM cells whose weights are set by hand: one that chooses by score, one that stores and finds.

What comes out is the engine's, from the equations of the library.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.engine import Trace, run
from lstm_viz.library import LIBRARY

OPEN = 100.0  # a logistic gate is 1 there, to the last digit
# Scores and values of eight steps: the best comes third, one nearly as good seventh.
SCORES = np.array([1.2, 0.4, 3.0, 0.7, 2.1, -0.5, 2.9, 0.1])
VALUES = np.array([0.2, -0.5, 0.8, 0.3, -0.7, 0.6, -0.9, 0.1])


class Memory(NamedTuple):
    """What a matrix memory holds and says: C (H, H); keys, values and its answers to every key (n, H)."""

    C: np.ndarray
    keys: np.ndarray
    values: np.ndarray
    answers: np.ndarray


def zeros(name: str, H: int, D: int) -> dict[str, np.ndarray]:
    """The parameters of a library cell, all 0."""
    cell = parse(LIBRARY[name].equations)
    size = {"H": H, "D": D, "1": 1, "N_n": H}
    return {p: np.zeros([size[letter] for letter in cell.shapes[p]]) for p in cell.params}


def chooser(
    sharp: float, scores: np.ndarray = SCORES, values: np.ndarray = VALUES, forget: float = OPEN
) -> Trace:
    """An sLSTM of one unit: `i_net` is the score times `sharp`, z the value, the output gate open."""
    p = zeros("slstm", 1, 2)
    p["W_i"][0, 0], p["W_z"][0, 1] = sharp, 1.0
    p["b_f"][:], p["b_o"][:] = forget, OPEN
    x = np.stack([scores, np.arctanh(values)], axis=1)[:, :, None]
    return run(parse(LIBRARY["slstm"].equations), p, x, LIBRARY["slstm"].initial)


def softmax_means(sharp: float, scores: np.ndarray = SCORES, values: np.ndarray = VALUES) -> np.ndarray:
    """The mean of the values so far, each weighted with the exponential of its sharpened score: (T,)."""
    found = []
    for t in range(1, len(scores) + 1):
        w = np.exp(sharp * (scores[:t] - scores[:t].max()))
        found.append((w * values[:t]).sum() / w.sum())
    return np.array(found)


def pairs(H: int, n: int, seed: int, alike: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """n random keys of length 1 and values (n, H); `alike` mixes one common vector into all keys."""
    rng = np.random.default_rng(seed)
    keys, values, common = rng.normal(size=(n, H)), rng.normal(size=(n, H)), rng.normal(size=H)
    keys = (1 - alike) * keys + alike * common
    return keys / np.linalg.norm(keys, axis=1, keepdims=True), values


@lru_cache(maxsize=64)
def stored(H: int, n: int, seed: int, alike: float = 0.0) -> Memory:
    """A memory for random pairs: written in n steps, asked in n more."""
    return store(*pairs(H, n, seed, alike))


def store(keys: np.ndarray, values: np.ndarray) -> Memory:
    """An mLSTM that writes each pair in a step, and then is asked with each key.

    Of its 2H + 1 inputs the first H are the key, which is also the query, the next H the value, and the last
    says whether to write. All its gates are open or shut.
    """
    n, H = keys.shape
    D = 2 * H + 1
    p = zeros("mlstm", H, D) | {"W_q": np.eye(H, D), "W_k": np.eye(H, D) * np.sqrt(H)}
    p |= {"W_v": np.eye(H, D, H), "b_o": np.full((H, 1), OPEN), "b_f": np.full((1, 1), OPEN)}
    p["b_i"], p["w_i"] = np.full((1, 1), -1000.0), np.eye(D, 1, -2 * H) * 1000
    x = np.zeros((2 * n, D, 1))
    x[:n, :H, 0] = x[n:, :H, 0] = keys
    x[:n, H : 2 * H, 0], x[:n, 2 * H, 0] = values, 1.0
    trace = run(parse(LIBRARY["mlstm"].equations), p, x, LIBRARY["mlstm"].initial).values
    return Memory(trace["C"][n - 1, ..., 0], keys, values, trace["h"][n:, :, 0])


def share(answers: np.ndarray, values: np.ndarray) -> float:
    """How many of the answers point nearer to the right value than to any other."""
    likeness = answers @ (values / np.linalg.norm(values, axis=1, keepdims=True)).T
    return float((likeness.argmax(axis=1) == np.arange(len(values))).mean())


@lru_cache(maxsize=256)
def recall(H: int, n: int, times: int = 10) -> float:
    """The share of n random pairs that are found again, over `times` memories.

    The sum that the cell arrives at is written out here: a hundred steps with matrices are slow.
    """
    found = []
    for seed in range(times):
        keys, values = pairs(H, n, seed)
        # The normaliser is one number for each answer: it lengthens, and turns nothing.
        found.append(share(keys @ (values.T @ keys).T, values))
    return float(np.mean(found))
