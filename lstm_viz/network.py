"""A network: a library cell and a linear readout y = W_y h + b_y, at every step and for maps at every pixel.

The parameters of both live in one dict; the readout's two are `W_y` (K, H) and `b_y` (K, 1). A cell that
never reads x, as a deep net's, begins from the first input: h_0 = W_in x_1, with `W_in` (H, D).
"""

import math
from collections.abc import Callable

import numpy as np

from lstm_viz.cell import Cell, leaves, parse
from lstm_viz.engine import Gradients, Trace, backprop, run
from lstm_viz.errors import LearnerError
from lstm_viz.legendre import discrete
from lstm_viz.library.variant import Chrono, Legendre, Start, Variant

MAX_HIDDEN, MAX_CHANNELS, MAX_CONSTANT, MAX_MEMORY = 64, 128, 100.0, 100_000
READOUT, READIN = ("W_y", "b_y"), "W_in"
# Sizes that nothing else tells: kernels of 3 by 3 on maps of one pixel.
USUAL = {"1": 1, "k": 3, "R": 1, "S": 1}


def start(
    variant: Variant,
    D: int,
    K: int,
    H: int,
    rng: np.random.Generator,
    constants: dict | None = None,
    sizes: dict | None = None,
    layers: int = 0,
) -> dict:
    """Parameters for D inputs, K outputs, H hidden units; `constants` fill what they name, as {"b_f": 3.0}.

    Uniform in ±1/√H, as in PyTorch. The readout is drawn first, then the cell's parameters in the order in
    which its equations use them: at one seed all cells start with the same readout, and a constant, the
    variant's own (`variant.start`) or one given here, leaves every other number as it was. `sizes` are those
    of maps, {"R": 8, "S": 8, "k": 3}; a deep net has weights for each of its `layers`.
    """
    cell = parse(variant.equations)
    own = {name: value for name, value in variant.start.items() if name in cell.params}
    layers = layers if variant.depth else 0
    return draw(cell, D, K, H, rng, own | (constants or {}), variant.sizes | (sizes or {}), layers)


def draw(
    cell: Cell,
    D: int,
    K: int,
    H: int,
    rng: np.random.Generator,
    constants: dict,
    more: dict | None = None,
    layers: int = 0,
) -> dict:
    """The parameters of `start` for any cell: what is not in `constants` is random."""
    sizes = shapes(cell, D, K, H, more, layers)
    check_constants(constants, sizes)
    params = {name: rng.uniform(-1, 1, size) / math.sqrt(H) for name, size in sizes.items()}
    memories = (more or {}).get("N_u", 1)
    return params | {name: filled(value, params[name], memories) for name, value in constants.items()}


def filled(value: Start, drawn: np.ndarray, memories: int) -> np.ndarray:
    """A parameter that does not start as it was drawn; "orthogonal" is the rotation in what was drawn."""
    shape = drawn.shape
    if value == "identity":
        return np.broadcast_to(np.eye(*shape[-2:]), shape).copy()
    if value == "orthogonal":
        q, r = np.linalg.qr(drawn)
        return q * np.where(np.diagonal(r, axis1=-2, axis2=-1) < 0, -1.0, 1.0)[..., None, :]
    if isinstance(value, Chrono):
        longest = np.linspace(1.0, value.longest - 1.0, shape[0])
        return np.broadcast_to(value.sign * np.log(longest)[:, None], shape).copy()
    if isinstance(value, Legendre):
        matrices = discrete(shape[0] // memories, value.window, value.method)
        return np.kron(np.eye(memories), matrices["AB".index(value.matrix)])
    return np.full(shape, float(value))


def shapes(
    cell: Cell, D: int, K: int, H: int, more: dict | None = None, layers: int = 0
) -> dict[str, tuple[int, ...]]:
    """The shape of every parameter, in the order of drawing; a sentence for sizes that cannot be."""
    check_size("hidden units", H, MAX_HIDDEN)
    check_size("inputs", D, MAX_CHANNELS)
    check_size("outputs", K, MAX_CHANNELS)
    taken = [name for name in (*READOUT, READIN) if name in cell.shapes]
    if taken:
        raise LearnerError(
            f"The cell uses the name {taken[0]}, which is the network's. Allowed: another name."
        )
    size = USUAL | (more or {})
    pixels = size["R"] * size["S"] if reads_maps(cell) else 1
    size |= {"H": H, "D": D // pixels}
    first = {READIN: (H, D)} if begins_from_input(cell) else {}
    own = {p: tuple(size.get(letter, H) for letter in cell.shapes[p]) for p in cell.params}
    own = {p: (layers, *shape) if layers else shape for p, shape in own.items()}
    return {"W_y": (K // pixels, H), "b_y": (K // pixels, 1)} | first | own


def numbers(cell: Cell, H: int, sizes: dict | None = None) -> int:
    """How many numbers the cell computes at a step of one sequence; `sizes` are those that are not H."""
    size = {"1": 1, "B": 1} | (sizes or {})
    return sum(math.prod(size.get(letter, H) for letter in cell.shapes[node.name]) for node in cell.nodes)


def reads_maps(cell: Cell) -> bool:
    """Whether the cell's input is maps (D, R, S, B) and not a vector."""
    return len(cell.shapes["x"]) == 4


def begins_from_input(cell: Cell) -> bool:
    """Whether the cell never reads x, so that the first input must be its initial state."""
    return not any("x" in leaves(e.expr) for e in cell.equations)


def forward(
    cell: Cell,
    params: dict,
    x: np.ndarray,
    initial: dict | None = None,
    dt: np.ndarray | None = None,
    image: tuple[int, int] = (1, 1),
    run: Callable = run,
) -> tuple[Trace, np.ndarray]:
    """Read x (T, D, B): what the cell computed, and y (T, K, B) at every step.

    `dt` (T, 1, B) are the times since the last input, one unit where not given. A cell of maps reads the
    numbers of x as images of that many rows and columns. `run` is the engine's, or one as good.
    """
    T, B = len(x), x.shape[-1]
    own = {name: params[name] for name in cell.params if name in params}
    first = {"h": params[READIN] @ x[0]} if READIN in params else {}
    if reads_maps(cell):
        x = x.reshape(T, -1, *image, B)
    if "dt" in cell.inputs and dt is None:
        dt = np.ones((T, 1, B))
    trace = run(cell, own, x, first | (initial or {}), dt)
    return trace, readout(trace, params)


def readout(trace: Trace, params: dict) -> np.ndarray:
    """What the network says of a run: y (T, K, B) at every step."""
    h = trace.values["h"]
    said = params["W_y"] @ h.reshape(*h.shape[:2], -1) + params["b_y"]
    return said.reshape(len(h), -1, h.shape[-1])


def backward(
    trace: Trace, params: dict, dy: np.ndarray, cut: tuple[str, ...] = (), back: Callable = backprop
) -> Gradients:
    """dL/d everything from dL/dy (T, K, B); `params` of the result holds the readout's too.

    `back` is the backprop that belongs to the trace: the engine's, or one as good.
    """
    h, W_y = trace.values["h"], params["W_y"]
    dy = dy.reshape(len(dy), len(W_y), -1)
    grads = back(trace, {"h": loss_at_h(params, dy, h.shape)}, cut)
    dW_y = np.tensordot(dy, h.reshape(*h.shape[:2], -1), axes=((0, 2), (0, 2)))
    around = {"W_y": dW_y, "b_y": dy.sum(axis=(0, 2))[:, None]}
    if READIN in params:
        around[READIN] = grads.initial["h"] @ trace.values["x"][0].T
        grads.signals["x"][0] += params[READIN].T @ grads.initial["h"]
    return grads._replace(params=around | grads.params)


def loss_at_h(params: dict, dy: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """What the loss itself says of h, (T, H, …, B), from dL/dy (T, K, B)."""
    W_y = params["W_y"]
    return (W_y.T @ dy.reshape(len(dy), len(W_y), -1)).reshape(shape)


def check_size(what: str, size, largest: int, least: int = 1) -> None:
    """A sentence where `size` is not a whole number from `least` to `largest`."""
    whole = isinstance(size, int | np.integer) and not isinstance(size, bool)
    if not whole or not least <= size <= largest:
        allowed = f"a whole number from {least} to {largest:,}"
        raise LearnerError(f"{brief(size)} {what} cannot be. Allowed: {allowed}.")


def check_constants(constants: dict, names: dict[str, tuple[int, ...]]) -> None:
    """A sentence where a constant names no parameter, fits no shape or is no number of a sensible size."""
    for name, value in constants.items():
        if name not in names:
            allowed = ", ".join(names)
            raise LearnerError(f"There is no parameter “{brief(name)}” to set. Allowed: {allowed}.")
        if isinstance(value, Legendre) or value == "identity":
            continue
        if value == "orthogonal":
            if names[name][-2] != names[name][-1]:
                raise LearnerError(f"{name} is not square and cannot be orthogonal. Allowed: a number.")
            continue
        if isinstance(value, Chrono):
            check_size("steps as the longest memory", value.longest, MAX_MEMORY, 3)
            continue
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
