"""The experiments of the lesson on copying: rings in one's hand, the row's nets, one LSTM that learns."""

from functools import lru_cache

import numpy as np
import streamlit as st

from lessons import live
from lessons.copying import rings
from lessons.copying.pictures import state, told
from lessons.parts import show
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.losses import log_softmax
from lstm_viz.network import forward
from lstm_viz.papers.copying import ARMS, LONG, lstm
from lstm_viz.papers.edited import spec_of
from lstm_viz.papers.words import number
from lstm_viz.stage.chart import Axis, Heat, Line, Note, Plot, Rule
from lstm_viz.tasks import Batch
from lstm_viz.tasks.copy_memory import LENGTH, SYMBOLS
from lstm_viz.training import State

# By the name on the button: how the network is made, and the largest of its values.
NETS = {
    "Ring": (rings.ring, 1.0),
    "Carousel": (rings.carousel, 3.0),
    "Ring of switches": (rings.switches, 1.0),
}
LENGTHS, MOST = (10, 20, 50, 100, 200), 200
GUESS, BY_COUNT, LEAST = 75.0, 0.4375, 1e-40
NAME, RACE = "copying_rings", "copying_race"
TOLD = ("AAB", "ABA", "ABC", "DDD")


def ring() -> None:
    """Three hand-set networks, in noise."""
    left, right = st.columns([3, 2])
    chosen = left.segmented_control("Network", list(NETS), default="Ring", key=f"{NAME}_net", required=True)
    message = right.segmented_control("Message", TOLD, default="ABC", key=f"{NAME}_message", required=True)
    T = left.slider("Steps", 10, 200, 30, key=f"{NAME}_steps")
    noise = right.slider("Noise", 0.0, 0.5, 0.0, 0.01, key=f"{NAME}_noise")
    (make, most), batch = NETS[chosen or "Ring"], told(message or "ABC", T)
    net = make(T)
    show(state(net, batch, most, noise), key=f"{NAME}_state")
    share = rings.arrived(net, batch)
    show((mistakes(chosen or "Ring", noise), gradient(share)), key=f"{NAME}_errors")
    _, y = rings.heard(net, batch, noise)
    said = "".join(SYMBOLS[k] for k in y[-LENGTH:, : len(SYMBOLS), 0].argmax(axis=1))
    st.caption(
        f"Told {message}, it says {said}. Of the gradient, {number(share[0])} arrives at the first step."
    )


def mistakes(chosen: str, noise: float) -> Plot:
    """The share of wrong answers at some lengths."""
    found = wrong(chosen, noise)
    told_ = "; ".join(f"{T} steps: {number(share)} %" for T, share in zip(LENGTHS, found, strict=True))
    return Plot(
        f"Wrong answers in {MOST} sequences",
        Axis("steps", LENGTHS[0], LENGTHS[-1], log=True),
        Axis("per cent wrong", 0.0, 100.0),
        (Line("", "hidden", LENGTHS, found), Rule("a guess", GUESS, across=True)),
        told_,
    )


@lru_cache(maxsize=256)
def wrong(chosen: str, noise: float) -> tuple[float, ...]:
    """The share of wrong answers of a network at each length, in per cent.

    A carousel's answers are its most frequent symbol, of several the first.
    """
    make, _ = NETS[chosen]
    return tuple(rings.wrong(make(T), rings.sequences(T, MOST), noise) for T in LENGTHS)


def gradient(share: np.ndarray) -> Plot:
    """How much of the gradient is left at each step."""
    return Plot(
        "The gradient on the state, from the last answer back",
        Axis("step", 1, len(share)),
        Axis("share of the last step's", LEAST, 10.0, log=True),
        (Line("", "gradient", np.arange(1, len(share) + 1), np.maximum(share, LEAST)),),
        f"{number(share[0])} of it arrives at the first step.",
    )


def rerun() -> None:
    """Trained networks of the row, with a seed of one's own."""
    live.rerun("copying", "copying_rerun", (lstm("b_f = 3", 50), lstm("chrono", 50), "linear RNN, 200 steps"))


def race() -> None:
    """One LSTM of the row learns; afterwards one sees what it knows of four messages."""
    running = st.session_state.get(f"{RACE}_running", False)
    seed = st.select_slider("Seed", range(1, 6), 3, key=f"{RACE}_seed", disabled=running)
    arm = ARMS[lstm("chrono", LONG)]
    live.race(
        live.Race(
            RACE,
            {"LSTM": spec_of(arm, int(seed))},
            {"LSTM": "cell"},
            arm.trial.steps,
            20,
            Axis("share of symbols wrong", 0.0, 1.0),
            (BY_COUNT, "knows which, not their order"),
        ),
        known,
    )


def known(states: dict[str, State]) -> None:
    """With what probability the trained network says each symbol of some messages."""
    show(probabilities(states["LSTM"].params), key=f"{RACE}_known")
    st.caption(
        "Four messages, each with three answers side by side; the stronger the colour, the more probable. "
        "Where the three columns of a message are alike, the network does not know the order."
    )


def probabilities(params: dict) -> Plot:
    """The four messages side by side, a row a symbol."""
    parts = [told(message, LONG) for message in TOLD]
    batch = Batch(np.concatenate([b.x for b in parts], axis=2), parts[0].target, ())
    _, y = forward(parse(LIBRARY["lstm"].equations), params, batch.x)
    p = np.exp(log_softmax(y[-LENGTH:]))[:, : len(SYMBOLS)]
    wide, gap = LENGTH * len(TOLD) + len(TOLD) - 1, np.zeros((len(SYMBOLS), 1))
    columns = [part for k in range(len(TOLD)) for part in (p[:, :, k].T, gap)][:-1]
    at = [(k * (LENGTH + 1) + j + 1, symbol) for k, m in enumerate(TOLD) for j, symbol in enumerate(m)]
    rows = np.hstack(columns)[::-1]
    said = "; ".join(
        f"told {m}, on average {', '.join(f'{s} {p[:, j, k].mean():.2f}' for j, s in enumerate(SYMBOLS))}"
        for k, m in enumerate(TOLD)
    )
    return Plot(
        f"What it says after {LONG} steps, and what was told",
        Axis("what was told", 0.5, wide + 0.5, names=at),
        Axis("said", 0.5, len(SYMBOLS) + 0.5, names=[(len(SYMBOLS) - j, s) for j, s in enumerate(SYMBOLS)]),
        (
            Heat("probability", "cell", rows, 0.0, 1.0),
            *(Note("×", x, len(SYMBOLS) - SYMBOLS.index(symbol)) for x, symbol in at),
        ),
        said,
    )
