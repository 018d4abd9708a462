"""Explosion: an error surface with its wall, steps with and without clipping, and an LSTM that explodes."""

import numpy as np
import streamlit as st

from lstm_viz import figures
from lstm_viz.cell import parse
from lstm_viz.flow import wall
from lstm_viz.flow.jacobians import running, transitions
from lstm_viz.library import LIBRARY
from lstm_viz.pages.gradients.choices import STARTS
from lstm_viz.pages.gradients.controls import S, drawn, ground, menu, row, slider

LANDS = {"tanh": wall.TANH, "logistic": wall.LOGISTIC}
# What is seen of each land: w and b from, to, and how many points.
SEEN = {
    "tanh": ((0.8, 2.2, 121), (-0.6, 2.0, 101)),
    "logistic": ((0.0, 8.0, 121), (-5.0, 1.0, 101)),
}
LOW, HIGH = -6, 2
LOOPS, STEPS = (1.0, 2.0, 4.0, 8.0), 60


@st.cache_data(max_entries=4, show_spinner=False)
def surface(name: str) -> wall.Surface:
    """The loss at every point of the picture."""
    w, b = (np.linspace(*seen) for seen in SEEN[name])
    return wall.surface(LANDS[name], *np.meshgrid(w, b))


@st.cache_data(max_entries=300, show_spinner=False)
def ways(name: str, w: float, b: float, rate: float, limit: float, moves: int) -> list[tuple]:
    """Without a limit and with it: the places, and the loss and the gradient's norm at each of them."""
    found = wall.descents(LANDS[name], (w, b), rate, (0.0, limit), moves)
    at = [wall.surface(LANDS[name], way[:, 0], way[:, 1]) for way in found]
    return [(way, its.loss, np.hypot(its.dw, its.db)) for way, its in zip(found, at, strict=True)]


@st.cache_data(max_entries=100, show_spinner=False)
def loops(weights: tuple[float, ...], gates: float) -> list[np.ndarray]:
    """‖∂(h, c)ₙ/∂(h, c)₀‖ of an LSTM of one unit at rest, for each recurrent weight, n = 1 to 60."""
    cell = parse(LIBRARY["lstm"].equations)
    x = np.zeros((STEPS, 1, 1))
    found = []
    for weight in weights:
        params = {name: np.full((1, 1), weight if name[0] == "U" else 0.0) for name in cell.params}
        params |= {f"b_{gate}": np.full((1, 1), gates) for gate in "fio"}
        found.append(running(transitions(cell, params, x).matrices))
    return found


def show() -> None:
    """One of two pictures: the wall, or the LSTM."""
    line = row("wall")
    if menu(line, "picture") == "lstm":
        explode(line)
    else:
        climb(line)


def climb(line) -> None:
    """The surface, both descents, and their losses and norms by move."""
    name = menu(line, "land")
    (w_low, w_high, _), (b_low, b_high, _) = SEEN[name]
    if not (w_low <= S.gl["w0"] <= w_high and b_low <= S.gl["b0"] <= b_high):
        S.gl = S.gl | STARTS[name]
    slider(line, "w0", low=w_low, high=w_high)
    slider(line, "b0", low=b_low, high=b_high)
    for slide in ("rate", "limit", "moves"):
        slider(line, slide)
    v, its = S.gl, surface(name)
    norm = np.hypot(its.dw, its.db)
    plain, cut = ways(name, v["w0"], v["b0"], v["rate"], v["limit"], v["moves"])
    left, right = st.columns([1.5, 1])
    with left:
        both = [
            figures.Way("without a limit", plain[0], "forget", "dash", "circle"),
            figures.Way("with it", cut[0], "output", "solid", "diamond"),
        ]
        drawn(figures.land(ground(), its.w[0], its.b[:, 0], its.loss, both, LOW, HIGH), "land")
        st.caption(
            "**Where does the dashed way meet the wall?** The steepest point of this picture has "
            f"{norm.max() / np.median(norm):,.0f} times the median slope, and one step from there can throw "
            "it across the picture. The limit keeps the direction and cuts the length."
        )
    with right:
        drawn(by_move(plain[1], cut[1], "loss", -12, 2), "loss")
        drawn(by_move(plain[2], cut[2], "norm of the gradient", -8, 4), "norm")
        st.caption(
            f"After {len(plain[0]) - 1} moves without a limit: loss **{plain[1][-1]:.3g}**, largest norm "
            f"{plain[2].max():.3g}. After {len(cut[0]) - 1} with it: loss **{cut[1][-1]:.3g}**. Clipping "
            "cures explosion, not vanishing. Try several starts and rates: a throw can also land well."
        )


def by_move(plain: np.ndarray, cut: np.ndarray, words: str, low: int, high: int):
    """One quantity of both descents by move."""
    lines = [
        figures.Curve("without a limit", np.arange(len(plain)), plain, "forget", "dash"),
        figures.Curve("with it", np.arange(len(cut)), cut, "output"),
    ]
    return figures.curves(ground(), lines, "move", words, low, high, height=230)


def explode(line) -> None:
    """The norm of the Jacobian of (h, c) for some recurrent weights."""
    weight, gates = slider(line, "loop"), slider(line, "gates")
    found = loops((*LOOPS, weight), gates)
    n = np.arange(1, STEPS + 1)
    dashes = ("solid", "dash", "dot", "dashdot")
    lines = [
        figures.Curve(f"weight {u:g}", n, one, "hidden", dash, width=2)
        for u, one, dash in zip(LOOPS, found, dashes, strict=False)
    ]
    lines.append(figures.Curve(f"yours, {weight:g}", n, found[-1], "gradient", width=4))
    drawn(figures.curves(ground(), lines, "steps n", "‖∂(h, c)ₙ/∂(h, c)₀‖", -20, 60, height=460), "loops")
    ends = ", ".join(f"{one[-1]:.2g} at {u:g}" for u, one in zip(LOOPS, found, strict=False))
    st.caption(
        "**One LSTM unit at rest, its gates open, its recurrent weights all alike.** The cell state alone "
        f"would keep the gradient. The way through h and the gates makes it grow: after {STEPS} steps "
        f"{ends}; yours {found[-1][-1]:.2g}. So LSTMs are clipped too."
    )
