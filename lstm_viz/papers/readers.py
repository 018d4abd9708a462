"""LSTMs that read handwritten lines, in one direction or in both, and name what is under every frame.

For the experiments alone, in float32 and on the fast engine; layers.py has the same nets at leisure, and a
test holds both equal.
"""

from functools import partial
from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.layers import start_layers
from lstm_viz.lengths import mirrored, silenced
from lstm_viz.library import LIBRARY
from lstm_viz.network import backward
from lstm_viz.tasks.strokes import BLANK, CLASSES, ROWS, Lines, random_word, together, write
from lstm_viz.training.spec import START

CELL = parse(LIBRARY["lstm"].equations)


class Reading(NamedTuple):
    """What a net read: a trace for each direction, and its logits (T, classes, B)."""

    traces: tuple[fast.Trace, ...]
    y: np.ndarray


def start_reader(hidden: int, both: bool, seed: int) -> dict:
    """The parameters of a net of one direction or both, named as in layers.py."""
    rng = np.random.default_rng([seed, START])
    return start_layers(LIBRARY["lstm"], 1, both, ROWS, len(CLASSES), hidden, rng)[1]


def ways(params: dict) -> tuple[str, ...]:
    """The suffixes of the directions there are."""
    return ("_l0", "_l0_rev") if "b_f_l0_rev" in params else ("_l0",)


def own(params: dict, way: str) -> dict:
    """The parameters of one direction."""
    return {p: params[f"{p}{way}"] for p in CELL.params}


def turned(a: np.ndarray, way: str, lengths: np.ndarray) -> np.ndarray:
    """From time to the order of reading, or back."""
    return mirrored(a, lengths) if way.endswith("_rev") else a


def read(params: dict, x: np.ndarray, lengths: np.ndarray) -> Reading:
    """Read lines x (T, ROWS, B); what is said behind a line's end means nothing."""
    run = partial(fast.run, dtype=np.float32)
    traces = tuple(run(CELL, own(params, way), turned(x, way, lengths)) for way in ways(params))
    said = [turned(t.values["h"], way, lengths) for t, way in zip(traces, ways(params), strict=True)]
    return Reading(traces, params["W_y"] @ np.concatenate(said, axis=1) + params["b_y"])


def gradients_of(params: dict, reading: Reading, dy: np.ndarray, lengths: np.ndarray) -> dict:
    """dL/d the parameters from dL/d logits (T, classes, B), which count up to each line's end."""
    dy, grads = silenced(dy, lengths).astype(np.float32), {}
    readouts = np.split(params["W_y"], len(reading.traces), axis=1)
    back, found = partial(fast.backprop, wanted=()), []
    for trace, way, W_y in zip(reading.traces, ways(params), readouts, strict=True):
        part = {"W_y": W_y, "b_y": params["b_y"]}
        found.append(backward(trace, part, turned(dy, way, lengths), back=back).params)
        grads |= {f"{p}{way}": found[-1][p] for p in CELL.params}
    return grads | {"W_y": np.concatenate([f["W_y"] for f in found], axis=1), "b_y": found[0]["b_y"]}


def draw(rng: np.random.Generator, B: int, noise: float) -> tuple[Lines, np.ndarray]:
    """B fresh lines, and what is under every frame as a class (T, B): a letter, or the blank between them.

    The app's own lines are easy; here Gaussian noise of standard deviation `noise` lies on every pixel.
    """
    lines = [write(rng, random_word(rng)) for _ in range(B)]
    batch = together(lines)
    batch = batch._replace(x=batch.x + rng.normal(0, noise, batch.x.shape))
    under = np.full((len(batch.x), B), BLANK)
    for b, line in enumerate(lines):
        for letter, (first, end) in zip(line.label, line.spans, strict=True):
            under[first:end, b] = letter
    return batch, under


def named(y: np.ndarray, under: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """dL/d logits of the mean cross-entropy over all frames that are in a line: framewise classification."""
    here = np.arange(len(y))[:, None] < lengths
    p = np.exp(y - y.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    np.put_along_axis(p, under[:, None], np.take_along_axis(p, under[:, None], 1) - 1, axis=1)
    return p * here[:, None] / here.sum()
