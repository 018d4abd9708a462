"""The experiments of the lesson on adding: two units in one's hand, the race of the row, multiplying."""

from functools import lru_cache

import numpy as np
import streamlit as st

from lessons import live
from lessons.adding import nets
from lessons.parts import show
from lstm_viz.papers.words import number
from lstm_viz.stage.chart import Axis, Line, Plot, Rule

LENGTHS, MOST = (10, 20, 50, 100, 200, 500, 1000), 200
LEAST, GUESS = 1e-8, 1 / 6
NAME = "adding_playground"


def playground() -> None:
    """Two rectified units, whose carousel may leak and whose gate may be wrong."""
    left, right = st.columns(2)
    keep = left.slider("Weight of the carousel to itself", 0.95, 1.05, 1.0, 0.001, "%.3f", key=f"{NAME}_keep")
    bias = right.slider("Bias of the gate", -1.5, -0.5, -1.0, 0.01, key=f"{NAME}_bias")
    T = left.select_slider("Steps", LENGTHS, 100, key=f"{NAME}_steps")
    seed = right.number_input("Seed of the sequence", 0, 9999, 1, key=f"{NAME}_seed")
    show((path(keep, bias, T, int(seed)), by_length(keep, bias)), key=NAME)
    error = errors(keep, bias)[LENGTHS.index(T)]
    said = "no error at all" if error < 1e-20 else f"a mean squared error of {number(error)}"
    st.caption(f"Over {T:,} steps: {said} in {MOST} sequences; a guess has {GUESS:.3f}.")


def path(keep: float, bias: float, T: int, seed: int) -> Plot:
    """What the carousel holds over one sequence, and what it should hold."""
    batch = nets.sequences(T, 1, seed)
    h, steps = nets.walked(nets.two_units(keep, bias), batch).values["h"][:, :, 0], np.arange(1, T + 1)
    held, wanted = h.sum(axis=1), batch.target[:, 0, 0]
    marks = [Rule("marked", t + 1) for t in np.flatnonzero(batch.x[:, 1, 0])]
    return Plot(
        "What both units say together",
        Axis("step", 1, T),
        Axis("sum so far", 0.0, 2.5),
        (Line("sum", "plain", steps, wanted, dash="dash"), Line("said", "cell", steps, held), *marks),
        f"At the end they say {held[-1]:.3f}; the sum is {wanted[-1]:.3f}.",
    )


def by_length(keep: float, bias: float) -> Plot:
    """The error of the answers at every length."""
    found = errors(keep, bias)
    return Plot(
        f"The error of {MOST} answers",
        Axis("steps", LENGTHS[0], LENGTHS[-1], log=True),
        Axis("mean squared error", LEAST, 100.0, log=True),
        (Line("", "gradient", LENGTHS, np.maximum(found, LEAST)), Rule("a guess", GUESS, across=True)),
        "; ".join(f"{T:,} steps: {number(error)}" for T, error in zip(LENGTHS, found, strict=True)),
    )


@lru_cache(maxsize=256)
def errors(keep: float, bias: float) -> tuple[float, ...]:
    """The mean squared error at each length."""
    params = nets.two_units(keep, bias)
    with np.errstate(over="ignore"):
        return tuple(nets.squared(nets.RELU, params, nets.sequences(T, MOST)) for T in LENGTHS)


def rerun() -> None:
    """The race of the prediction with a seed of one's own."""
    live.rerun("adding_1997", "adding_rerun", ("LSTM 1997", "tanh RNN"))


def times() -> None:
    """The same with products."""
    live.rerun("adding_product", "adding_times")
