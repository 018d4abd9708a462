"""The experiments of the lesson on long lags: a race from chosen biases, and the paper's temporal order."""

from functools import partial

import numpy as np
import streamlit as st

from lessons import live
from lessons.parts import Table, show
from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono, Start
from lstm_viz.network import forward
from lstm_viz.stage.chart import Axis
from lstm_viz.tasks import TASKS
from lstm_viz.training import Descent, Spec, State, spec_for

RECALL, HIDDEN = TASKS["recall"], 8
CELLS = {
    "LSTM": "lstm",
    "LSTM 1997": "lstm1997",
    "GRU": "gru_reset_after",
    "tanh RNN": "rnn_tanh",
    "ReLU, identity": "irnn",
}
ROLES = dict(zip(CELLS, ("cell", "input", "reset", "hidden", "output"), strict=True))
# The lags, with the updates of each and how long the LSTM takes over them, in seconds on one core.
LAGS = {"10": (10, 300, 0.3), "30": (30, 300, 0.5), "100": (100, 300, 1.2), "300": (300, 300, 3.5)}
LAGS["1,000"] = (998, 400, 12.0)
MOST = 3
SET, FIT, OTHER = "as set below", "chrono for the lag", "chrono for 1,000"
WINDOW, ASKED = 500, 100


def starts(cell: str, how: str, f: float, i: float, lag: int, orthogonal: bool) -> dict[str, Start]:
    """What a cell begins with: its biases, where it has them, and the plain network's matrix."""
    longest = {FIT: lag + 2, OTHER: 1000}.get(how)
    keeps, lets = (Chrono(1, longest), Chrono(-1, longest)) if longest else (f, i)
    known = parse(LIBRARY[cell].equations).params
    wish = {"b_f": keeps, "b_z": keeps, "b_i": lets}
    wish |= {"U_h": "orthogonal"} if orthogonal and cell == "rnn_tanh" else {}
    return {name: value for name, value in wish.items() if name in known}


def spec(cell: str, lag: int, seed: int, rate: float, begin: dict[str, Start]) -> Spec:
    """The run of a cell at one lag."""
    made = spec_for(LIBRARY[cell], "recall", lag + 2, HIDDEN, seed, Descent(rate=rate), begin)
    return made._replace(shortest=lag + 2, precision="float32")


def race() -> None:
    """Up to three cells learn one lag from chosen biases, and are asked over that lag and ten times it."""
    key = "long_lags_race"
    first, second = st.columns([2, 3])
    lag = first.select_slider("Lag", list(LAGS), "10", key=f"{key}_lag")
    cells = second.pills(
        f"Cells, at most {MOST}", list(CELLS), selection_mode="multi", default=["LSTM"], key=f"{key}_cells"
    )
    how = st.segmented_control("Biases", [SET, FIT, OTHER], default=SET, key=f"{key}_biases") or SET
    f, i = biases(key) if how == SET else (0.0, 0.0)
    with st.expander("More"):
        seed = st.slider("Seed", 1, 50, 1, key=f"{key}_seed")
        rate = st.select_slider("Rate", [0.001, 0.003, 0.01, 0.03], 0.01, key=f"{key}_rate")
        orthogonal = st.toggle("The tanh RNN begins with an orthogonal matrix", key=f"{key}_orthogonal")
    steps = LAGS[lag][0]
    chosen = [name for name in CELLS if name in (cells or ["LSTM"])][:MOST]
    begin = {n: starts(CELLS[n], how, f, i, steps, orthogonal) for n in chosen}
    specs = {n: spec(CELLS[n], steps, seed, rate, begin[n]) for n in chosen}
    live.race(race_of(key, specs, lag), partial(examined, steps))


def biases(key: str) -> tuple[float, float]:
    """The biases of the forget and of the input gate, as one sets them."""
    left, right = st.columns(2)
    return (
        left.slider("Forget bias (GRU: update bias)", -6.0, 8.0, 1.0, 0.5, key=f"{key}_f"),
        right.slider("Input bias", -8.0, 6.0, 0.0, 0.5, key=f"{key}_i"),
    )


def race_of(key: str, specs: dict[str, Spec], lag: str) -> live.Race:
    """The race of these runs at a lag of LAGS."""
    _, updates, seconds = LAGS[lag]
    axis, baseline = Axis("share of wrong answers", 0, 1), (0.75, "guessing")
    roles = {name: ROLES[name] for name in specs}
    return live.Race(key, specs, roles, updates, max(1.0, seconds * len(specs)), axis, baseline)


def examined(lag: int, states: dict[str, State]) -> None:
    """How the trained nets answer over the lag they know and over ten times that."""
    rows = [
        [name, *(f"{wrong(CELLS[name], state, over):.0%}" for over in (lag, 10 * lag))]
        for name, state in states.items()
    ]
    heads = ["Net", f"Wrong at a lag of {lag:,}", f"Wrong at a lag of {10 * lag:,}"]
    show(Table(heads, rows, f"{ASKED} new sequences each; guessing is wrong in 75 %."), "long_lags_race_exam")


def wrong(cell: str, state: State, lag: int) -> float:
    """The share of wrong answers over a lag; long sequences are read window by window."""
    made, batch = parse(LIBRARY[cell].equations), RECALL.draw(np.random.default_rng(1997), lag + 2, ASKED)
    run, last = partial(fast.run, dtype=np.float32), None
    for k in range(0, lag + 2, WINDOW):
        trace, y = forward(made, state.params, batch.x[k : k + WINDOW].astype(np.float32), last, run=run)
        last = {name: trace.values[name][-1] for name in made.states}
    return float((y[-1].argmax(axis=0) != batch.target[-1].argmax(axis=0)).mean())


def order() -> None:
    """The paper's experiment 6a with a seed of the reader's."""
    live.rerun("temporal_order_1997", "long_lags_order", ("LSTM 1997", "tanh RNN"))
