"""The experiments of the lesson on sequences: walks in the plane of two units, and a ring that remembers."""

import numpy as np
import streamlit as st

from lessons.parts import show
from lessons.plain import net, states, turn
from lessons.sequences.nets import ENTRY, RING, held
from lessons.sequences.pictures import plane
from lstm_viz.stage.chart import Axis, Bars, Dots, Heat, Line, Plot, Rule

MOST, SHOWN = 200, 60


def portrait() -> None:
    """Where two units go, for chosen weights, with a push on the way or without."""
    key = "seq_portrait"
    columns = st.columns(3)
    degrees = columns[0].slider("Turn, in degrees", 0, 180, 30, 5, key=f"{key}_turn")
    stretch = columns[1].slider("Stretch", 0.0, 2.0, 0.9, 0.05, key=f"{key}_stretch")
    push = columns[2].slider("Push to unit 1 at step 20", -2.0, 2.0, 0.0, 0.1, key=f"{key}_push")
    tanh = st.toggle("With tanh", True, key=f"{key}_tanh")
    with st.expander("More"):
        start = [
            st.slider(f"Unit {k} starts at", -1.0, 1.0, value, 0.1, key=f"{key}_start{k}")
            for k, value in ((1, 0.8), (2, 0.6))
        ]
        steps = st.slider("Steps", 30, MOST, SHOWN, 10, key=f"{key}_steps")
    quiet, pushed = (walked(degrees, stretch, tanh, start, steps, by) for by in (0.0, push))
    edge = 1.0 if tanh else 2.0
    show((in_plane(quiet, pushed, push, edge), in_time(pushed, push, edge)), key=key)
    moved = np.linalg.norm(pushed - quiet, axis=1)
    said = (
        f" Ten steps after the push the walk was {moved[30]:.2g} from where it would have been without it, "
    )
    st.caption(
        f"After {steps} steps the state is {pushed[-1, 0]:.3g} and {pushed[-1, 1]:.3g}, "
        f"{np.linalg.norm(pushed[-1]):.3g} from the middle."
        + (f"{said}at the end {moved[-1]:.2g}." if push else "")
    )


def walked(degrees: float, stretch: float, tanh: bool, start, steps: int, push: float) -> np.ndarray:
    """The states (steps + 1, 2), with a push to the first unit at step 20."""
    x = np.zeros(steps)
    x[19] = push
    return states(net("tanh" if tanh else "linear", turn(degrees, stretch), ENTRY), x, start)


def in_plane(quiet: np.ndarray, pushed: np.ndarray, push: float, edge: float) -> Plot:
    """The walk, and the one without the push."""
    marks = [Line("walk", "hidden", *pushed.T, thin=True), Dots("steps", "hidden", *pushed[1:].T)]
    if push:
        marks.insert(0, Line("without the push", "plain", *quiet.T, "dash", True))
    marks.append(Dots("start", "gradient", *pushed[:1].T))
    return plane(
        "The walk", tuple(marks), f"The walk ends at {pushed[-1, 0]:.3g}, {pushed[-1, 1]:.3g}.", edge
    )


def in_time(h: np.ndarray, push: float, edge: float) -> Plot:
    """The two numbers, step by step."""
    lines = [
        Line(f"unit {k + 1}", role, range(len(h)), h[:, k]) for k, role in ((0, "hidden"), (1, "output"))
    ]
    push_at = (Rule("push", 20),) if push else ()
    return Plot(
        "The two numbers",
        Axis("step", 0, len(h) - 1),
        Axis("state", -edge, edge),
        (*push_at, *lines),
        f"Unit 1 ends at {h[-1, 0]:.3g}, unit 2 at {h[-1, 1]:.3g}.",
        tall=1.45,
    )


def ring_of_ten() -> None:
    """Ten numbers in a ring of ten units, for a chosen time, with tanh or without."""
    key = "seq_ring"
    columns = st.columns(4, vertical_alignment="bottom")
    zeros = columns[0].slider("Zeros that follow", 0, 1000, 1000, 10, key=f"{key}_zeros")
    smaller = columns[1].select_slider("Numbers made smaller by", [1, 10, 100, 1000], key=f"{key}_scale")
    seed = columns[2].slider("Other numbers (seed)", 1, 20, 1, key=f"{key}_seed")
    tanh = columns[3].toggle("With tanh", key=f"{key}_tanh")
    numbers = np.random.default_rng(seed).uniform(-1, 1, RING)
    given, h = held(numbers, zeros, "tanh" if tanh else "linear", 1 / smaller)
    show((beside(numbers, given), around(h)), key=key)
    worst = np.abs(given - numbers).max()
    st.caption(f"After {zeros} zeros the largest error of the ten numbers is {worst:.2g}.")


def beside(numbers: np.ndarray, given: np.ndarray) -> Plot:
    """What was read, and what the ring gives back."""
    at = np.arange(1, RING + 1)
    said = ", ".join(f"{a:.2f} became {b:.2f}" for a, b in zip(numbers, given, strict=True))
    return Plot(
        "Ten numbers, and what has become of them",
        Axis("number", 0.4, RING + 0.6),
        Axis("value", -1, 1),
        (Bars("read", "input", at, numbers), Dots("given back", "gradient", at, given)),
        f"{said}.",
    )


def around(h: np.ndarray) -> Plot:
    """The ring over the first steps, each unit a row."""
    shown = np.zeros((SHOWN, RING))
    shown[: len(h)] = h[:SHOWN]
    return Plot(
        f"The ring over its first {SHOWN} steps",
        Axis("step", 0.5, SHOWN + 0.5),
        Axis("unit", 0.5, RING + 0.5, names=[(k, str(k)) for k in (1, 5, 10)]),
        (Heat("state", "signed", shown.T, -1, 1),),
        "Each number moves up by one unit a step and begins again at the first.",
    )
