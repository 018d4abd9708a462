"""Losses: squared error and two cross-entropies, with their gradients, at the last, all or marked steps.

A loss is a mean over the sequences and over the steps that count, so it does not grow with either.
"""

import numpy as np

from lstm_viz.errors import LearnerError
from lstm_viz.ops import sigmoid


def loss(
    kind: str, when: str, y: np.ndarray, target: np.ndarray, counts: np.ndarray | None = None
) -> tuple[float, np.ndarray]:
    """The loss of the outputs y against the target, both (T, K, B), and dL/dy, zero where no step counts.

    `counts` (T, 1, B), above 0 at the steps that count, are looked at where `when` is "marked" alone.
    """
    if kind not in KINDS or when not in (*WHEN, MARKED):
        allowed = f"{', '.join(KINDS)}, at the {', '.join(WHEN)} or at {MARKED} steps"
        raise LearnerError(f"There is no loss “{kind}” at “{when}”. Allowed: {allowed}.")
    if y.shape != target.shape:
        raise LearnerError(
            f"The outputs have the shape {y.shape}, the target {target.shape}. Allowed: equals."
        )
    dy = np.zeros(y.shape, y.dtype)
    if when == MARKED:
        here = marked(counts, y.shape)
        value, slopes = KINDS[kind](picked(y, here), picked(target, here))
        np.moveaxis(dy, 1, 2)[here] = slopes[:, :, 0]
    else:
        steps = WHEN[when]
        value, dy[steps] = KINDS[kind](y[steps], target[steps])
    return float(value), dy


def marked(counts: np.ndarray | None, shape: tuple[int, ...]) -> np.ndarray:
    """Whether each step of each sequence counts, (T, B), for outputs of a shape (T, K, B).

    LearnerError for counts that don't fit, or by which none does.
    """
    T, _, B = shape
    if np.shape(counts) != (T, 1, B):
        given = "none" if counts is None else f"of the shape {np.shape(counts)}"
        raise LearnerError(f"The marks of the steps that count are {given}. Allowed: {(T, 1, B)}.")
    here = counts[:, 0] > 0
    if not here.any():
        raise LearnerError("No step is marked, so that nothing counts. Allowed: one marked step or more.")
    return here


def picked(a: np.ndarray, here: np.ndarray) -> np.ndarray:
    """The N steps of (T, K, B) that are marked (T, B), of all sequences one after the other: (N, K, 1)."""
    return np.moveaxis(a, 1, 2)[here][:, :, None]


def squared(y: np.ndarray, target: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean of (y − target)² over steps, outputs and sequences."""
    error = y - target
    return np.mean(error * error), 2 * error / error.size


def cross_entropy(y: np.ndarray, target: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean over steps and sequences of −Σ target · log softmax(y), in nats; target is one-hot."""
    log_p = log_softmax(y)
    count = y.shape[0] * y.shape[2]
    dy = np.exp(log_p) * target.sum(axis=1, keepdims=True) - target
    return -np.sum(target * log_p) / count, dy / count


def binary_cross_entropy(y: np.ndarray, target: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean over everything of −target · log σ(y) − (1 − target) · log(1 − σ(y)), in nats; target in 0..1.

    As max(y, 0) − target · y + log(1 + e^−|y|): nothing overflows, and no logarithm meets a rounded 0.
    """
    value = np.mean(np.maximum(y, 0.0) - target * y + np.log1p(np.exp(-np.abs(y))))
    return value, (sigmoid(y) - target) / y.size


def log_softmax(y: np.ndarray) -> np.ndarray:
    """The logarithm of the softmax over the outputs; the largest is taken off, so nothing overflows."""
    y = y - y.max(axis=1, keepdims=True)
    return y - np.log(np.exp(y).sum(axis=1, keepdims=True))


KINDS = {
    "squared": squared,
    "cross-entropy": cross_entropy,
    "binary cross-entropy": binary_cross_entropy,
}
WHEN, MARKED = {"end": slice(-1, None), "every": slice(None)}, "marked"
