"""The experiments of the lesson on the forget gate: a bias in one's hand, two nets on an endless stream."""

from functools import partial

import numpy as np
import streamlit as st

from lessons import live
from lessons.forget_gate.gates import half_life
from lessons.parts import show
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.ops import sigmoid
from lstm_viz.pages.controls import plain
from lstm_viz.pages.training.runs import workshop
from lstm_viz.papers.forget_reset import borders
from lstm_viz.papers.forget_stream import (
    UNITS,
    WINDOW,
    WINDOWS,
    Heard,
    Learning,
    go_on,
    letters_of,
)
from lstm_viz.stage.chart import Axis, Heat, Line, Plot, Rule
from lstm_viz.tasks import Batch
from lstm_viz.tasks.reber import SYMBOLS

S = st.session_state
STEPS = 200
CELLS = {"LSTM": ("lstm", "cell"), "1997": ("lstm1997", "input")}
PART, SMOOTH, SECONDS = 100, 20, 12  # windows of one job; windows of a mean; of both nets on one core
SHOWN, SEEDS = 60, range(1, 10)
NAME = "forget_stream"


def slider() -> None:
    """A forget gate that stands still: what it keeps of something over 200 steps."""
    wide, narrow = st.columns([3, 1], vertical_alignment="bottom")
    bias = wide.slider("Bias of the forget gate", -2.0, 8.0, 1.0, 0.1, key="forget_slider_bias")
    log = narrow.toggle("Logarithmic", key="forget_slider_log")
    f = sigmoid(bias)
    show(kept(f, log), key="forget_slider")
    half, left = half_life(f), f**STEPS
    after = f"{left:.2g} of what was written" if left > 1e-9 else "next to nothing"
    st.caption(
        f"The gate stands at {f:.4f}: half is left after {half:,.{0 if half >= 10 else 1}f} steps, and after "
        f"{STEPS} steps {after}."
    )


def kept(f: float, log: bool) -> Plot:
    """What is left of 1 that was written at step 0."""
    n = np.arange(STEPS + 1)
    left = np.maximum(f ** n.astype(float), 1e-10) if log else f ** n.astype(float)
    y = Axis("share that is left", *((1e-10, 1.0) if log else (0.0, 1.0)), log=log)
    return Plot(
        "What is left of it",
        Axis("steps since it was written", 0, STEPS),
        y,
        (Line("cell state", "cell", n, left), Rule("half", 0.5, across=True)),
        f"After 200 steps {left[-1]:.2g} is left.",
    )


def stream() -> None:
    """Both nets learn on one stream; afterwards a map of the forget gates."""
    seed = st.select_slider("Seed", SEEDS, 4, key=f"{NAME}_seed", disabled=S.get(f"{NAME}_running", False))
    running = S.get(f"{NAME}_running", False)
    st.fragment(partial(_stream, int(seed)), run_every=live.PACE if running else None)()
    lstm = S.get(f"{NAME}_nets", {}).get((seed, "LSTM"))
    if lstm and lstm.state.step >= WINDOWS:
        show(gates_map(int(seed), lstm), key=f"{NAME}_map")
        st.caption(
            "The forget gates of the trained LSTM at the last letters of one stream. The dashed lines stand "
            "where one string has ended with E and the next begins with B. Look for rows that are pale there "
            "and nowhere else."
        )


def _stream(seed: int) -> None:
    nets: dict[tuple, Learning] = S.setdefault(f"{NAME}_nets", {})
    left = [name for name in CELLS if trained(seed, name, nets) < WINDOWS]
    if S.get(f"{NAME}_running"):
        if left:
            advance(seed, left[0], nets)
            left = [name for name in left if trained(seed, name, nets) < WINDOWS]
        if not left:
            S[f"{NAME}_running"] = False
        if not S[f"{NAME}_running"]:
            st.rerun()
    done = sum(trained(seed, name, nets) for name in CELLS)
    live.buttons(NAME, f"Train (about {SECONDS} s)", bool(left), done / (WINDOWS * len(CELLS)))
    if problem := S.get(f"{NAME}_problem"):
        st.info(plain(problem))
    show(course({name: nets[seed, name] for name in CELLS if (seed, name) in nets}), key=f"{NAME}_curves")


def trained(seed: int, name: str, nets: dict) -> int:
    """For how many windows a net has learnt."""
    return nets[seed, name].state.step if (seed, name) in nets else 0


def advance(seed: int, name: str, nets: dict) -> None:
    """Ask for the next part of a net's training; what is there is taken over."""
    cell, step = CELLS[name][0], trained(seed, name, nets)
    question = (NAME, cell, seed, step)
    answer = workshop().ask(question, go_on, cell, seed, nets.get((seed, name)), PART)
    if isinstance(answer, Learning):
        nets[seed, name] = answer
    elif answer is not None:
        S[f"{NAME}_running"] = False
        S[f"{NAME}_problem"] = f"The training could not go on: {answer}"
        workshop().forget(question)


def course(nets: dict[str, Learning]) -> tuple[Plot, Plot]:
    """The share of right answers at the last T or P, and the farthest state, by the letters read."""
    x = Axis("letters read", 0, WINDOWS * WINDOW)
    right = [Line(n, CELLS[n][1], *smooth(net.right)) for n, net in nets.items()]
    far = [Line(n, CELLS[n][1], *smooth(net.far)) for n, net in nets.items()]
    said = "; ".join(f"{line.name} {100 * line.y[-1]:.0f} %" for line in right)
    out = "; ".join(f"{line.name} {line.y[-1]:,.0f}" for line in far)
    return (
        Plot(
            "Right at the last T or P",
            x,
            Axis("share", 0.0, 1.0),
            (*right, Rule("a coin", 0.5, across=True)),
            f"Right at the last T or P: {said or 'nothing trained yet'}.",
        ),
        Plot(
            "The farthest cell state",
            x,
            Axis("farthest cell state", 0.1, 1e5, log=True),
            tuple(far),
            f"The farthest cell state: {out or 'nothing trained yet'}.",
        ),
    )


def smooth(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Letters and means over some windows, those without a number left out."""
    width = min(SMOOTH, len(values))
    parts = [values[k : k + width] for k in range(0, len(values) - width + 1, width)]
    return (np.arange(len(parts)) + 1) * width * WINDOW, np.array([np.nanmean(part) for part in parts])


def gates_map(seed: int, net: Learning) -> Plot:
    """The forget gates of all units at the last letters of the first stream."""
    batch, window = letters_of(seed), slice(-SHOWN, None)
    x = batch.x[window][:, :, :1]
    seen = Batch(x, batch.target[window][:, :, :1], (), legal=batch.legal[window][:, :, :1])
    states = {s: value[:, :1] for s, value in net.states.items()}
    trace, y = forward(parse(LIBRARY["lstm"].equations), net.state.params, x, states)
    last, _ = borders(Heard(seen, trace.values, y))
    f = trace.values["f"][:, :, 0].T[::-1]
    ends = [Rule("", t + 1.5) for t in np.flatnonzero(last[:, 0])]
    names = [(t + 1, SYMBOLS[code]) for t, code in enumerate(x[:, :, 0].argmax(axis=1))]
    return Plot(
        "The forget gates, a row a unit",
        Axis("letter", 0.5, SHOWN + 0.5, names=names),
        Axis("unit", 0.5, UNITS + 0.5, names=[(UNITS - k, str(k + 1)) for k in range(UNITS)]),
        (Heat("forget gate", "forget", f, 0.0, 1.0), *ends),
        f"Forget gates at {SHOWN} letters; the lowest is {f.min():.2g}, the mean {f.mean():.2g}.",
        tall=1.2,
    )
