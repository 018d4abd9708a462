"""Plain recurrent networks whose weights are set by hand: how their states move, and their gradients back.

States and Jacobians come from the engine, which reads x (T, D) of one sequence from a start (H,).
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.engine import Trace, run
from lstm_viz.flow.jacobians import transitions

SUM = "W_h @ x + U_h @ h_prev + b_h"
CELLS = {
    "tanh": parse(f"h = tanh({SUM})"),
    "relu": parse(f"h = relu({SUM})"),
    "logistic": parse(f"h = sigmoid({SUM})"),
    "linear": parse(f"h = {SUM}"),
}


class Net(NamedTuple):
    """A plain network: which function each unit has, as in CELLS, U (H, H), W (H, D), b (H,)."""

    kind: str
    U: np.ndarray
    W: np.ndarray
    b: np.ndarray


def net(kind: str, U, W=None, b=None) -> Net:
    """A network from lists; without W it has one input that nothing hears, without b no bias."""
    U = np.array(U, float)
    H = len(U)
    W = np.zeros((H, 1)) if W is None else np.array(W, float).reshape(H, -1)
    return Net(kind, U, W, np.zeros(H) if b is None else np.array(b, float))


def given(n: Net, x, start=None) -> tuple[dict, np.ndarray, dict]:
    """What the engine needs: the parameters, x (T, D, 1), and the start, 0 if not given."""
    first = np.zeros(len(n.U)) if start is None else np.array(start, float)
    params = {"W_h": n.W, "U_h": n.U, "b_h": n.b[:, None]}
    return params, np.array(x, float).reshape(len(x), -1, 1), {"h": first[:, None]}


def trace(n: Net, x, start=None) -> Trace:
    """One run over x (T, D), or (T,) of one input, from the start, 0 if not given."""
    return run(CELLS[n.kind], *given(n, x, start))


def states(n: Net, x, start=None) -> np.ndarray:
    """The states (T + 1, H), the start being the first."""
    values = trace(n, x, start).values
    return np.concatenate([values["h_prev"][:1], values["h"]])[:, :, 0]


def jacobians(n: Net, x, start=None) -> np.ndarray:
    """∂h_t/∂h_{t−1} at each step: (T, H, H)."""
    return transitions(CELLS[n.kind], *given(n, x, start)).matrices


def turn(degrees: float, stretch: float = 1.0) -> np.ndarray:
    """The matrix (2, 2) that turns the plane and stretches it."""
    a = np.radians(degrees)
    return stretch * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])


def ring(units: int) -> np.ndarray:
    """The matrix by which each unit hears the one before it, and the first the last."""
    return np.roll(np.eye(units), 1, axis=0)
