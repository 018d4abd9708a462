"""Rainfall and runoff: tell a river's flow from the weather; what lies as snow or in the soil is never shown.

The basin is a made one, of two stores. What falls below 0 °C becomes snow, which melts when it is warm; rain
and melt water fill the soil, which drains into the river. No water is lost. A step is five days, a year 73.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz.tasks.task import Batch, Task, check_draw

YEAR = 73  # steps
MEAN, SWING, WEATHER = 3.0, 10.0, 5.0  # °C: the year's mean, its swing about that, and what is left to chance
WET, SHOWER, CLOUDBURST = 0.5, 2.0, 6.0  # the share of wet steps, the mean of what falls, the most, in cm
MELT, DRAIN = 0.5, 0.2  # cm a degree and step; the share of the soil's water that a step takes
DEGREES = 10.0  # what a 1 of the second input stands for
DRAWN = 200_000  # steps from which the baseline is taken


class Basin(NamedTuple):
    """What is in the stores at the end of each step, and what flows out during it, in cm: (T, B) each."""

    snow: np.ndarray
    soil: np.ndarray
    flow: np.ndarray


def weather(
    rng: np.random.Generator, T: int, B: int, begin: float | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """What falls, in cm, and the temperature in °C, (T, B) each.

    It begins at a random time of the year, another one for each sequence, or `begin` steps after midwinter.
    """
    day = np.arange(T)[:, None] + (rng.uniform(0, YEAR, B) if begin is None else begin)
    warm = MEAN - SWING * np.cos(2 * np.pi * day / YEAR) + rng.uniform(-WEATHER, WEATHER, (T, B))
    wet = rng.random((T, B)) < WET
    return np.where(wet, np.minimum(rng.exponential(SHOWER, (T, B)), CLOUDBURST), 0), warm


def basin(fallen: np.ndarray, warm: np.ndarray) -> Basin:
    """What becomes of it in a basin that is bare and dry at the beginning."""
    snow, soil = np.zeros((2, *fallen.shape[1:]))
    rows = []
    for cm, degrees in zip(fallen, warm, strict=True):
        lying = snow + np.where(degrees < 0, cm, 0)
        melt = np.minimum(lying, MELT * np.maximum(degrees, 0))
        filled = soil + np.where(degrees < 0, 0, cm) + melt
        snow, soil = lying - melt, filled * (1 - DRAIN)
        rows.append((snow, soil, filled * DRAIN))
    return Basin(*np.stack(rows, axis=1))


def read(fallen: np.ndarray, warm: np.ndarray) -> Batch:
    """The sequences of that weather: its inputs, and the flow as the target."""
    labels = tuple(
        f"{cm:.1f} cm, {degrees:.0f} °C" for cm, degrees in zip(fallen[:, 0], warm[:, 0], strict=True)
    )
    return Batch(np.stack([fallen, warm / DEGREES], 1), basin(fallen, warm).flow[:, None], labels)


def draw(rng: np.random.Generator, T: int, B: int, marks=None) -> Batch:
    """Fresh weather, and the flow to which it leads. InputError for a T below 5."""
    check_draw(T, B)
    return read(*weather(rng, T, B))


@lru_cache(maxsize=64)
def baseline(T: int) -> tuple[float, str]:
    """The variance of the flow over all of 200,000 drawn steps.

    1 − error / variance is the efficiency of Nash and Sutcliffe 1970.
    """
    flow = draw(np.random.default_rng(0), T, max(1, DRAWN // T)).target
    return float(flow.var()), "always says the mean flow"


TASK = Task(
    name="runoff",
    title="Rainfall and runoff",
    sentence="Tell how much a river carries from rain and temperature alone: "
    "watch for a cell state that grows all winter, as the snow does that is never shown.",
    inputs=("rain or snow", "temperature"),
    outputs=("flow",),
    loss="squared",
    when="every",
    measure="mean squared error",
    x_range=(-6.0, 6.0),
    y_range=(0.0, 6.0),
    draw=draw,
    draw_test=draw,
    baseline=baseline,
    source="after Kratzert et al. 2019, NeuralHydrology: interpreting LSTMs in hydrology, with a made basin "
    "of a degree-day snow store and a linear soil store",
)
