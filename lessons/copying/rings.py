"""Networks that copy without having been trained: a ring, a carousel, a ring of switches.

All have the equation of a plain network, with tanh or without; what they read and say is the copy task's. The
readout is made for one length of sequences: it looks at the slot where the first symbol then is.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import Cell, parse
from lstm_viz.engine import Trace
from lstm_viz.library import LIBRARY
from lstm_viz.network import backward, forward
from lstm_viz.tasks import TASKS, Batch
from lstm_viz.tasks.copy_memory import INPUTS, LENGTH, OUTPUTS, SYMBOLS

COPY = TASKS["copy"]
LINEAR, SQUASHED = parse("h = W_h @ x + U_h @ h_prev + b_h"), parse(LIBRARY["rnn_tanh"].equations)
K, BLANK = len(SYMBOLS), OUTPUTS.index("–")
# A symbol as two signs, and the weight by which a switch keeps its own.
SIGNS, KEEP = np.array([[1, 1, -1, -1], [1, -1, 1, -1]], float), 2.0


class Net(NamedTuple):
    """A network: its cell and its parameters, and how many units a slot has."""

    cell: Cell
    params: dict[str, np.ndarray]
    slot: int


def ring(T: int, slots: int = LENGTH) -> Net:
    """A linear ring of slots of four units, one a symbol, for sequences of T steps."""
    return Net(LINEAR, _turning(T, slots, np.eye(K), 1.0), K)


def switches(T: int, slots: int = LENGTH) -> Net:
    """The same of tanh units, two a slot, whose signs say the symbol."""
    made = _turning(T, slots, SIGNS, KEEP)
    return Net(SQUASHED, made | {"W_h": KEEP * made["W_h"]}, len(SIGNS))


def carousel(T: int) -> Net:
    """Four units, one a symbol, which add up what is read."""
    return ring(T, 1)


def _turning(T: int, slots: int, code: np.ndarray, keep: float) -> dict[str, np.ndarray]:
    """Parameters: `code` (units, K) is written to the first slot, each slot handed to the next by `keep`."""
    size, place = len(code), (T - LENGTH) % slots
    write, say = np.zeros((size * slots, len(INPUTS))), np.zeros((len(OUTPUTS), size * slots))
    write[:size, :K], say[:K, size * place : size * (place + 1)] = code, code.T
    return {
        "W_h": write,
        "U_h": keep * np.kron(np.roll(np.eye(slots), 1, axis=0), np.eye(size)),
        "b_h": np.zeros((size * slots, 1)),
        "W_y": say,
        # A blank is never asked for where answers count.
        "b_y": np.where(np.arange(len(OUTPUTS)) == BLANK, -10.0, 0.0)[:, None],
    }


def sequences(T: int, B: int, seed: int = 1) -> Batch:
    """B sequences of T steps of the copy task."""
    return COPY.draw(np.random.default_rng(seed), T, B)


def heard(net: Net, batch: Batch, noise: float = 0.0, run=fast.run) -> tuple[Trace, np.ndarray]:
    """What a network computes and says, with noise of that size added to every unit at every step."""
    H, (T, _, B) = len(net.params["U_h"]), batch.x.shape
    shaken = noise * np.random.default_rng(2).normal(size=(T, H, B))
    more = {"W_h": np.hstack([net.params["W_h"], np.eye(H)])}
    return forward(net.cell, net.params | more, np.concatenate([batch.x, shaken], axis=1), run=run)


def wrong(net: Net, batch: Batch, noise: float = 0.0) -> float:
    """The share of the answers that are wrong, in per cent."""
    _, y = heard(net, batch, noise)
    return 100 * float((y[-LENGTH:].argmax(axis=1) != batch.target[-LENGTH:].argmax(axis=1)).mean())


def arrived(net: Net, batch: Batch) -> np.ndarray:
    """The norm of the gradient on the state at every step, as a share of the last one's: (T,).

    It is that of the first symbol's score in the last answer, of the first sequence.
    """
    x = batch.x[:, :, :1]
    trace, y = forward(net.cell, net.params, x)
    dy = np.zeros(y.shape)
    dy[-1, 0] = 1.0
    norms = np.linalg.norm(backward(trace, net.params, dy).signals["h"][:, :, 0], axis=1)
    return norms / norms[-1]
