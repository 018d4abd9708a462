"""An LSTM written by hand, forward and backward: it shares no line with the engine and is its witness.

One step of a signal is (H, B), columns are sequences. A gradient has the type of what it belongs to: the
gradient of a step is again a step, with d loss / d c where that has c.
"""

from typing import NamedTuple

import numpy as np


class LSTMStep(NamedTuple):
    """What an LSTM reads and computes at one step; or the gradient of all that."""

    x: np.ndarray
    h_prev: np.ndarray
    c_prev: np.ndarray
    f: np.ndarray
    i: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray


class Factors(NamedTuple):
    """A factor in each line of the backward pass: all are 1, and another number spoils the line.

    `square_c` and `square_g` stand before the squares in the slopes of the two tanh: 0 forgets the slope.
    """

    do: float = 1.0
    dc: float = 1.0
    square_c: float = 1.0
    df: float = 1.0
    carry: float = 1.0
    di: float = 1.0
    dg: float = 1.0
    square_g: float = 1.0
    back: float = 1.0


RIGHT = Factors()


def sigmoid(z):
    """The logistic function."""
    return 1 / (1 + np.exp(-z))


def lstm_forward(p: dict, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> list[LSTMStep]:
    """Read x (T, D, B) from the states h and c (H, B)."""
    steps = []
    for x_t in x:
        h_prev, c_prev = h, c
        f = sigmoid(p["W_f"] @ x_t + p["U_f"] @ h_prev + p["b_f"])
        i = sigmoid(p["W_i"] @ x_t + p["U_i"] @ h_prev + p["b_i"])
        o = sigmoid(p["W_o"] @ x_t + p["U_o"] @ h_prev + p["b_o"])
        g = np.tanh(p["W_c"] @ x_t + p["U_c"] @ h_prev + p["b_c"])
        c = f * c_prev + i * g
        h = o * np.tanh(c)
        steps.append(LSTMStep(x_t, h_prev, c_prev, f, i, o, g, c, h))
    return steps


def lstm_backward(
    p: dict, steps: list[LSTMStep], G: np.ndarray, k: Factors = RIGHT
) -> tuple[dict, list[LSTMStep]]:
    """Gradients of the parameters and of every step, for a loss that depends on h_t by G_t (H, B)."""
    dp = {name: np.zeros(value.shape) for name, value in p.items()}
    dsteps = []
    dh_next = dc_next = 0.0  # nothing comes back from beyond the end
    for s, G_t in zip(reversed(steps), reversed(G), strict=True):
        dh = G_t + dh_next

        # h = o * tanh(c)
        do = k.do * dh * np.tanh(s.c)
        dc = k.dc * dh * s.o * (1 - k.square_c * np.tanh(s.c) ** 2) + dc_next

        # c = f * c_prev + i * g
        df = k.df * dc * s.c_prev
        dc_prev = k.carry * dc * s.f
        di = k.di * dc * s.g
        dg = k.dg * dc * s.i

        # back through sigmoid and tanh, to the sums inside
        da = {
            "f": df * s.f * (1 - s.f),
            "i": di * s.i * (1 - s.i),
            "o": do * s.o * (1 - s.o),
            "c": dg * (1 - k.square_g * s.g**2),
        }

        # every sum is W x + U h_prev + b
        for q, d in da.items():
            dp[f"W_{q}"] += d @ s.x.T
            dp[f"U_{q}"] += d @ s.h_prev.T
            dp[f"b_{q}"] += d.sum(axis=1, keepdims=True)
        dx = sum(p[f"W_{q}"].T @ d for q, d in da.items())
        dh_prev = k.back * sum(p[f"U_{q}"].T @ d for q, d in da.items())

        dsteps.insert(0, LSTMStep(dx, dh_prev, dc_prev, df, di, do, dg, dc, dh))
        dh_next, dc_next = dh_prev, dc_prev
    return dp, dsteps
