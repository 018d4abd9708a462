"""A network: a library cell and a linear readout y = W_y h + b_y.

The parameters of both live in one dict; the readout's two are `W_y` (K, H) and `b_y` (K, 1).
"""

import math

import numpy as np

from lstm_viz.cell import Cell, parse
from lstm_viz.engine import Gradients, Trace, backprop, run
from lstm_viz.errors import LearnerError
from lstm_viz.library.variant import Variant

MAX_HIDDEN, MAX_CHANNELS, MAX_CONSTANT = 64, 128, 100.0
READOUT = ("W_y", "b_y")


def start(
    variant: Variant, D: int, K: int, H: int, rng: np.random.Generator, constants: dict | None = None
) -> dict:
    """Parameters for D inputs, K outputs, H hidden units; `constants` fill what they name, as {"b_f": 3.0}.

    Uniform in ±1/√H, as in PyTorch. The readout is drawn first, then the cell's parameters in the order in
    which its equations use them: at one seed all cells start with the same readout, and a constant, the
    variant's own (`variant.start`) or one given here, leaves every other number as it was.
    """
    cell = parse(variant.equations)
    own = {name: value for name, value in variant.start.items() if name in cell.params}
    return draw(cell, D, K, H, rng, own | (constants or {}))


def draw(cell: Cell, D: int, K: int, H: int, rng: np.random.Generator, constants: dict) -> dict:
    """The parameters of `start` for any cell: what is not in `constants` is random."""
    sizes = shapes(cell, D, K, H)
    check_constants(constants, sizes)
    params = {name: rng.uniform(-1, 1, size) / math.sqrt(H) for name, size in sizes.items()}
    return params | {name: np.full(sizes[name], float(value)) for name, value in constants.items()}


def shapes(cell: Cell, D: int, K: int, H: int) -> dict[str, tuple[int, int]]:
    """The shape of every parameter, in the order of drawing; a sentence for sizes that cannot be."""
    check_size("hidden units", H, MAX_HIDDEN)
    check_size("inputs", D, MAX_CHANNELS)
    check_size("outputs", K, MAX_CHANNELS)
    taken = [name for name in READOUT if name in cell.shapes]
    if taken:
        raise LearnerError(
            f"The cell uses the name {taken[0]}, which is the readout's. Allowed: another name."
        )
    size = {"H": H, "D": D, "1": 1}
    cell_shapes = {name: tuple(size[letter] for letter in cell.shapes[name]) for name in cell.params}
    return {"W_y": (K, H), "b_y": (K, 1)} | cell_shapes


def forward(cell: Cell, params: dict, x: np.ndarray, initial: dict | None = None) -> tuple[Trace, np.ndarray]:
    """Read x (T, D, B): what the cell computed, and y (T, K, B) at every step."""
    trace = run(cell, {name: params[name] for name in cell.params if name in params}, x, initial)
    return trace, readout(trace, params)


def readout(trace: Trace, params: dict) -> np.ndarray:
    """What the network says of a run: y (T, K, B) at every step."""
    return params["W_y"] @ trace.values["h"] + params["b_y"]


def backward(trace: Trace, params: dict, dy: np.ndarray) -> Gradients:
    """dL/d everything from dL/dy (T, K, B); `params` of the result holds W_y's and b_y's too."""
    grads = backprop(trace, {"h": params["W_y"].T @ dy})
    dW_y = np.tensordot(dy, trace.values["h"], axes=((0, 2), (0, 2)))
    readout = {"W_y": dW_y, "b_y": dy.sum(axis=(0, 2))[:, None]}
    return grads._replace(params=readout | grads.params)


def check_size(what: str, size, largest: int, least: int = 1) -> None:
    """A sentence where `size` is not a whole number from `least` to `largest`."""
    whole = isinstance(size, int | np.integer) and not isinstance(size, bool)
    if not whole or not least <= size <= largest:
        allowed = f"a whole number from {least} to {largest:,}"
        raise LearnerError(f"{brief(size)} {what} cannot be. Allowed: {allowed}.")


def check_constants(constants: dict, names) -> None:
    """A sentence where a constant names no parameter or is not a number of a sensible size."""
    for name, value in constants.items():
        if name not in names:
            allowed = ", ".join(names)
            raise LearnerError(f"There is no parameter “{brief(name)}” to set. Allowed: {allowed}.")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not abs(value) <= MAX_CONSTANT:
            limit = f"numbers from {-MAX_CONSTANT:g} to {MAX_CONSTANT:g}"
            raise LearnerError(f"{name} = {brief(value)} cannot be. Allowed: {limit}.")


def brief(value) -> str:
    """A value as it is quoted in a sentence: 20 characters at most, however long it is."""
    if isinstance(value, int) and value.bit_length() > 60:
        return "A number that large"
    text = "".join(c if c.isprintable() else " " for c in str(value)[:21])
    return text if len(text) <= 20 else text[:19] + "…"
