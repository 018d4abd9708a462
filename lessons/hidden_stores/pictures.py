"""The pictures of the lesson on hidden stores."""

import numpy as np

from lessons.hidden_stores.nets import valleys
from lessons.hidden_stores.spots import AHEAD, horizons
from lstm_viz.stage.chart import Axis, Bars, Line, Plot
from lstm_viz.tasks.runoff import DEGREES, YEAR

SHOWN, SEED = 2 * YEAR, 3
STEP = Axis("step of five days", 1, SHOWN)


def valley() -> tuple[Plot, ...]:
    """Two years of the valley: what the network reads, and what it does not."""
    v = valleys(seed=SEED, count=1)
    steps = np.arange(1, SHOWN + 1)
    snow, soil, flow = (store[:SHOWN, 0] for store in v.stores)
    most = f"{snow.max():.0f} cm, the soil's water to {soil.max():.0f}, the flow to {flow.max():.1f}"
    return (
        Plot(
            "What the network reads",
            STEP,
            Axis("cm, or tens of °C", -3, 7),
            (
                Bars("falls", "input", steps, v.fallen[:SHOWN, 0]),
                Line("tens of °C", "forget", steps, v.warm[:SHOWN, 0] / DEGREES),
            ),
            "Two years of weather, a step of five days after the other.",
        ),
        Plot(
            "The stores, and the flow",
            STEP,
            Axis("cm of water", 0, 40),
            (
                Line("snow", "cell", steps, snow),
                Line("soil", "reset", steps, soil),
                Line("flow", "output", steps, flow),
            ),
            f"In two years the snow rises to {most}.",
        ),
    )


def horizon() -> Plot:
    """The errors of forecasts of the sunspots by how far they reach."""
    looks = {"LSTM": ("cell", ""), "as this year": ("input", "dash"), "the old mean": ("plain", "dot")}
    found, years = horizons(), np.arange(1, AHEAD + 1)
    marks = tuple(Line(name, looks[name][0], years, values, looks[name][1]) for name, values in found.items())
    said = "; ".join(f"{name} {v[0]:.2g} one year ahead, {v[3]:.2g} four" for name, v in found.items())
    return Plot(
        "Sunspots after 1900: error by how far ahead",
        Axis("years ahead", 1, AHEAD),
        Axis("mean squared error", 0, 7),
        marks,
        f"Mean squared errors: {said}.",
    )
