"""The experiments of the lesson on learning to learn: a line of one's own, and the slow learning live."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.learning_to_learn.by_state import shown
from lessons.learning_to_learn.nets import HIDDEN, POINTS, errors, lines, opinion
from lessons.learning_to_learn.pictures import AT, ERROR, POINT
from lessons.parts import show
from lstm_viz.library import LIBRARY
from lstm_viz.stage.chart import Axis, Dots, Line, Plot
from lstm_viz.tasks.task import count
from lstm_viz.training import Descent, State, spec_for

ASKED = np.linspace(-1, 1, 81)
UPDATES, EDGE = 3000, 2.5
ROLES = {"LSTM": "cell", "tanh RNN": "hidden"}
CELLS = {"LSTM": "lstm", "tanh RNN": "rnn_tanh"}


def line() -> None:
    """A line, or a parabola, and what the network holds it to be after some points."""
    key = "learning_line"
    columns = st.columns(4)
    points = columns[0].slider("Points shown", 0, POINTS, 1, key=f"{key}_points")
    slope = columns[1].slider("Slope", -3.0, 3.0, 0.8, 0.1, key=f"{key}_slope")
    height = columns[2].slider("Height at zero", -1.0, 1.0, -0.3, 0.1, key=f"{key}_height")
    bend = columns[3].slider("Bend (times x²)", -2.0, 2.0, 0.0, 0.1, key=f"{key}_bend")
    with st.expander("More"):
        seed = st.slider("Seed of the places", 1, 50, 1, key=f"{key}_seed")
        net = st.segmented_control("Net", list(CELLS), default="LSTM", key=f"{key}_net") or "LSTM"
    x = np.random.default_rng(seed).uniform(-1, 1, (POINTS, 1))
    batch = shown(x, slope * x + height + bend * x**2)
    right = slope * ASKED + height + bend * ASKED**2
    said = opinion(net, batch, points, ASKED)
    off = ((said - right) ** 2).mean()
    seen = Dots("shown", "input", x[:points, 0], batch.target[:points, 0, 0])
    marks = (
        Line("the truth", "plain", ASKED, right, "dash"),
        Line(net, ROLES[net], ASKED, said),
        *([seen] if points else []),
    )
    show(
        Plot(
            f"What it holds the line to be after {count(points, 'point')}",
            Axis("x", -1, 1),
            Axis("y", -EDGE, EDGE),
            marks,
            f"After {count(points, 'point')} the mean squared error over all x is {off:.2g}.",
            tall=1.2,
        ),
        key,
    )
    st.caption(
        f"Mean squared error over all x after {count(points, 'point')}: {off:.2g}. No weight has moved."
    )


def race() -> None:
    """Two cells practise on fresh lines; then their errors point by point."""
    descent = Descent(rate=0.02, schedule="cosine", horizon=UPDATES)
    specs = {
        name: spec_for(LIBRARY[cell], "lines", POINTS, HIDDEN, 2, descent)._replace(precision="float32")
        for name, cell in CELLS.items()
    }
    axis = Axis("mean squared error of whole sequences", 0.01, 1, log=True)
    live.race(live.Race("learning_race", specs, ROLES, UPDATES, 7, axis, (0.444, "says 0")), examined)


def examined(states: dict[str, State]) -> None:
    """The errors of what was just trained, on new lines."""
    batch = lines()[2]
    marks = tuple(
        Line(name, ROLES[name], AT, errors(name, batch, state.params)) for name, state in states.items()
    )
    said = ", ".join(f"{mark.name} {mark.y[-1]:.2g}" for mark in marks)
    show(
        Plot("Error on new lines, weights frozen", POINT, ERROR, marks, f"At the last point: {said}."),
        "learning_race_exam",
    )
