"""The numbers of the lesson on the ConvLSTM."""

from collections import defaultdict
from itertools import permutations

import numpy as np

from lessons.convlstm.dots import (
    CONV,
    PEEPHOLES,
    TASK,
    UNITS,
    followed,
    frames,
    heard,
    model,
    narrow,
    walks,
    wrong,
)
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward, start
from lstm_viz.parameters import count
from lstm_viz.tasks.dot import CYCLE, SIZE
from lstm_viz.training.measure import outputs

LARGER, WALKS, PAIRS, STEPS_OF_TWO = 12, 196, 150, 21


def one_pixel() -> dict[str, float]:
    """A ConvLSTM on a picture of one pixel against the LSTM with peepholes and the kernels' middles."""
    conv, vector = LIBRARY[CONV], LIBRARY["peephole_gers"]
    rng = np.random.default_rng(1)
    params = start(conv, 2, 1, 3, rng, {}, {"R": 1, "S": 1, "k": 3})
    x = rng.normal(size=(20, 2, 4))
    maps, _ = forward(parse(conv.equations), params, x, image=(1, 1))
    kernels = {n: p for n, p in params.items() if p.ndim == 4}
    middles = {n: p[..., p.shape[-2] // 2, p.shape[-1] // 2] for n, p in kernels.items()}
    plain, _ = forward(parse(vector.equations), params | middles, x)
    far = np.abs(maps.values["h"].reshape(20, 3, 4) - plain.values["h"]).max()
    return {"largest difference of hidden states": far}


def counted() -> dict[str, float]:
    """Numbers to be learnt: maps of eight channels, and an ordinary LSTM with as many memory cells."""
    kernels = count(LIBRARY[CONV], 1, UNITS, {"R": 1, "S": 1, "k": 3}) - 3 * UNITS
    return {
        "memory cells on 8 by 8 pixels": UNITS * SIZE**2,
        "ordinary LSTM": lstm(SIZE**2, UNITS * SIZE**2),
        "kernels and biases": kernels,
        "peepholes": sum(model(CONV)[1][name].size for name in PEEPHOLES),
        "ordinary LSTM on 100 by 100, in thousand millions": lstm(100**2, UNITS * 100**2) / 1e9,
    }


def lstm(D: int, H: int) -> int:
    """The numbers of an ordinary LSTM, larger than any that could be made here."""
    return 4 * (H * D + H * H + H)


def cone() -> dict[str, float]:
    """How many pixels of the last frames matter to a pixel in the middle, with kernels of 3 by 3."""
    seen = heard(1, 3, 3, SIZE, 4).sum(axis=(1, 2))[::-1]
    return {f"pixels {words}": n for words, n in zip(("now", "one frame ago", "two"), seen[:3], strict=True)}


def cone_narrow() -> dict[str, float]:
    """The same with kernels of a single pixel."""
    seen = heard(0, 3, 3, SIZE, 12)
    every = seen.any(axis=0)
    return {"pixels of any of 12 frames": every.sum(), "rows and columns apart, at most": farthest(every)}


def farthest(seen: np.ndarray) -> int:
    """How far the farthest of the pixels is from row and column 4."""
    return int(np.abs(np.argwhere(seen) - 3).max())


def floor() -> dict[str, float]:
    """The fewest walks of all on which a network of narrow kernels must be wrong after the second frame.

    A pixel beside the dot knows whether the dot was on it one frame ago, and nothing else of the others. So
    the answer is the pixel that comes first in some order, and if the dot has come from it, the second.
    """
    came_to = defaultdict(list)
    before, now, after = walks(3)
    for pixel, pair in zip(now, zip(before, after, strict=True), strict=True):
        came_to[pixel].append(pair)
    missed = 0
    for pairs in came_to.values():
        beside = sorted({pixel for pair in pairs for pixel in pair})
        missed += min(sum(answer(order, a) != b for a, b in pairs) for order in permutations(beside))
    return {"walks": len(now), "wrong at best": missed, "in per cent": 100 * missed / len(now)}


def answer(order: tuple[int, ...], came_from: int) -> int:
    """The first pixel in an order that is not the one from which the dot has come; in a corner, that one."""
    return next((pixel for pixel in order if pixel != came_from), came_from)


def gate() -> dict[str, float]:
    """Where the fifth channel's input gate is lowest, from the second frame on."""
    hits = []
    for first in range(0, WALKS, 28):  # a whole trace would need hundreds of megabytes
        pixels, trace = followed(CYCLE + 1, first, first + 28)
        lowest = trace.values["i"][1:, 4].reshape(CYCLE, SIZE**2, -1).argmin(axis=1)
        hits.append(lowest == pixels[:-1])
    return {"walks": sum(hit.shape[1] for hit in hits), "share of frames": np.mean(hits)}


def right() -> dict[str, float]:
    """Wrong answers of the ConvLSTM from the second frame on."""
    missed = wrong(CONV)[1:]
    return {"answers": missed.size, "wrong": missed.sum()}


def vectors() -> dict[str, float]:
    """Those of two networks without maps, and how many numbers there are."""
    found = {f"wrong, {name}": wrong(name)[1:].sum() for name in ("lstm", "rnn_tanh")}
    sizes = {f"numbers, {name}": sum(p.size for p in model(name)[1].values()) for name in ("lstm", CONV)}
    return {"answers": wrong("lstm")[1:].size} | found | sizes


def larger() -> dict[str, float]:
    """The trained kernels on a larger picture, with the mean of each channel's peepholes."""
    cell, params = model(CONV)
    wide = {n: np.tile(params[n].mean((1, 2), keepdims=True), (1, LARGER, LARGER, 1)) for n in PEEPHOLES}
    pixels = walks(15, LARGER)[:, ::4]
    y = outputs(cell, params | wide, TASK._replace(image=(LARGER, LARGER)), frames(pixels[:-1], LARGER))
    return {"walks": pixels.shape[1], "wrong": (y.argmax(axis=1) != pixels[1:])[1:].sum()}


def two() -> dict[str, float]:
    """How often the two most probable pixels are the next ones of two dots."""
    chosen, pixels = np.random.default_rng(3).integers(0, WALKS, (2, PAIRS)), walks(STEPS_OF_TWO)
    a, b = pixels[:, chosen[0]], pixels[:, chosen[1]]
    apart = (a != b).all(axis=0)
    a, b = a[:, apart], b[:, apart]
    found = {}
    for name in (CONV, "lstm"):
        y = outputs(*model(name), TASK, frames(a[:-1]) + frames(b[:-1]))
        first, second = np.moveaxis(np.argsort(-y, axis=1)[:, :2], 1, 0)
        both = ((first == a[1:]) & (second == b[1:])) | ((first == b[1:]) & (second == a[1:]))
        found[f"both right, {name}"] = both[1:].mean()
    return found


def exercise() -> dict[str, float]:
    """16 channels, three colours, kernels of 5 by 5, no peepholes."""
    sizes = {"R": 1, "S": 1, "k": 5}
    return {"numbers": count(LIBRARY[CONV], 3, 16, sizes) - 3 * 16}


def cut() -> dict[str, float]:
    """The trained network without the outer numbers of its state's kernels."""
    cell, params = model(CONV)
    pixels = walks(20)
    y = outputs(cell, narrow(params, 0), TASK, frames(pixels[:-1]))
    return {"wrong answers": (y.argmax(axis=1) != pixels[1:])[1:].mean()}
