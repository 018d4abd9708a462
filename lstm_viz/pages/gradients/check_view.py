"""The gradient check: one weight that the reader picks, moved up and down by ε, beside backpropagation."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from lstm_viz import figures
from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.flow import check
from lstm_viz.library import LIBRARY
from lstm_viz.network import shapes, start
from lstm_viz.pages.gradients.controls import S, cell, drawn, field, ground, row, select, slider
from lstm_viz.pages.gradients.view import misfits

T, D, H = 12, 2, 4
EXPONENTS = np.linspace(-14, -1, 53)


class Checked(NamedTuple):
    """The slope by backpropagation, by differences at ε, the loss on both sides, and the errors by ε.

    `whole` holds the reading of every parameter at the usual ε.
    """

    analytic: float
    numeric: float
    sides: tuple[float, float]
    errors: np.ndarray
    whole: dict[str, float]


def problem(name: str, seed: int) -> tuple:
    """A small net of the cell: parameters, a sequence, first states, and the loss's weights."""
    variant = LIBRARY[name]
    parsed = parse(variant.equations)
    if "dt" in parsed.inputs:
        raise LearnerError(
            f"{variant.title} reads the time between inputs too; the check knows inputs alone. "
            "Allowed: cells that read nothing else."
        )
    rng = np.random.default_rng(seed)
    params = start(variant, D, 1, H, rng)
    params = {p: params[p] for p in parsed.params}
    return parsed, params, rng.normal(size=(T, D, 1)), variant.initial, rng.normal(size=(T, H, 1))


@st.cache_data(max_entries=300, show_spinner=False)
def checked(name: str, seed: int, param: str, index: tuple[int, int], exponent: int) -> Checked:
    """All that the view shows of its choices."""
    given = problem(name, seed)
    exact = check.analytic(*given)
    slope = float(exact[param][index])
    epsilon = 10.0**exponent
    cell, params, x, initial, G = given
    sides = []
    for step in (-epsilon, epsilon):
        moved = params[param].copy()
        moved[index] += step
        sides.append(check.loss(cell, params | {param: moved}, x, initial, G))
    errors = np.array([gap(given, param, index, 10.0**e, slope) for e in EXPONENTS])
    numeric = check.differences(*given)
    whole = {p: check.reading(numeric[p], exact[p]) for p in cell.params}
    at = check.difference(*given, param, index, epsilon)
    return Checked(slope, at, tuple(sides), errors, whole)


def gap(given: tuple, param: str, index: tuple[int, int], epsilon: float, slope: float) -> float:
    """How far the difference is from the slope; nothing where ε is lost in rounding."""
    try:
        return relative(check.difference(*given, param, index, epsilon), slope)
    except LearnerError:
        return float("nan")


def relative(a: float, b: float) -> float:
    """|a − b| / (|a| + |b|), from 0 to 1."""
    return check.reading(np.array([a]), np.array([b]))


def show() -> None:
    """Controls; the two slopes; the error by ε; the readings of all parameters."""
    line = row("check")
    name = cell(line, "cell", "Cell")
    S.gl = S.gl | misfits(S.gl)
    sizes = shapes(parse(LIBRARY[name].equations), D, 1, H, LIBRARY[name].sizes)
    params = {p: f"{p}, {sizes[p][0]} × {sizes[p][1]}" for p in parse(LIBRARY[name].equations).params}
    param = select(line, "param", "Parameter", params, 160)
    place = (
        field(line, "row", "Row", 1, sizes[param][0]) - 1,
        field(line, "column", "Column", 1, sizes[param][1]) - 1,
    )
    exponent = slider(line, "epsilon")
    field(line, "seed", "Seed", 0, 9999)
    found = checked(name, S.gl["seed"], param, place, exponent)
    st.markdown(compared(found, param, place, exponent))
    left, right = st.columns([1.5, 1])
    with left:
        drawn(picture(found, exponent), "check")
        st.caption(
            "**Why is there a best ε?** Too large, and the loss bends between both sides; too small, and "
            f"rounding eats their difference. For this weight it is near ε = {10 ** best(found):.0e}."
        )
    with right:
        st.markdown(table(found))
        st.caption(
            f"All weights at ε = {check.EPSILON:g}: max |n − a| / (max |n| + max |a|), by parameter. The net "
            f"has {H} units and reads {T} random steps; L = Σ h·G with random G."
        )


def compared(found: Checked, param: str, place: tuple[int, int], exponent: int) -> str:
    """Both slopes in one line."""
    off = relative(found.numeric, found.analytic)
    return (
        f"**dL/d{param}[{place[0] + 1}, {place[1] + 1}]:** backpropagation **{found.analytic:.10g}**, "
        f"central difference **{found.numeric:.10g}**, relative difference **{off:.2g}**. L at w − ε: "
        f"{found.sides[0]:.12g}; at w + ε: {found.sides[1]:.12g}."
    )


def best(found: Checked) -> float:
    """The exponent at which the difference comes closest to the slope."""
    return float(EXPONENTS[np.nanargmin(found.errors)])


def picture(found: Checked, exponent: int):
    """The relative difference by ε, and the chosen one."""
    chosen = relative(found.numeric, found.analytic)
    lines = [figures.Curve("relative difference", EXPONENTS, found.errors, "gradient")]
    lines.append(
        figures.Curve(
            "your ε", np.array([exponent] * 2), np.array([1e-17, max(chosen, 1e-17)]), "hidden", "dot"
        )
    )
    return figures.curves(ground(), lines, "ε = 10 to the power of", "relative difference", -16, 0)


def table(found: Checked) -> str:
    """The reading of every parameter."""
    rows = ["| parameter | disagreement |", "|---|---|"]
    return "\n".join(rows + [f"| {name} | {value:.2g} |" for name, value in found.whole.items()])
