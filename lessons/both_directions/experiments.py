"""The experiments of the lesson on both directions: three readers that learn, and one that is nudged."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.both_directions.nets import SEEDS, STEPS, touch
from lessons.parts import show
from lstm_viz.stage.chart import Axis, Line, Plot, Rule

LEAST, MOST = 1e-10, 1.0
WAYS = {"From the start": False, "Both directions": True}


def future() -> None:
    """Three readers learn the question about a later number."""
    live.rerun("both_future", "both_future")


def nudge() -> None:
    """One answer of an untrained reader, and by how much each input could change it."""
    left, right = st.columns(2)
    way = left.segmented_control("Reads", list(WAYS), default="From the start", key="both_nudge_way")
    depth = right.segmented_control("Layers", (1, 2, 3, 4), default=1, key="both_nudge_depth")
    at = left.slider("Step of the answer", 1, STEPS, 20, key="both_nudge_at")
    forget = right.slider("Bias of the forget gates", 0.0, 6.0, 1.0, 0.5, key="both_nudge_forget")
    with st.expander("More"):
        seed = st.select_slider("Seed", SEEDS, 1, key="both_nudge_seed")
    felt = touch(depth or 1, WAYS[way or "From the start"], int(seed), forget)[:, at - 1]
    show(nudged(felt, at), key="both_nudge")
    none = int((felt == 0).sum())
    st.caption(
        f"{STEPS - none} of {STEPS} inputs can change this answer; {none} cannot, exactly. The most is "
        f"{felt.max():.2g} for a nudge of 1, by the input at step {felt.argmax() + 1}."
    )


def nudged(felt: np.ndarray, at: int) -> Plot:
    """The gradient of one answer by every input."""
    shown = np.where(felt > 0, np.clip(felt, LEAST, MOST), np.nan)
    return Plot(
        "What a nudge of each input does to the answer",
        Axis("step of the input", 0, STEPS),
        Axis("change of the answer", LEAST, MOST, log=True),
        (Line("gradient", "gradient", np.arange(1, STEPS + 1), shown), Rule("the answer", at)),
        f"The largest is {felt.max():.2g} at step {felt.argmax() + 1}; {int((felt == 0).sum())} are zero.",
    )
