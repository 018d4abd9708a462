"""The first experiment of the lesson on vanishing gradients: products of Jacobians."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from lessons.parts import show
from lessons.plain import Net, jacobians, net, states
from lessons.vanishing.by_hand import BALANCED, HELD
from lessons.words import tens
from lstm_viz.errors import LearnerError
from lstm_viz.flow.jacobians import running
from lstm_viz.flow.powers import Spectrum, matrix, spectrum
from lstm_viz.stage.chart import Axis, Line, Plot

MOST = 200  # steps; a single unit may have five times as many


class Case(NamedTuple):
    """What a preset begins with: units, spectral radius, shear, tanh or not, input, start, steps.

    `low` and `high` are the ends of its axis.
    """

    units: int
    radius: float
    shear: float
    tanh: bool
    feed: float
    start: float
    low: float = 1e-30
    high: float = 1e30
    steps: int = 100


CASES = {
    "The hump": Case(2, 0.9, 10.0, False, 0.0, 0.0, 1e-6, 1e6),
    "Your prediction": Case(1, 2.0, 0.0, True, 0.3, 0.0, 1e-110, 1e40),
    "Radius 0": Case(2, 0.0, 0.0, True, 0.0, 0.0, 1e-3, 1e12, 20),
    "A switch": Case(1, 2.0, 0.0, True, 0.0, 0.5, 1e-110, 1e40),
    "On the edge": Case(1, 1.0, 0.0, True, 0.0, 0.5, 1e-4, 1e2, 200),
    "Sixteen units": Case(16, 1.2, 2.0, True, 0.0, 0.5, 1e-20, 1e20),
}


def products_of() -> None:
    """How far the product of the Jacobians of a chosen network can stretch a gradient."""
    name = st.pills("Begin with", list(CASES), default="The hump", key="vanish_products_case")
    name = name or "The hump"
    case = CASES[name]
    n, x, start = held(case) if name == "Radius 0" else chosen(name, case)
    try:
        h, J = states(n, x, start), jacobians(n, x, start)
    except LearnerError:
        st.info("The states have left what a computer can hold. Allowed: fewer steps, a smaller weight.")
        return
    left, whole = running(J), spectrum(n.U)
    show((stretched(left, whole, case), course(h, n.kind == "tanh")), key="vanish_products")
    top = left.argmax()
    highest = f"At most it is {tens(left[top])} times as long, at step {top + 1}." if left[top] > 1 else ""
    end = tens(max(left[-1], 1e-300))
    st.caption(
        f"Spectral radius {round(whole.radius, 9):.3g}, norm {whole.norm:.3g}. "
        f"After {len(x)} steps a gradient can be {end} times as long as it was. {highest}"
    )


def held(case: Case) -> tuple[Net, np.ndarray, tuple[float, float]]:
    """The two tanh units that a bias holds where their slopes are out of balance."""
    size = st.slider(
        "Size of the four weights: +, + in the first row, −, − in the second",
        *(0.0, 10.0, 8.0, 0.5),
        key="vanish_products_size",
    )
    share = size / BALANCED[0, 0]
    U = share * BALANCED
    return net("tanh", U, b=np.arctanh(HELD) - U @ HELD), np.zeros(case.steps), HELD


def chosen(name: str, case: Case) -> tuple[Net, np.ndarray, np.ndarray]:
    """The network, its input and its start, from the sliders of a preset."""
    key = f"vanish_products_{name}"
    columns = st.columns(4 if case.units > 1 else 3)
    words = "Spectral radius" if case.units > 1 else "Weight"
    radius = columns[0].slider(words, 0.0, 3.0, case.radius, 0.05, key=f"{key}_radius")
    feed = columns[1].slider("Steady input to unit 1", 0.0, 2.0, case.feed, 0.1, key=f"{key}_feed")
    steps = columns[2].slider(
        "Steps", 10, MOST * (5 if case.units == 1 else 1), case.steps, 10, key=f"{key}_steps"
    )
    shear = 0.0
    if case.units > 1:
        what = "Entry above the diagonal" if case.units == 2 else "Feeding in one direction"
        shear = columns[3].slider(what, 0.0, 30.0, case.shear, 0.2, key=f"{key}_shear")
    with st.expander("More"):
        tanh = st.toggle("With tanh", case.tanh, key=f"{key}_tanh")
        start = st.slider("Where all units start", 0.0, 1.0, case.start, 0.1, key=f"{key}_start")
        seed = st.slider("Seed", 1, 20, 1, key=f"{key}_seed") if case.units > 2 else 1
    W = np.zeros((case.units, 1))
    W[0] = 1.0
    n = net("tanh" if tanh else "linear", recurrent(case.units, radius, shear, seed), W)
    return n, np.full(steps, feed), np.full(case.units, start)


def recurrent(units: int, radius: float, shear: float, seed: int) -> np.ndarray:
    """A recurrent matrix of this spectral radius."""
    if units > 2:
        return matrix(np.random.default_rng(seed), units, radius, shear)
    U = radius * np.eye(units)
    U[0, -1] += shear * (units > 1)
    return U


def stretched(left: np.ndarray, whole: Spectrum, case: Case) -> Plot:
    """The norm of the products, and what the radius and the norm alone would say."""
    n = np.arange(1, len(left) + 1)
    lines = (
        Line("by the norm", "plain", n, whole.norm ** n.astype(float), "dash", True),
        Line("by the radius", "plain", n, whole.radius ** n.astype(float), "dot", True),
        Line("in fact", "gradient", n, left),
    )
    return Plot(
        "The most that is left of a gradient",
        Axis("steps back", 0, len(n)),
        Axis("times as long", case.low, case.high, log=True),
        lines,
        f"After {len(n)} steps the product of the Jacobians has the norm {left[-1]:.3g}.",
    )


def course(h: np.ndarray, tanh: bool) -> Plot:
    """The states of the first units; without tanh they may leave the axis."""
    edge, shown = (1.0 if tanh else 20.0), min(h.shape[1], 4)
    roles = ("hidden", "output", "input", "reset")
    lines = [Line(f"unit {k + 1}", roles[k], range(len(h)), h[:, k].clip(-edge, edge)) for k in range(shown)]
    said = ", ".join(f"{v:.3g}" for v in h[-1, :shown])
    return Plot(
        "The states meanwhile",
        Axis("step", 0, len(h) - 1),
        Axis("state", -edge, edge),
        tuple(lines),
        f"The states end at {said}.",
    )
