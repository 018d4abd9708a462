"""The experiments of the lesson on the carousel: units that should keep, and a door that should choose."""

import numpy as np
import streamlit as st

from lessons.carousel.door import PLACE, STEPS, Told, fixed, told
from lessons.carousel.units import left, state
from lessons.parts import show
from lstm_viz.errors import LearnerError
from lstm_viz.stage.chart import Axis, Bars, Line, Plot, Rule

KINDS = {"straight line": "linear", "relu": "relu", "tanh": "tanh"}
SEQUENCES, SEED = 5000, 8
LOW, HIGH = 1e-12, 1e12
SILENT = "a unit that says 0"


def units() -> None:
    """What a unit of a chosen function keeps of its state and of the gradient."""
    key = "carousel_units"
    kind = st.segmented_control("Function", list(KINDS), default="straight line", key=f"{key}_kind")
    kind = kind or "straight line"
    columns = st.columns(3)
    weight = columns[0].slider("Weight to itself", 0.5, 2.5, 1.0, 0.01, key=f"{key}_weight")
    start = columns[1].slider("Start", -1.0, 1.0, 0.7, 0.05, key=f"{key}_start")
    steps = columns[2].slider("Steps", 10, 1000, 100, 10, key=f"{key}_steps")
    try:
        h, kept = state(KINDS[kind], weight, start, steps), left(KINDS[kind], weight, start, steps)
    except LearnerError:
        st.info("The state has left what a computer can hold. Allowed: fewer steps, a smaller weight.")
        return
    show((course(h), remains(kept)), key=key)
    st.caption(
        f"After {steps:,} steps the state is {h[-1]:.4g}, where it began at {start:g}, and {kept[-1]:.3g} "
        "of the gradient is left."
    )


def course(h: np.ndarray) -> Plot:
    """The state, step by step."""
    return Plot(
        "The state",
        Axis("step", 0, len(h) - 1),
        Axis("state", -1.5, 1.5),
        (Line("state", "cell", range(len(h)), h),),
        f"The state goes from {h[0]:.3g} to {h[-1]:.4g}.",
    )


def remains(kept: np.ndarray) -> Plot:
    """The gradient, step by step back."""
    return Plot(
        "What is left of the gradient",
        Axis("steps back", 0, len(kept)),
        Axis("share", LOW, HIGH, log=True),
        (Line("gradient", "gradient", range(len(kept) + 1), np.append(1.0, kept)),),
        f"After {len(kept)} steps {kept[-1]:.3g} is left.",
    )


def doors() -> None:
    """A carousel that should hold the third of a hundred numbers, behind a door of one weight or two."""
    key = "carousel_door"
    columns = st.columns(3, vertical_alignment="bottom")
    two = columns[2].toggle("Two weights", key=f"{key}_two")
    words = "Weight at the third step" if two else "Weight at the door"
    weight = columns[0].slider(words, 0.0, 1.0, 0.5, 0.01, key=f"{key}_weight")
    other = columns[1].slider(
        "Weight at all others", 0.0, 1.0, 0.5, 0.01, key=f"{key}_other", disabled=not two
    )
    weights = fixed(weight, other if two else None)
    what = told(weights, numbers())
    show((way(what, numbers()[PLACE, 0]), pulls(what)), key=key)
    silent = told(fixed(0.0), numbers()).error
    third, others = (round(v, 2) + 0.0 for v in (what.pulls[PLACE], np.delete(what.pulls, PLACE).sum()))
    said = f"Mean squared error over {SEQUENCES:,} sequences: {what.error:.3g}; {SILENT} has {silent:.3g}. "
    said += f"The third step pulls with {third:+.2f}, all others together with {others:+.2f}."
    st.caption(said.replace("-", "−"))


@st.cache_data(max_entries=1, show_spinner=False)
def numbers() -> np.ndarray:
    """The numbers that are read, the same for everybody: (steps, sequences)."""
    return np.random.default_rng(SEED).uniform(-1, 1, (STEPS, SEQUENCES))


def way(what: Told, wanted: float) -> Plot:
    """The state over the first sequence."""
    h = what.states[:, 0]
    return Plot(
        "The state over one sequence",
        Axis("step", 1, STEPS),
        Axis("state", -8, 8),
        (
            Rule("wanted", wanted, across=True, role="input"),
            Line("state", "cell", np.arange(1, STEPS + 1), h),
        ),
        f"The state ends at {h[-1]:.3g}; it should hold {wanted:.3g}.",
    )


def pulls(what: Told) -> Plot:
    """How each step would move the weight, on average over all sequences."""
    at = np.arange(1, STEPS + 1)
    counts = at == PLACE + 1
    bars = (
        Bars("the third step", "input", at[counts], what.pulls[counts], 0.9),
        Bars("the others", "forget", at[~counts], what.pulls[~counts], 0.9),
    )
    return Plot(
        "Pulls at the weight: up above 0, down below",
        Axis("step", 0, STEPS + 1),
        Axis("pull", -0.8, 0.8),
        bars,
        f"The third step pulls with {what.pulls[PLACE]:.2g}, the others with "
        f"{what.pulls[~counts].mean():.2g} on average.",
    )
