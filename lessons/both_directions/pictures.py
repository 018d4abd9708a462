"""The pictures of the lesson on both directions and stacks."""

import numpy as np

from lessons.both_directions.by_hand import CLOCKS
from lessons.both_directions.nets import STEPS, touch
from lessons.timing.by_hand import stacked
from lessons.timing.clocks import strikes
from lstm_viz.stage.chart import Axis, Dots, Heat, Plot

SHOWN = 660
NAMES = ("10 steps", "6 strikes", "10 of those")
EVERY = {"1 layer, from the start": (1, False), "1 layer, both directions": (1, True)}


def reach() -> tuple[Plot, ...]:
    """How much each input does to each answer, in one direction and in both."""
    return tuple(square(name, touch(*which, 1)) for name, which in EVERY.items())


def square(name: str, values: np.ndarray) -> Plot:
    """One reader's square: answers across, inputs upwards."""
    none = int((values == 0).sum())
    return Plot(
        name,
        Axis("step of the answer", 0.5, STEPS + 0.5),
        Axis("step of the input", 0.5, STEPS + 0.5),
        (Heat("gradient", "gradient", values, 1e-6, 1e-1, log=True),),
        f"{none} of {values.size} gradients of an answer by an input are exactly zero.",
        tall=1.3,
    )


def clocks() -> Plot:
    """The strikes of three clocks, each of which counts those of the one below."""
    heard = [strikes(values) for values in stacked(CLOCKS, SHOWN)]
    roles = ("cell", "output", "forget")
    dots = [
        Dots("", role, at, np.full(len(at), k + 1))
        for k, (role, at) in enumerate(zip(roles, heard, strict=True))
    ]
    said = "; ".join(f"layer {k + 1} at {', '.join(map(str, at[:3]))}" for k, at in enumerate(heard))
    return Plot(
        "Three clocks, one above the other: when they strike",
        Axis("step", 0, SHOWN),
        Axis("", 0.4, 3.6, names=[(k + 1, f"layer {k + 1}: {name}") for k, name in enumerate(NAMES)]),
        tuple(dots),
        f"Strikes: {said}.",
        tall=0.7,
    )
