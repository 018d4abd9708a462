"""Witnesses for the engine that share no line with it: an LSTM and a GRU, backward by hand, and differences.

The LSTM stands in the lesson on backpropagation, which shows it. One step of a signal is (H, B), columns are
sequences. A gradient has the type of what it belongs to: the gradient of a step is again a step, with
d loss / d c where that has c.
"""

from typing import NamedTuple

import numpy as np

from lessons.backprop_by_hand.by_hand import LSTMStep, lstm_backward, lstm_forward, sigmoid

__all__ = [
    "GRUStep",
    "LSTMStep",
    "differences",
    "gru_backward",
    "gru_forward",
    "lstm_backward",
    "lstm_forward",
]


class GRUStep(NamedTuple):
    """What a GRU reads and computes at one step, v being U_h h_prev + bU_h; or the gradient of all that."""

    x: np.ndarray
    h_prev: np.ndarray
    r: np.ndarray
    z: np.ndarray
    v: np.ndarray
    n: np.ndarray
    h: np.ndarray


def gru_forward(p: dict, x: np.ndarray, h: np.ndarray) -> list[GRUStep]:
    """Read x (T, D, B) from the state h (H, B)."""
    steps = []
    for x_t in x:
        h_prev = h
        r = sigmoid(p["W_r"] @ x_t + p["U_r"] @ h_prev + p["b_r"])
        z = sigmoid(p["W_z"] @ x_t + p["U_z"] @ h_prev + p["b_z"])
        v = p["U_h"] @ h_prev + p["bU_h"]
        n = np.tanh(p["W_h"] @ x_t + p["b_h"] + r * v)
        h = (1 - z) * n + z * h_prev
        steps.append(GRUStep(x_t, h_prev, r, z, v, n, h))
    return steps


def gru_backward(p: dict, steps: list[GRUStep], G: np.ndarray) -> tuple[dict, list[GRUStep]]:
    """Gradients of the parameters and of every step, for a loss that depends on h_t by G_t (H, B)."""
    dp = {name: np.zeros(value.shape) for name, value in p.items()}
    dsteps = []
    dh_next = 0.0
    for s, G_t in zip(reversed(steps), reversed(G), strict=True):
        dh = G_t + dh_next

        # h = (1 - z) * n + z * h_prev
        dz = dh * (s.h_prev - s.n)
        dn = dh * (1 - s.z)
        dh_prev = dh * s.z

        # n = tanh(W_h x + b_h + r * v)
        da_n = dn * (1 - s.n**2)
        dr = da_n * s.v
        dv = da_n * s.r

        # r and z: back through sigmoid, to the sums inside
        da_r = dr * s.r * (1 - s.r)
        da_z = dz * s.z * (1 - s.z)

        # what the inputs multiply, and the biases beside them
        dx = 0.0
        for q, d in {"r": da_r, "z": da_z, "h": da_n}.items():
            dp[f"W_{q}"] += d @ s.x.T
            dp[f"b_{q}"] += d.sum(axis=1, keepdims=True)
            dx += p[f"W_{q}"].T @ d

        # what the old state multiplies; for the candidate that is v, inside the reset gate
        for q, d in {"r": da_r, "z": da_z, "h": dv}.items():
            dp[f"U_{q}"] += d @ s.h_prev.T
            dh_prev = dh_prev + p[f"U_{q}"].T @ d
        dp["bU_h"] += dv.sum(axis=1, keepdims=True)

        dsteps.insert(0, GRUStep(dx, dh_prev, dr, dz, dv, dn, dh))
        dh_next = dh_prev
    return dp, dsteps


def differences(loss, a: np.ndarray, eps: float = 1e-6) -> np.ndarray:
    """d loss() / d a by central differences: each number of `a` is moved both ways and put back."""
    slope = np.zeros(a.shape)
    for k in np.ndindex(a.shape):
        kept = a[k]
        a[k] = kept + eps
        above = loss()
        a[k] = kept - eps
        slope[k] = (above - loss()) / (2 * eps)
        a[k] = kept
    return slope
