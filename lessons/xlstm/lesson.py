"""xLSTM: the pictures, curves and experiments by the names that the prose has for them."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.parts import Curve, show
from lessons.xlstm.by_hand import SCORES, VALUES, Memory, chooser, recall, share, stored
from lstm_viz.stage.chart import Ask, Axis, Bars, Dots, Heat, Line, Note, Plot

STAGE = "/?left=slstm&right=mlstm&weights=untrained&T=30&hidden=8&first=5&second=17&t=17&model=1"
SHARP, UNITS, MOST = 10.0, 32, 64
NUMBERS = (2, 4, 8, 16, 32, 64, 128, 256)
SHOWN = ("sLSTM", "LSTM", "tanh RNN", "mLSTM", "LSTM without U h")


def best() -> tuple[Plot, Plot]:
    """Eight scores, and what a cell that was set by hand makes of the eight values."""
    steps = list(range(1, len(SCORES) + 1))
    x = Axis("step", 0.4, len(SCORES) + 0.6)
    h = chooser(SHARP).values["h"][:, 0, 0]
    scores = Plot(
        "The score of each value",
        x,
        Axis("score", -1, 4),
        (Bars("score", "input", steps, SCORES),),
        "Scores: " + ", ".join(f"{s:g}" for s in SCORES),
    )
    shown = Plot(
        "The values, and the output",
        x,
        Axis("value", -1, 1),
        (Dots("value", "candidate", steps, VALUES), Line("output", "hidden", steps, h)),
        "Output after each step: " + ", ".join(f"{v:.2f}" for v in h),
    )
    return scores, shown


def found() -> tuple[Line, ...]:
    """The share of random pairs that a memory of 32 units gives back."""
    return (Line("found", "cell", NUMBERS, [recall(UNITS, n) for n in NUMBERS]),)


def memory() -> None:
    """Pairs written into a matrix and read out of it."""
    key = "xlstm_memory"
    left, right = st.columns(2)
    H = left.segmented_control("Units", (8, 16, 32), default=16, key=f"{key}_units") or 16
    n = right.slider("Pairs", 1, MOST, 2, key=f"{key}_pairs")
    alike = left.slider("How much the keys resemble each other", 0.0, 0.9, 0.0, 0.1, key=f"{key}_alike")
    asked = right.slider("Ask for pair", 1, max(2, n), 1, key=f"{key}_asked", disabled=n == 1)
    with st.expander("More"):
        seed = int(st.number_input("Seed", 0, 9999, 1, key=f"{key}_seed"))
    m = stored(H, n, seed, alike)
    k = min(asked, n) - 1
    show((matrix(m), parts(m, k)), key=key)
    likeness = m.answers @ (m.values / np.linalg.norm(m.values, axis=1, keepdims=True)).T
    nearest = int(likeness[k].argmax())
    verdict = "the right one" if nearest == k else f"that of pair {nearest + 1}"
    st.caption(
        f"{H * H} numbers hold {n} pair{'s' * (n > 1)}, {n * H} numbers of values. Asked for pair {k + 1}, "
        f"the nearest value is {verdict}. Of all {n}, **{100 * share(m.answers, m.values):.0f} %** are found."
    )


def matrix(m: Memory) -> Plot:
    """The memory itself."""
    H = len(m.C)
    edge = 3.0
    mark = Heat("memory", "signed", m.C.tolist(), -edge, edge)
    return Plot(
        "The memory C",
        Axis("entry of the key", 0.5, H + 0.5),
        Axis("entry of the value", 0.5, H + 0.5),
        (mark,),
        f"{H} by {H} numbers from {m.C.min():.2g} to {m.C.max():.2g}; colours from −{edge:g} to {edge:g}.",
    )


def parts(m: Memory, k: int) -> Plot:
    """How much of each stored value the query gets back."""
    weights = m.keys @ m.keys[k]
    n = len(weights)
    x = Axis("pair", 0.4, max(n, 2) + 0.6)
    bars = Bars("of each value", "cell", list(range(1, n + 1)), weights)
    notes = (bars, Note("asked for", k + 1, 1.1))
    said = f"Asked for pair {k + 1}: of it 1, of the others from {weights.min():.2g}."
    return Plot("What the query gets of each value", x, Axis("part", -1, 1.3), notes, said)


def parity() -> None:
    """The row on state tracking, with the reader's own seed."""
    live.rerun("tracking", "xlstm_parity", SHOWN)


PICTURES = {"xlstm_best": best}
CURVES = {
    "xlstm_capacity": Curve(
        Plot(
            "Random pairs in a memory of 32 units",
            Axis("pairs stored", 2, 256, log=True),
            Axis("share found again", 0, 1),
            (),
            "An empty plot: across the number of pairs from 2 to 256, upwards the share of right answers.",
        ),
        Ask(NUMBERS, 0.5),
        found,
    )
}
EXPERIMENTS = {"xlstm_memory": memory, "xlstm_parity": parity}
