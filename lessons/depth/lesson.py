"""Depth: the pictures and experiments by the names that the prose has for them."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.depth.claims import KINDS
from lessons.depth.nets import ROTATIONS, H, Profile, profile
from lessons.parts import show
from lessons.words import tens
from lstm_viz.stage.chart import Axis, Line, Plot

STAGE = "/?left=plain_deep&right=highway&weights=untrained&T=50&hidden=16&mode=backward&t=1&model=2"
ROLES = {"plain": "hidden", "highway": "cell", "residual": "input", "plain, rotations": "reset"}
ROWS = {
    "Plain, highway, residual": (
        "highway_2015",
        ("plain, 10 layers", "plain, 50 layers", "Highway, 50 layers", "residual, 50 layers"),
    ),
    "Twenty plain layers, and rotations": (
        "depth_layers",
        ("plain, 20 layers", "plain, 50 layers, rotations"),
    ),
    "Layers shut after training": (
        "depth_layers",
        ("Highway, the worst layer shut", "Highway, all layers shut"),
    ),
}


def gradient() -> Plot:
    """What is left of a gradient at each of fifty untrained layers."""
    return back({name: profile(cell) for name, cell in KINDS.items()})


def back(found: dict[str, Profile]) -> Plot:
    """The gradient of each net, from the first layer to the last."""
    marks = tuple(Line(name, ROLES[name], *_layers(p.gradient)) for name, p in found.items())
    said = "; ".join(f"{name}: {tens(p.gradient[0])} at the first layer" for name, p in found.items())
    x = Axis("layer", 1, len(next(iter(found.values())).gradient))
    return Plot(
        "The gradient, on its way back", x, Axis("beside that at the top", 1e-30, 1e6, True), marks, said
    )


def up(found: dict[str, Profile]) -> Plot:
    """The length of what each layer hands up."""
    marks = tuple(Line(name, ROLES[name], *_layers(p.signal)) for name, p in found.items())
    said = "; ".join(f"{name}: {tens(p.signal[-1])} at the top" for name, p in found.items())
    x = Axis("layer", 1, len(next(iter(found.values())).signal))
    y = Axis("beside the input's", 1e-6, 1e3, log=True)
    return Plot("What is handed up, its length", x, y, marks, said)


def _layers(values: np.ndarray) -> tuple[list[int], np.ndarray]:
    return list(range(1, len(values) + 1)), values


def profiles() -> None:
    """Untrained nets of all kinds: the gradient on its way back, the values on their way up."""
    key = "depth_profiles"
    left, right = st.columns(2)
    layers = left.slider("Layers", 5, 100, 50, 5, key=f"{key}_layers")
    bias = right.slider("Bias of the highway's gates", -8.0, 2.0, -2.0, 0.5, key=f"{key}_bias")
    turned = left.toggle("Begin the plain layers as rotations", key=f"{key}_turned")
    seed = int(right.number_input("Seed", 0, 9999, 8, key=f"{key}_seed"))
    plain = "plain, rotations" if turned else "plain"
    found = {
        plain: profile("plain_deep", layers, ROTATIONS if turned else (), seed),
        "highway": profile("highway", layers, (("b_T", bias),), seed),
        "residual": profile("residual", layers, (), seed),
    }
    show((back(found), up(found)), key=key)
    said = ", ".join(f"{tens(max(p.gradient[0], 1e-300))} ({name})" for name, p in found.items())
    st.caption(f"{layers} untrained layers of {H} units. Of the gradient there arrives at the first: {said}.")


def train() -> None:
    """Rows of the course, run with the reader's own seed."""
    which = st.segmented_control("Which nets", list(ROWS), default=next(iter(ROWS)), key="depth_train_which")
    name, arms = ROWS[which or next(iter(ROWS))]
    live.rerun(name, f"depth_train_{list(ROWS).index(which or next(iter(ROWS)))}", arms)


PICTURES = {"depth_gradient": gradient}
CURVES = {}
EXPERIMENTS = {"depth_profiles": profiles, "depth_train": train}
