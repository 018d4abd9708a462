"""The second experiment of the lesson on vanishing gradients: a ball in a landscape with a wall."""

from functools import lru_cache

import numpy as np
import streamlit as st

from lessons.parts import show
from lessons.vanishing.ball import LIMIT, MOVES, RATE, START, Way, roll
from lstm_viz.flow.wall import TANH, surface
from lstm_viz.stage.chart import Axis, Dots, Heat, Line, Plot

LIMITS = {"none": 0.0, "2": 2.0, "1": 1.0, "0.5": LIMIT, "0.2": 0.2, "0.1": 0.1}
WEIGHTS, BIASES = (0.8, 2.2), (-0.6, 2.0)


def wall() -> None:
    """A ball rolls in the landscape of a tanh unit's error; its gradient may have a limit."""
    columns = st.columns(3)
    limit = columns[0].select_slider("Limit of the gradient's length", list(LIMITS), key="vanish_wall_limit")
    rate = columns[1].slider("Rate", 0.02, 0.5, RATE, 0.01, key="vanish_wall_rate")
    moves = columns[2].slider("Moves", 0, MOVES, 0, key="vanish_wall_moves")
    with st.expander("Another place to start"):
        w = st.slider("Weight", *WEIGHTS, START[0], 0.05, key="vanish_wall_w")
        b = st.slider("Bias", *BIASES, START[1], 0.05, key="vanish_wall_b")
    way = roll((w, b), rate, LIMITS[limit], MOVES)
    moves = min(moves, len(way.errors) - 1)
    show((landscape(way, moves), falling(way, moves)), key="vanish_wall")
    at, longest = way.places[moves], way.lengths[: moves + 1].max()
    st.caption(
        f"After {moves} moves: weight {at[0]:.3g}, bias {at[1]:.3g}, error {way.errors[moves]:.2g}, "
        f"length of the gradient {way.lengths[moves]:.2g}. The longest so far was {longest:.3g}."
    )


def landscape(way: Way, moves: int) -> Plot:
    """The error over weight and bias, and the ball's way."""
    heat = Heat("error", "plain", height(), 1e-4, 3.0, log=True)
    w, b = way.places[: moves + 1].T
    marks = (heat, Line("way", "gradient", w, b), Dots("moves", "gradient", w, b))
    return Plot(
        "The landscape: grey is high",
        Axis("weight", *WEIGHTS),
        Axis("bias", *BIASES),
        marks,
        f"The ball has come from weight {w[0]:.3g} and bias {b[0]:.3g} to {w[-1]:.3g} and {b[-1]:.3g}.",
        tall=1.25,
    )


@lru_cache(maxsize=1)
def height() -> np.ndarray:
    """The error at each point of the picture, rows from the lowest bias up."""
    w, b = np.meshgrid(np.linspace(*WEIGHTS, 113), np.linspace(*BIASES, 105))
    return surface(TANH, w, b).loss


def falling(way: Way, moves: int) -> Plot:
    """Error and gradient by move."""
    n = np.arange(moves + 1)
    lines = (
        Line("error", "hidden", n, np.clip(way.errors[: moves + 1], 1e-8, 1e2)),
        Line("gradient", "gradient", n, np.clip(way.lengths[: moves + 1], 1e-8, 1e2)),
    )
    return Plot(
        "Error, and length of the gradient",
        Axis("moves", 0, MOVES),
        Axis("", 1e-8, 1e2, log=True),
        lines,
        f"After {moves} moves the error is {way.errors[moves]:.3g}.",
        tall=1.25,
    )
