"""The experiments of the lesson on the cell of 1997: one cell set by hand, and the gradient in two ways."""

import numpy as np
import streamlit as st

from lessons.cell_1997 import nets
from lessons.cell_1997.cells import ADDER, DRIFT, LATCH, SHUT, STEPS, Knobs, Requests, play, returned
from lessons.parts import show
from lstm_viz.engine import Trace
from lstm_viz.papers.words import number
from lstm_viz.stage.chart import Axis, Dots, Line, Plot

S = st.session_state
PRESETS = {"Latch": LATCH, "Adder": ADDER, "Drift": DRIFT}
PLAY = "cell97_playground"
STEP = Axis("step", 1, STEPS)
EDGE, LEAST = 3.0, 1e-30
WRITE, READ = 1.13, 1.26  # the heights at which the requests stand
# What can be turned in the expander: words, least and most.
MORE = {
    "w_i": ("Input gate: weight for write", 0.0, 24.0),
    "b_o": ("Output gate: bias", -12.0, 6.0),
    "w_o": ("Output gate: weight for read", 0.0, 24.0),
    "w_g": ("Candidate: weight for the value", 0.0, 2.0),
    "b_g": ("Candidate: bias", -5.0, 5.0),
}


def playground() -> None:
    """One cell, its weights in the learner's hand, over a hundred steps."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    preset = left.segmented_control(
        "Begin with", list(PRESETS), default="Latch", key=f"{PLAY}_preset", on_change=take, required=True
    )
    shut = right.toggle("Output gate shut for good", key=f"{PLAY}_shut")
    given, requests = PRESETS[preset or "Latch"]
    for name, value in given._asdict().items():
        S.setdefault(f"{PLAY}_{name}", value)
    bias = left.slider("Input gate: bias", -12.0, 6.0, step=0.1, key=f"{PLAY}_b_i")
    seed = right.number_input("Seed of the values", 0, 9999, 1, key=f"{PLAY}_seed")
    with st.expander("More"):
        rest = {n: st.slider(w, low, high, step=0.1, key=f"{PLAY}_{n}") for n, (w, low, high) in MORE.items()}
    knobs = Knobs(b_i=bias, **rest)
    knobs = knobs._replace(**SHUT) if shut else knobs
    trace = play(knobs, requests, int(seed))
    show((gates(trace, requests), states(trace)), key=f"{PLAY}_states")
    show(way_back(trace), key=f"{PLAY}_back")
    st.caption(said(trace))


def take() -> None:
    """Set the sliders to the preset's weights."""
    for name, value in PRESETS[S[f"{PLAY}_preset"] or "Latch"][0]._asdict().items():
        S[f"{PLAY}_{name}"] = value


def gates(trace: Trace, requests: Requests) -> Plot:
    """Both gates, and above them the steps at which each is asked, in a row with its name."""
    steps = np.arange(1, STEPS + 1)
    lines = [
        Line(name, role, steps, trace.values[signal][:, 0, 0], dash)
        for name, role, signal, dash in (
            ("input gate", "input", "i", ""),
            ("output gate", "output", "o", "dash"),
        )
    ]
    asked = [
        Dots("", "plain", at, [height] * len(at))
        for at, height in ((requests.write, WRITE), (requests.read, READ))
        if at
    ]
    return Plot(
        "The gates, and when it is asked to write and to read",
        STEP,
        Axis("gate", 0.0, 1.32, names=((0, "0"), (0.5, "0.5"), (1, "1"), (WRITE, "write"), (READ, "read"))),
        (*lines, *asked),
        f"Input gate from {trace.values['i'].min():.2g} to {trace.values['i'].max():.2g}, output gate from "
        f"{trace.values['o'].min():.2g} to {trace.values['o'].max():.2g}.",
    )


def states(trace: Trace) -> Plot:
    """Candidate, cell state and hidden state."""
    steps = np.arange(1, STEPS + 1)
    g, c, h = (trace.values[s][:, 0, 0] for s in "gch")
    return Plot(
        "Candidate, cell state and what it says",
        STEP,
        Axis("value", -EDGE, EDGE),
        (
            Line("c̃", "candidate", steps, g, thin=True),
            Line("c", "cell", steps, c),
            Line("h", "hidden", steps, h),
        ),
        f"The cell state ends at {c[-1]:.3g}, the hidden state at {h[-1]:.3g}.",
    )


def way_back(trace: Trace) -> Plot:
    """The gradient on the cell state, sent back from the last hidden state."""
    back = np.abs(returned(trace))
    return Plot(
        "The gradient on the cell state, from the last answer back",
        STEP,
        Axis("|dL/dc|", LEAST, 10.0, log=True),
        (Line("on c", "gradient", np.arange(1, STEPS + 1), np.maximum(back, LEAST)),),
        f"{back[-1]:.2g} at the last step, {back[0]:.2g} at the first.",
        tall=0.7,
    )


def said(trace: Trace) -> str:
    """The numbers that came out."""
    c, h = (trace.values[s][:, 0, 0] for s in "ch")
    back = returned(trace)
    out = " It has left the picture." if np.abs(c).max() > EDGE else ""
    return (
        f"The cell state ends at {c[-1]:.3f} and the cell says {h[-1]:.3f}; before step {STEPS} it said at "
        f"most {number(np.abs(h[:-1]).max())}.{out} The gradient on c is {number(back[-1])} at the last step "
        f"and {number(back[0])} at the first."
    )


def two_ways() -> None:
    """The gradient on the cell state of whole networks, in full or truncated."""
    left, right = st.columns(2, vertical_alignment="bottom")
    way = left.segmented_control(
        "The gradient", ["in full", "as in 1997"], default="in full", key="cell97_two_ways_cut", required=True
    )
    seed = right.select_slider("Seed", list(nets.SEEDS), 1, key="cell97_two_ways_seed")
    cut = "truncated" if way == "as in 1997" else "full"
    show(arrivals(cut, seed), key="cell97_two_ways")
    st.caption(
        f"With seed {seed} the share on the first cell state is {number(nets.arrived(seed, cut)[0])}; on the "
        f"state of a plain network with the same seed it is {number(nets.beside(seed))}."
    )


def arrivals(cut: str, seed: int) -> Plot:
    """The share that arrives at each step, for every seed."""
    steps = np.arange(1, STEPS + 1)
    thin = [Line("", "cell", steps, nets.arrived(s, cut), thin=True) for s in nets.SEEDS if s != seed]
    ends = [nets.arrived(s, cut)[0] for s in nets.SEEDS]
    return Plot(
        "How much of the last step's gradient is on the cell state",
        STEP,
        Axis("share", 1e-6, 1e4, log=True),
        (*thin, Line(f"seed {seed}", "gradient", steps, nets.arrived(seed, cut))),
        f"At the first step, with eight seeds, from {min(ends):.3g} to {max(ends):.3g}.",
    )
