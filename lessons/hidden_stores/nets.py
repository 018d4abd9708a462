"""The networks of the made valley, and the valleys on which they are examined."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz.pages.scene import trained
from lstm_viz.papers.stores_valley import TESTS, T, ran
from lstm_viz.tasks.runoff import Basin, basin, weather
from lstm_viz.training.measure import TEST_SEED

HIDDEN, SNOW = 16, 12  # units; the one that goes with the snow, counted from 1
NETS = {"LSTM": "lstm", "tanh RNN": "rnn_tanh"}


class Valley(NamedTuple):
    """Weather, what falls in cm and how warm it is in °C, (T, B) each, and what comes of it."""

    fallen: np.ndarray
    warm: np.ndarray
    stores: Basin


def shipped(name: str) -> dict[str, np.ndarray]:
    """The weights that ship with the course."""
    return trained("runoff", NETS[name], HIDDEN).params


@lru_cache(maxsize=16)
def valleys(warmer: float = 0.0, wetter: float = 1.0, seed: int = TEST_SEED, count: int = TESTS) -> Valley:
    """Fresh weather, warmer by so many degrees and wetter by so many times than that of the training."""
    fallen, warm = weather(np.random.default_rng(seed), T, count)
    fallen, warm = fallen * wetter, warm + warmer
    return Valley(fallen, warm, basin(fallen, warm))


def told(name: str, valley: Valley, params: dict | None = None) -> tuple[np.ndarray, np.ndarray]:
    """A network's memories (T, H, B) and the flow that it tells (T, B); with the shipped weights, if none."""
    return ran(NETS[name], params or shipped(name), valley.fallen, valley.warm)
