"""Networks that add without having been trained: two rectified units, and one cell of 1997.

Both read a value and a mark, as the task gives them; the parameters are the library's, the numbers ours.
"""

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.engine import Trace
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.tasks import TASKS, Batch

RELU, OLD = (parse(LIBRARY[name].equations) for name in ("rnn_relu", "lstm1997"))
ADDING = TASKS["adding"]
GATE, SUM = 0, 1  # the two rectified units


def two_units(keep: float = 1.0, bias: float = -1.0, mark: float = 1.0, said: float = 0.0) -> dict:
    """A gate and a carousel: relu(value + mark · weight + bias), and a sum that keeps itself by `keep`.

    `said` is the readout's bias.
    """
    return {
        "W_h": np.array([[1.0, mark], [0.0, 0.0]]),
        "U_h": np.array([[0.0, 0.0], [1.0, keep]]),
        "b_h": np.array([[bias], [0.0]]),
        "W_y": np.ones((1, 2)),
        "b_y": np.full((1, 1), said),
    }


def soft(weight: float) -> dict:
    """A cell of 1997 that writes at the mark the tanh of `weight` times the value, and says it so often."""
    zero = np.zeros((1, 1))
    return {
        **{"W_i": np.array([[0.0, 20.0]]), "U_i": zero, "b_i": np.full((1, 1), -10.0)},
        **{"W_o": np.zeros((1, 2)), "U_o": zero, "b_o": np.full((1, 1), 20.0)},
        **{"W_c": np.array([[weight, 0.0]]), "U_c": zero, "b_c": zero},
        **{"W_y": np.full((1, 1), 1 / weight), "b_y": zero},
    }


def sequences(T: int, B: int, seed: int = 1) -> Batch:
    """B sequences of the adding problem."""
    return ADDING.draw(np.random.default_rng(seed), T, B)


def off(cell, params: dict, batch: Batch) -> np.ndarray:
    """By how much the last answer of each sequence is wrong: (B,)."""
    _, y = forward(cell, params, batch.x, run=fast.run)
    return (y[-1] - batch.target[-1])[0]


def squared(cell, params: dict, batch: Batch) -> float:
    """The mean squared error of the last answers."""
    return float((off(cell, params, batch) ** 2).mean())


def walked(params: dict, batch: Batch) -> Trace:
    """What the two units do over the first of the sequences."""
    return forward(RELU, params, batch.x[:, :, :1])[0]
