"""Powers of a matrix beside what a real recurrent net does with it: eigenvalues, norms, the state."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from lstm_viz import figures
from lstm_viz.cell import parse
from lstm_viz.engine import run
from lstm_viz.errors import LearnerError
from lstm_viz.flow import powers
from lstm_viz.flow.jacobians import running, transitions
from lstm_viz.pages.gradients.choices import OF_POWERS, OWN, PRESETS
from lstm_viz.pages.gradients.controls import S, drawn, field, ground, key, menu, row, slider
from lstm_viz.pages.gradients.view import take

# The largest slope of each activation: γ in the bound (γ‖W‖)ⁿ (Pascanu, Mikolov & Bengio 2013).
STEEPEST = {"tanh": 1.0, "sigmoid": 0.25, "relu": 1.0, "identity": 1.0}
EDGES = (1.1, 5.0, 25.0, 125.0, 1e3, 1e4, 1e5, 1e6)
WORDS = (
    "**Compare the thick lines.** ‖Wⁿ‖ is what the matrix alone does. ‖Jₙ…J₁‖ is what the gradient meets on "
    "the net's real way, where every step has its own slopes."
)


class Found(NamedTuple):
    """A matrix's spectrum and powers, its net's course (n, size), and the Jacobians of its steps."""

    W: np.ndarray
    spectrum: powers.Spectrum
    departure: float
    norms: np.ndarray
    course: np.ndarray
    last: np.ndarray
    products: np.ndarray


def matrix(values: dict) -> np.ndarray:
    """The recurrent matrix of the choices."""
    size, radius, shear = int(values["size"]), values["radius"], values["shear"]
    if size == 1:
        return np.array([[radius]])
    if size == 2:
        return powers.plane(radius, shear, values["turn"])
    return powers.matrix(np.random.default_rng(values["seed"]), size, radius, shear)


@st.cache_data(max_entries=300, show_spinner=False)
def found(**values) -> Found:
    """All that the view shows of its choices."""
    W, n = matrix(values), values["n"]
    size, f = len(W), values["activation"]
    total = "W_h @ x + U_h @ h_prev + b_h"
    cell = parse(f"h = {total}" if f == "identity" else f"h = {f}({total})")
    first, bias = np.zeros((size, 1)), np.zeros((size, 1))
    for k, name in enumerate(("1", "2")[:size]):
        first[k], bias[k] = values[f"h{name}"], values[f"b{name}"]
    params, x = {"W_h": np.zeros((size, 1)), "U_h": W, "b_h": bias}, np.zeros((n, 1, 1))
    try:
        course = run(cell, params, x, {"h": first}).values["h"][:, :, 0]
    except LearnerError as error:
        raise LearnerError(
            f"The state grows beyond the largest number within {n} steps. Allowed: fewer steps, a smaller "
            "radius or shear, or a start at 0."
        ) from error
    J = transitions(cell, params, x, {"h": first}).matrices
    return Found(
        W,
        powers.spectrum(W),
        powers.departure(W),
        powers.power_norms(W, n),
        np.concatenate([first.T, course]),
        np.linalg.eigvals(J[-1]),
        running(J),
    )


def presets() -> None:
    """The presets; the one that everything is set to is marked."""
    chosen = S.gl["preset"]
    S[key("preset")] = None if chosen == OWN else chosen
    st.segmented_control(
        "Presets",
        list(PRESETS),
        key=key("preset"),
        format_func=lambda name: PRESETS[name].title,
        label_visibility="collapsed",
        on_change=lambda: take(S, S[key("preset")] or S.gl["preset"]),
    )


def controls() -> None:
    """The matrix, the units, and where they begin."""
    line = row("powers")
    size = int(menu(line, "size"))
    menu(line, "activation")
    slider(line, "radius")
    if size > 1:
        slider(line, "shear")
    if size == 2:
        slider(line, "turn")
    slider(line, "n")
    menu(line, "span")
    with line.popover("Start and inputs", width="content"):
        for k in range(1, min(size, 2) + 1):
            slider(st, f"b{k}")
            slider(st, f"h{k}")
        if size > 2:
            field(st, "seed", "Seed of the matrix", 0, 9999)


def show() -> None:
    """Presets, controls; eigenvalues, norms, the course of the state."""
    presets()
    controls()
    values = S.gl
    said = PRESETS[values["preset"]].words if values["preset"] != OWN else WORDS
    st.markdown(said)
    its = found(**{name: values[name] for name in (*OF_POWERS, "seed") if name != "span"})
    left, right = st.columns([1, 1.7])
    with left:
        drawn(plane(its), "plane")
        st.caption(
            "**Where are the eigenvalues,** the factors by which W stretches directions of its own? Inside "
            "the circle Wⁿ ends at 0. The crosses are those of the last step's Jacobian J: W times the "
            "slopes of the activation."
        )
    with right:
        drawn(norms(its, values), "norms")
        st.caption(
            "**A norm ‖·‖ is the most that a matrix stretches any direction.** The bound (γ‖W‖)ⁿ is the most "
            "that n steps can do: all at the steepest slope γ, all stretching the same direction."
        )
        st.caption(read(its, values))
    drawn(course(its), "course")
    st.caption("**The state's own course.** A product can only behave like Wⁿ while the slopes stay alike.")


def plane(its: Found):
    """The eigenvalues of W and of the last Jacobian."""
    groups = [("of W", its.spectrum.eigenvalues, "hidden", "circle-open")]
    groups.append(("of the last J", its.last, "gradient", "x-thin-open"))
    return figures.plane(ground(), groups, its.spectrum.norm)


def norms(its: Found, values: dict):
    """The powers, the products, and the two bounds, over the number of steps."""
    n, span = np.arange(1, len(its.norms) + 1), int(values["span"])
    with np.errstate(over="ignore"):
        radius = its.spectrum.radius**n
        bound = (STEEPEST[values["activation"]] * its.spectrum.norm) ** n
    lines = [
        figures.Curve("‖Jₙ…J₁‖, the real net", n, its.products, "gradient", width=3.5),
        figures.Curve("‖Wⁿ‖, the matrix alone", n, its.norms, "hidden", "dash", width=3),
        figures.Curve("ρⁿ, the radius alone", n, radius, "plain", "dot", width=1.5),
        figures.Curve("(γ‖W‖)ⁿ, the bound", n, bound, "plain", "dashdot", width=1.5),
    ]
    return figures.curves(ground(), lines, "steps n", "norm, the most it stretches", -span, span)


def course(its: Found):
    """The state of the first units over time."""
    steps, largest = np.arange(len(its.course)), np.abs(its.course[:, :4]).max()
    edge = next((e for e in EDGES if largest <= e), EDGES[-1])
    roles = ("hidden", "output", "forget", "input")
    lines = [
        figures.Curve(f"unit {k + 1}", steps, its.course[:, k], role, dash)
        for k, (role, dash) in enumerate(zip(roles, ("solid", "dash", "dot", "dashdot"), strict=True))
        if k < its.course.shape[1]
    ]
    return figures.curves(ground(), lines, "step", "state h", linear=(-edge, edge), height=200)


def read(its: Found, values: dict) -> str:
    """What the curves say, in numbers."""
    top = int(its.products.argmax())
    gamma = STEEPEST[values["activation"]]
    bound = gamma * its.spectrum.norm
    said = "the gradient must vanish" if bound < 1 else "nothing is promised"
    return (
        f"ρ = **{round(its.spectrum.radius, 9):.3g}**, ‖W‖ = **{its.spectrum.norm:.4g}**; what the "
        f"eigenvalues leave out of W (its departure from normality): **{its.departure:.3g}**. The real "
        f"product is largest at n = {top + 1}, **{its.products[top]:.4g}**, and ends at "
        f"**{its.products[-1]:.3g}**; ‖Wⁿ‖ ends at {its.norms[-1]:.3g}. γ‖W‖ = {bound:.3g}: "
        f"by the bound {said}."
    )
