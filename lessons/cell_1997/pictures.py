"""The pictures of the lesson on the cell of 1997."""

import numpy as np

from lessons.cell_1997.cells import LATCH, STEPS, play
from lessons.cell_1997.counts import NETS, biases, counted
from lessons.parts import Table
from lstm_viz.stage.chart import Axis, Line, Plot, Rule

HEADS = ("experiment", "the paper prints", "the rule", "inputs", "cells", "gates", "outputs", "biases")


def conflict() -> Plot:
    """A bare carousel and the latch, which read the same hundred values."""
    values = play(*LATCH).values
    steps = np.arange(1, STEPS + 1)
    bare, kept = np.cumsum(values["x"][:, 0, 0]), values["c"][:, 0, 0]
    return Plot(
        "What both hold of the number at step 3",
        Axis("step", 1, STEPS),
        Axis("state", -8, 8),
        (
            Line("bare carousel", "plain", steps, bare),
            Line("with two gates", "cell", steps, kept),
            Rule("0.8 is told", 3),
        ),
        f"After {STEPS} steps the bare carousel is at {bare[-1]:.2f}; the cell with gates at {kept[-1]:.3f}, "
        f"where it was at step 3.",
    )


def weights() -> Table:
    """The networks of the paper with their weights, counted and printed."""
    rows = [
        (net.experiment, *(f"{n:,}" for n in (net.printed, counted(net), *net[1:5], biases(net))))
        for net in NETS
    ]
    return Table(HEADS, rows, "Weights of the paper's networks, counted by the rule and as printed")
