"""How much of the gradient is left at each step before the last: two cells, twenty seeds, one fixed axis."""

import numpy as np
import streamlit as st

from lstm_viz import figures
from lstm_viz.flow import FLOAT32_TINY
from lstm_viz.flow.profiles import Band, Reach
from lstm_viz.library import LIBRARY
from lstm_viz.pages.gradients.cells_controls import lacking, pair, size, start
from lstm_viz.pages.gradients.controls import S, drawn, ground, menu, row
from lstm_viz.pages.gradients.measure import MOST_HEAT, SEEDS, Profile, heat, profile
from lstm_viz.pages.gradients.nets import Setup, setup

ENDS = (
    figures.Limit(FLOAT32_TINY, "float32 ends"),
    figures.Limit(float(np.finfo(np.float64).tiny), "float64 ends"),
)
TOPS = {"15": 5, "50": 10, "320": 40}
HEAT_LOW, HEAT_HIGH = -12, 2
ROWS = (
    ("reach of h", lambda one: one.reaches["h"], "hundredth"),
    ("half-life of h", lambda one: one.reaches["h"], "half"),
    ("reach of the memory", lambda one: one.memory, "hundredth"),
    ("half-life of the memory", lambda one: one.memory, "half"),
    ("half-life by ∏ alone", lambda one: one.direct_reach, "half"),
)


def show() -> None:
    """Controls; the gradient at h and at the memory; the reach in numbers; the heat map."""
    pair("profiles")
    line = row("profiles_more")
    size(line)
    start(line)
    menu(line, "floor")
    menu(line, "heat")
    sides = [setup(S.gl, S.gl[side]) for side in ("left", "right")]
    if said := lacking([its.cell for its in sides]):
        st.caption(said)
    found = [profile(its) for its in sides]
    # What training has changed is seen beside what was there before.
    before = [profile(untrained(its)) if its.trained else None for its in sides]
    left, right = st.columns(2)
    with left:
        drawn(hidden(sides, found, before), "hidden")
        st.caption(
            f"**|dL/dh_k| by lag,** the middle of {SEEDS} seeds (after training: of {SEEDS} sequences); four "
            "fifths of them lie in the band. Sent back is an error of 1 at the last output. The axis is "
            "absolute: what is low here is small."
        )
    with right:
        drawn(memory(sides, found, before), "memory")
        st.caption(kept(sides, found))
    its = None if S.gl["heat"] == "off" else sides[("left", "right").index(S.gl["heat"])]
    left, right = st.columns(2)
    with left:
        st.markdown(table(sides, found))
        st.caption(
            "Medians over the seeds. Reach: as long as a hundredth of the norm at the last step is "
            "left. Half-life: as long as half is. By ∏ alone: as if the gradient came back through the gate "
            "that keeps and no other way."
        )
    if its:
        with right:
            both(its)


def untrained(its: Setup) -> Setup:
    """The same cell before training, started as the library says."""
    return its._replace(trained=False, forget=None)


def curve(name: str, band: Band, side: int, role: str) -> figures.Curve:
    """The median over seeds with its band: dashes are the first cell's."""
    lags = np.arange(len(band.middle))
    around = (band.low, band.high)
    return figures.Curve(name, lags, band.middle, role if side else "plain", ("dash", "solid")[side], around)


def axis(y: str) -> dict:
    """The axes of both figures."""
    names = {"x": "lag: steps before the last", "y": y}
    return names | {"low": -int(S.gl["floor"]), "high": TOPS[S.gl["floor"]], "limits": ENDS}


def title(its: Setup, side: int) -> str:
    """A cell's name; where both are the same, which of them."""
    return its.variant.title + ("" if S.gl["left"] != S.gl["right"] else (" (first)", " (second)")[side])


def hidden(sides: list[Setup], found: list[Profile], before: list[Profile | None]):
    """|dL/dh| of both cells; where a gate keeps h, what it alone would leave."""
    lines = []
    for k, (its, one, first) in enumerate(zip(sides, found, before, strict=True)):
        lines.append(curve(title(its, k), one.bands["h"], k, "hidden"))
        if first:
            lines.append(was(title(its, k), first.bands["h"], k))
        lines += alone(title(its, k), one, "h", k)
    return figures.curves(ground(), lines, **axis("|dL/dh|"))


def memory(sides: list[Setup], found: list[Profile], before: list[Profile | None]):
    """The same at the memory of the cells that have one beside h."""
    lines = []
    for k, (its, one, first) in enumerate(zip(sides, found, before, strict=True)):
        for state in [s for s in one.bands if s != "h"]:
            lines.append(curve(f"{title(its, k)}: {state}", one.bands[state], k, "cell"))
            if first:
                lines.append(was(f"{title(its, k)}: {state}", first.bands[state], k))
            lines += alone(title(its, k), one, state, k)
    return figures.curves(ground(), lines, **axis("|dL/d memory|"))


def alone(name: str, one: Profile, state: str, side: int) -> list[figures.Curve]:
    """What the gate that keeps a state would leave by itself, where it keeps this one."""
    if not one.direct or one.state != state:
        return []
    lags = np.arange(len(one.direct.middle))
    return [figures.Curve(f"{name}: ∏ alone", lags, one.direct.middle, "forget", ("dashdot", "dot")[side])]


def was(name: str, band: Band, side: int) -> figures.Curve:
    """The same before training, thin."""
    lags, dash = np.arange(len(band.middle)), ("longdashdot", "longdash")[side]
    return figures.Curve(f"{name}, before", lags, band.middle, "plain", dash, width=1.2)


def kept(sides: list[Setup], found: list[Profile]) -> str:
    """What to look at in the figure of the memory."""
    without = [its.variant.title for its, one in zip(sides, found, strict=True) if len(one.bands) == 1]
    said = (
        "**The same at the cell state (or what the cell has in its place).** ∏ alone is what the gate that "
    )
    said += (
        "keeps would leave, step by step. Where the measured line leaves it, the gradient came another way."
    )
    return said + (f" No such state: {' and '.join(dict.fromkeys(without))}." if without else "")


def table(sides: list[Setup], found: list[Profile]) -> str:
    """The reach and the half-lives, medians over the seeds; a column a cell."""
    names = [title(its, k) for k, its in enumerate(sides)]
    rows = [f"| steps back | {' | '.join(names)} |", "|---|---|---|"]
    for words, of, name in ROWS:
        said = [steps(of(one), name) for one in found]
        rows.append(f"| {words} | {' | '.join(said)} |")
    return "\n".join(rows)


def steps(reach: Reach | None, name: str) -> str:
    """A number of steps; that of the whole sequence is only a lower bound."""
    if reach is None:
        return "–"
    n = getattr(reach, name)
    return f"all {n}" if n >= reach.steps - 1 else str(n)


def both(its: Setup) -> None:
    """The heat map of one cell."""
    found = heat(its)
    s, steps = found.state, found.steps
    names = ("k, the step before", "T, the end", "norm")
    drawn(figures.heat(ground(), steps, steps, found.norms, names, HEAT_LOW, HEAT_HIGH, 400), "heat")
    cut = f" The first {MOST_HEAT} steps are shown." if its.T > MOST_HEAT else ""
    st.caption(
        f"**‖∂{s}_T/∂{s}_k‖, {LIBRARY[its.cell].title}, first seed.** Each row is one end T, each column one "
        "step k before it. Colour along the diagonal alone is a short memory; a column that keeps its colour "
        f"upwards is a step that all later ones still feel.{cut}"
    )
