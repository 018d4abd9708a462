"""Which path the gradient takes: shares by step, and the same gradient on every wire of the stage."""

import numpy as np
import streamlit as st

from lstm_viz import figures
from lstm_viz.flow.paths import shares
from lstm_viz.pages import address
from lstm_viz.pages.arrival import spread
from lstm_viz.pages.choices import MODEL, VIEW
from lstm_viz.pages.gradients.cells_controls import lacking, pair, size
from lstm_viz.pages.gradients.controls import S, drawn, field, ground, returned, row, slider
from lstm_viz.pages.scene import scene
from lstm_viz.stage import Run, pack, stage

SCALES = ((-0.1, 1.1), (-0.5, 1.5), (-1.0, 2.0), (-3.0, 4.0), (-10.0, 11.0))


def show() -> None:
    """Controls; each cell's shares; the stage in backward mode."""
    pair("paths")
    line = row("paths_more")
    size(line, "steps")
    if S.gl["weights"] == "untrained":
        slider(line, "forget")
    field(line, "seed", "Seed", 0, 9999)
    if said := lacking([S.gl["left"], S.gl["right"]]):
        st.caption(said)
    values = scene_values(S.gl)
    shown = scene(values)
    for place, run, side in zip(st.columns(2), shown.runs, ("left", "right"), strict=True):
        with place:
            st.markdown(f"**{run.variant.title}**, {run.note}")
            drawn(picture(run), f"shares_{side}")
    st.caption(
        "**Where does the colour change?** Each bar is one step back and its parts add up to 100 %: how much "
        "of all that arrives at the states before came through the cell state, through each gate, through h. "
        "A part below zero works against the rest, and the others then go beyond 100 %."
    )
    hint, link = st.columns([3, 1], vertical_alignment="center")
    hint.markdown("**The same gradient on every wire.** Move through time; the width is its size.")
    link.page_link(
        "lstm_viz/pages/explorer.py",
        label="Open in the Explorer",
        icon=":material/open_in_new:",
        query_params=address.write(values | {"mode": "backward"}, MODEL | VIEW) | {"mode": "backward"},
    )
    wires(shown, values)


def scene_values(choices: dict) -> dict:
    """The Explorer's choices for these."""
    values = {name: choice.default for name, choice in MODEL.items()}
    same = ("task", "left", "right", "weights", "hidden", "forget", "seed")
    values |= {name: choices[name] for name in same}
    T = choices["steps"]
    first, second = spread(T)
    return values | {"T": T, "first": first, "second": second}


def picture(run: Run):
    """The shares of one cell's paths, by the step that the gradient leaves."""
    signals, found = run.variant.signals, shares(run.trace, run.grads)
    steps, layers = np.arange(1, len(run.trace.values["x"]) + 1), []
    for (state, through), share in found.items():
        role = signals[through].role if through in signals else "plain"
        several = sum(name == through for _, name in found) > 1
        layers.append(figures.Layer(words(state, through, signals, several), share, role))
    return figures.shares(ground(), steps, layers, "step that it comes back through", ends(layers))


def words(state: str, through: str, signals: dict, several: bool) -> str:
    """A path in words; to which state it leads where that is not plain."""
    name = signals[through].name if through in signals else through
    return f"through the {name}" + f", to {state}" * several


def ends(layers: list[figures.Layer]) -> tuple[float, float]:
    """The narrowest of some scales on which all is seen; the widest where none is enough."""
    parts = np.array([layer.share for layer in layers])
    low, high = np.minimum(parts, 0).sum(axis=0).min(), np.maximum(parts, 0).sum(axis=0).max()
    return next(((a, b) for a, b in SCALES if a <= low and high <= b), SCALES[-1])


def wires(shown, values: dict) -> None:
    """The stage, in backward mode."""
    at = {"t": round(0.55 * values["T"]), "unit": 1, "mode": "backward"}
    at |= {"place": 1, "signal": "", "speed": 8, "nonce": S.gl_nonce}
    data = pack(shown.task, shown.batch, shown.runs, at, repr(values))
    stage(data, "gl_stage", lambda: None, lambda: returned("gl_stage"))
