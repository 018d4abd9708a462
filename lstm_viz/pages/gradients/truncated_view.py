"""The truncated gradient of 1997 beside the whole one: what is lost, and how far the direction turns."""

import numpy as np
import streamlit as st

from lstm_viz import figures
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.pages.gradients.cells_controls import lacking, size, start
from lstm_viz.pages.gradients.choices import TASK_TITLES
from lstm_viz.pages.gradients.controls import S, cell, drawn, ground, menu, row, select
from lstm_viz.pages.gradients.measure import Comparison, truncated
from lstm_viz.pages.gradients.nets import memory, setup
from lstm_viz.pages.gradients.profiles_view import TOPS

SEEDS = 10


def show() -> None:
    """Controls; both gradients by lag; the cosines by parameter."""
    line = row("truncated")
    cell(line, "cell", "Cell")
    select(line, "task", "Task", TASK_TITLES)
    menu(line, "weights")
    menu(line, "floor")
    more = row("truncated_more")
    size(more)
    start(more)
    if said := lacking([S.gl["cell"]]):
        st.caption(said)
    its = setup(S.gl, S.gl["cell"])
    found, state = truncated(its, SEEDS), memory(parse(its.variant.equations)) or "h"
    left, right = st.columns(2)
    with left:
        drawn(profiles(found, state), "truncated")
        st.caption(reading(found, state))
    with right:
        names = list(found.cosines)
        values = np.array(list(found.cosines.values()))
        drawn(
            figures.dots(
                ground(), names, values, "cosine between both gradients", -1.05, 1.05, 120 + 28 * len(names)
            ),
            "cosines",
        )
        st.caption(
            "**How far does the direction turn?** At 1 the truncated gradient of that parameter points where "
            "the whole one points; at 0 it says nothing about it. A dot is a seed (after training: the mean "
            f"over {SEEDS} sequences), the bar the median."
        )


def profiles(found: Comparison, state: str):
    """The memory's gradient by lag, whole and truncated."""
    lines = []
    for name, its, role, dash in (
        ("whole", found.whole, "cell" if state != "h" else "hidden", "solid"),
        ("truncated", found.short, "gradient", "dash"),
    ):
        one = its.bands[state]
        lines.append(
            figures.Curve(name, np.arange(len(one.middle)), one.middle, role, dash, (one.low, one.high))
        )
    floor = S.gl["floor"]
    return figures.curves(
        ground(), lines, "lag: steps before the last", f"|dL/d{state}|", -int(floor), TOPS[floor]
    )


def reading(found: Comparison, state: str) -> str:
    """What to look at, with this cell's own words."""
    title = LIBRARY[S.gl["cell"]].title
    said = f"**|dL/d{state}_k| by lag,** {SEEDS} seeds. Truncated: nothing comes back through h_prev"
    if state == "h":
        return f"{said}. {title} has no other way: of its gradient nothing is left before the last step."
    return (
        f"{said}, only along {state}. The gap between both lines is what it leaves out. (Hochreiter & "
        "Schmidhuber 1997, who trained with it, compared: “no significant difference”.)"
    )
