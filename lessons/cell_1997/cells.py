"""One cell of 1997 whose weights are set by hand: a value, a request to write, a request to read.

Everything is computed by the engine from the library's `lstm1997`; all recurrent weights are 0, so that the
cell does not listen to itself.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.engine import Trace, backprop, run
from lstm_viz.library import LIBRARY

STEPS = 100
CELL = parse(LIBRARY["lstm1997"].equations)


class Knobs(NamedTuple):
    """The biases and weights of a cell: the input gate's, the output gate's, the candidate's."""

    b_i: float = -10.0
    w_i: float = 20.0
    b_o: float = -10.0
    w_o: float = 20.0
    w_g: float = 1.0
    b_g: float = 0.0


class Requests(NamedTuple):
    """At which steps, counted from 1, is asked to write and to read, and which values stand where."""

    write: tuple[int, ...] = ()
    read: tuple[int, ...] = ()
    values: tuple[tuple[int, float], ...] = ()


LATCH = Knobs(), Requests((3,), (STEPS,), ((3, 0.8),))
EVERY_FIFTH = tuple(range(5, STEPS + 1, 5))
ADDER = Knobs(w_g=0.1), Requests(EVERY_FIFTH, (STEPS,))
LEAK = 0.05  # how far the drifting cell's input gate is open
DRIFT = Knobs(b_i=float(np.log(LEAK / (1 - LEAK))), w_i=0.0, w_g=0.0, b_g=5.0), Requests()
SHUT = {"b_o": -60.0, "w_o": 0.0}


def parameters(knobs: Knobs) -> dict[str, np.ndarray]:
    """The cell's parameters: one unit, three inputs."""
    zero = np.zeros((1, 1))
    return {
        **{"W_i": np.array([[0.0, knobs.w_i, 0.0]]), "U_i": zero, "b_i": np.array([[knobs.b_i]])},
        **{"W_o": np.array([[0.0, 0.0, knobs.w_o]]), "U_o": zero, "b_o": np.array([[knobs.b_o]])},
        **{"W_c": np.array([[knobs.w_g, 0.0, 0.0]]), "U_c": zero, "b_c": np.array([[knobs.b_g]])},
    }


def inputs(requests: Requests, seed: int = 1, steps: int = STEPS) -> np.ndarray:
    """What the cell reads, (steps, 3, 1): values from −1 to 1 drawn from the seed, and the requests."""
    x = np.zeros((steps, 3, 1))
    x[:, 0, 0] = np.random.default_rng(seed).uniform(-1, 1, steps)
    for step, value in requests.values:
        x[step - 1, 0] = value
    for row, asked in ((1, requests.write), (2, requests.read)):
        x[[step - 1 for step in asked], row] = 1.0
    return x


def play(knobs: Knobs, requests: Requests, seed: int = 1, steps: int = STEPS) -> Trace:
    """The cell's run."""
    return run(CELL, parameters(knobs), inputs(requests, seed, steps))


def returned(trace: Trace) -> np.ndarray:
    """dL/dc at every step, where the loss is the last hidden state."""
    seed = np.zeros(trace.values["h"].shape)
    seed[-1] = 1.0
    return backprop(trace, {"h": seed}).signals["c"][:, 0, 0]
