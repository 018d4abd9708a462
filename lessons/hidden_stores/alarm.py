"""Alarms by prediction error: a sum of two sines, a network that predicts it, and what can go wrong."""

from functools import lru_cache

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.pages.scene import trained
from lstm_viz.tasks.sines import SPEEDS
from lstm_viz.tasks.waves import wave

T, AT, WARM, HIDDEN = 200, 100, 20, 16  # steps; that of the fault; those at the beginning that do not count
FADE = 60
FAULTS = {
    "none": "a healthy signal",
    "hangs": "the last value is repeated for three steps",
    "skips": "one value is lost",
    "halved": "one value is half of what it should be",
    "weak, slowly": "the strength falls to a half, over sixty steps",
    "faster": "healthy, but ten per cent faster from the beginning",
}


@lru_cache(maxsize=32)
def signals(fault: str, count: int, seed: int) -> np.ndarray:
    """Fresh signals with a fault at step AT, (T + 1, count)."""
    phases = np.random.default_rng(seed).uniform(0, 2 * np.pi, (len(SPEEDS), count))
    steps = np.arange(T + 2)
    s = wave(SPEEDS * (1.1 if fault == "faster" else 1.0), phases, steps)
    if fault == "hangs":
        s[AT : AT + 3] = s[AT - 1]
    elif fault == "skips":
        s[AT:-1] = s[AT + 1 :]
    elif fault == "halved":
        s[AT] = s[AT] / 2
    elif fault == "weak, slowly":
        s = s * (1 - 0.5 * np.clip((steps - AT) / FADE, 0, 1))[:, None]
    return s[: T + 1]


def errors(s: np.ndarray) -> np.ndarray:
    """How far each value is from what the network predicted, (T, B); 0 while it warms up."""
    cell, params = parse(LIBRARY["lstm"].equations), trained("sines", "lstm", HIDDEN).params
    said = forward(cell, params, s[:-1, None], run=fast.run)[1][:, 0]
    off = np.abs(said - s[1:])
    off[:WARM] = 0
    return off


@lru_cache(maxsize=1)
def threshold() -> float:
    """The largest error on two hundred healthy signals."""
    return float(errors(signals("none", 200, 1)).max())
