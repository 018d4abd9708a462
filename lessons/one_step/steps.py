"""One step of the LSTM that adds two marked numbers, taken apart: every product and every sum of a unit."""

from typing import NamedTuple

import numpy as np

from lessons.seen import at
from lstm_viz.ops import OPS
from lstm_viz.stage import Run

SEEN = "/?open=c&t=33&unit=14"
UNIT, MARKED, STEPS = 13, 32, 60  # the fourteenth unit, the step of the second mark
LAYERS = {"f": "f", "i": "i", "o": "o", "g": "c"}  # a layer's signal, and the letter of its weights
VALUE, MARK = 0.17, 1.0  # what is read at MARKED, rounded as in the text


class Layer(NamedTuple):
    """What becomes of one unit's inputs in one layer: three parts, their sum, its value behind σ or tanh."""

    from_x: float
    from_h: float
    bias: float
    total: float
    value: float


class Step(NamedTuple):
    """One step of a unit: its layers by signal, and what its cell and its hidden state come to."""

    layers: dict[str, Layer]
    kept: float
    added: float
    c: float
    squashed: float
    h: float


def lstm() -> Run:
    """The trained LSTM's run in the Explorer's view."""
    return at(SEEN).runs[1]


def taken_apart(t: int, unit: int, x: np.ndarray | None = None) -> Step:
    """Step t (from 0) of a unit; `x` (D,) in place of what is read there."""
    trace = lstm().trace
    x = trace.values["x"][t, :, 0] if x is None else x
    h_prev, c_prev = before("h", t), before("c", t)
    layers = {name: layer(trace.params, name, unit, x, h_prev) for name in LAYERS}
    kept = layers["f"].value * c_prev[unit]
    added = layers["i"].value * layers["g"].value
    c = kept + added
    return Step(layers, kept, added, c, np.tanh(c), layers["o"].value * np.tanh(c))


def layer(params: dict, name: str, unit: int, x: np.ndarray, h_prev: np.ndarray) -> Layer:
    """One unit of one layer."""
    W, U, b = (params[f"{letter}_{LAYERS[name]}"][unit] for letter in "WUb")
    parts = (W @ x, U @ h_prev, b.item())
    function = "tanh" if name == "g" else "sigmoid"
    return Layer(*parts, sum(parts), OPS[function].value(sum(parts)).item())


def before(state: str, t: int) -> np.ndarray:
    """A state before step t (from 0), (H,)."""
    values = lstm().trace.values[state]
    return values[t - 1, :, 0] if t else np.zeros(values.shape[1])


def stacked(params: dict) -> np.ndarray:
    """All eight matrices as one of (4H, D + H), the layers below each other."""
    return np.concatenate(
        [np.concatenate([params[f"W_{letter}"], params[f"U_{letter}"]], axis=1) for letter in LAYERS.values()]
    )
