"""The rule book: the value, the derivatives and the sign of every operation, one row each.

A derivative is text in the language of the cells themselves, so that the line that computes a gradient is
the line that is shown. It speaks of the operands `a` and `b`, the result `y` and the cotangent `d` = dL/dy.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Op(NamedTuple):
    """One operation: its value, dL/da (and dL/db) in the language, its sign in a picture."""

    value: Callable[..., np.ndarray]
    derivatives: tuple[str, ...]
    sign: str


def sigmoid(z: np.ndarray) -> np.ndarray:
    """The logistic function, through tanh, which cannot overflow."""
    return 0.5 * (np.tanh(0.5 * z) + 1.0)


OPS = {
    "add": Op(np.add, ("d", "d"), "+"),
    "sub": Op(np.subtract, ("d", "-d"), "−"),
    "mul": Op(np.multiply, ("d * b", "d * a"), "×"),
    "div": Op(np.divide, ("d / b", "-d * y / b"), "÷"),
    "matmul": Op(np.matmul, ("d @ transpose(b)", "transpose(a) @ d"), "·"),
    "neg": Op(np.negative, ("-d",), "−"),
    "identity": Op(lambda a: a, ("d",), "="),
    "sigmoid": Op(sigmoid, ("d * y * (1 - y)",), "σ"),
    "tanh": Op(np.tanh, ("d * (1 - y * y)",), "tanh"),
    "relu": Op(lambda a: np.maximum(a, 0.0), ("d * step(a)",), "relu"),
    "exp": Op(np.exp, ("d * y",), "exp"),
    "log": Op(np.log, ("d / a",), "log"),
    "transpose": Op(lambda a: np.swapaxes(a, -1, -2), ("transpose(d)",), "⊤"),
    "step": Op(lambda a: np.where(a > 0, 1.0, 0.0), ("0 * d",), "step"),
}

# What a cell may call. `transpose` and `step` exist for the derivatives alone.
FUNCTIONS = ("sigmoid", "tanh", "relu", "exp", "log")
