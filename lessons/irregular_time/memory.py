"""A Legendre memory that nobody has trained, and a signal of limited band for it to keep."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz.legendre import discrete, read_back
from lstm_viz.tasks.waves import wave

WAVES, SEED, STEPS, PLACES = 8, 5, 2000, 40  # sines; the signal's; steps of it; moments of a window


class Kept(NamedTuple):
    """The signal (T,); what was `ago` (n,) steps before each step, and what the memory says, (T, n)."""

    signal: np.ndarray
    ago: np.ndarray
    was: np.ndarray
    said: np.ndarray


def signal(shortest: float, steps: int = STEPS) -> np.ndarray:
    """A sum of eight waves of equal height, none shorter than so many steps: (steps,), variance about 1."""
    rng = np.random.default_rng(SEED)
    speeds = rng.uniform(0, 2 * np.pi / shortest, (WAVES, 1))
    phases = rng.uniform(0, 2 * np.pi, (WAVES, 1))
    return wave(speeds, phases, np.arange(steps))[:, 0] * (2 / WAVES) ** 0.5


def memories(order: int, window: float, u: np.ndarray) -> np.ndarray:
    """The memory at each step of a signal: (T, order, 1)."""
    A, B = discrete(order, float(window), "zoh")
    m, kept = np.zeros((order, 1)), np.empty((len(u), order, 1))
    for t, value in enumerate(u):
        m = A @ m + B * value
        kept[t] = m
    return kept


@lru_cache(maxsize=200)
def kept(order: int, window: int, shortest: float) -> Kept:
    """What a memory says of its window at each step from the second window on."""
    u = signal(shortest)
    ago = np.arange(0, window, max(1, window // PLACES))
    first = 2 * window
    # A value that is held over its step comes half a step late.
    said = read_back(memories(order, window, u)[first:], ago + 0.5, float(window))[..., 0]
    was = np.stack([u[first - k : STEPS - k] for k in ago], axis=1)
    return Kept(u[first:], ago, was, said)


def error(order: int, window: int, shortest: float) -> float:
    """The root mean squared error over the window as a share of the signal's size."""
    k = kept(order, window, shortest)
    return float(np.sqrt(((k.said - k.was) ** 2).mean() / (k.was**2).mean()))


def pulse(order: int, window: int, steps: int) -> np.ndarray:
    """The length of the memory's vector after a single pulse, as a share of that at once: (steps,)."""
    u = np.zeros(steps)
    u[0] = 1.0
    lengths = np.linalg.norm(memories(order, window, u)[..., 0], axis=1)
    return lengths / lengths[0]
