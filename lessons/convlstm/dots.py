"""The bouncing dot and the networks that follow it: all walks, what each says, how far a pixel sees."""

from functools import lru_cache

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import Cell, parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import backward, forward, start
from lstm_viz.pages.scene import trained
from lstm_viz.papers.convlstm_kernels import walks
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.dot import SIZE
from lstm_viz.tasks.one_hot import one_hot
from lstm_viz.training.measure import outputs

TASK, UNITS, STEPS = TASKS["dot"], 8, 20
CONV = "convlstm_peephole"
KERNELS, PEEPHOLES = ("U_f", "U_i", "U_c", "U_o"), ("V_f", "V_i", "V_o")


def model(cell: str) -> tuple[Cell, dict]:
    """A library cell and the weights that ship for the dot."""
    return parse(LIBRARY[cell].equations), trained("dot", cell, UNITS).params


def frames(pixels: np.ndarray, size: int = SIZE) -> np.ndarray:
    """Pixels (T, B) as the frames that a network reads."""
    return one_hot(pixels, size * size)


@lru_cache(maxsize=4)
def wrong(cell: str) -> np.ndarray:
    """Whether the answer after each of 20 frames is wrong, on all walks: (20, 196)."""
    pixels = walks(STEPS + 1)
    return outputs(*model(cell), TASK, frames(pixels[:-1])).argmax(axis=1) != pixels[1:]


def followed(steps: int, first: int, last: int) -> tuple[np.ndarray, fast.Trace]:
    """The walks from one number to another, not included, and what the ConvLSTM computes of them."""
    pixels = walks(steps)[:, first:last]
    return pixels, forward(*model(CONV), frames(pixels), image=TASK.image, run=fast.run)[0]


def narrow(params: dict, reach: int) -> dict:
    """The kernels of the state cut down to so many pixels on each side of their middle."""
    out = dict(params)
    for name in KERNELS:
        middle = params[name].shape[-1] // 2
        near = slice(max(middle - reach, 0), middle + reach + 1)
        out[name] = np.zeros_like(params[name])
        out[name][..., near, near] = params[name][..., near, near]
    return out


@lru_cache(maxsize=64)
def heard(reach: int, row: int, column: int, size: int, steps: int) -> np.ndarray:
    """Which pixels of each frame matter to the answer of one pixel after the last: (steps, size, size).

    Measured by the gradient of that answer, sent back through an untrained ConvLSTM of two channels whose
    state's kernels reach so many pixels to each side; those of the input reach one.
    """
    variant, pixels = LIBRARY[CONV], size * size
    cell, k = parse(variant.equations), 2 * max(reach, 1) + 1
    sizes = {"R": size, "S": size, "k": k}
    params = narrow(start(variant, pixels, pixels, 2, np.random.default_rng(1), {}, sizes), reach)
    for name in ("W_f", "W_i", "W_c", "W_o"):
        inner = slice(k // 2 - 1, k // 2 + 2)
        kept = np.zeros_like(params[name])
        kept[..., inner, inner] = params[name][..., inner, inner]
        params[name] = kept
    x = np.random.default_rng(2).random((steps, pixels, 1))
    trace, y = forward(cell, params, x, image=(size, size))
    dy = np.zeros_like(y)
    dy[-1, row * size + column] = 1
    dx = backward(trace, params, dy).signals["x"]
    return dx.reshape(steps, size, size) != 0
