"""The experiments of the lesson on counting: a counter in one's hand, and cells that learn to count."""

from functools import partial

import numpy as np
import streamlit as st

from lessons import live
from lessons.counting.nets import Net, Read, gru2, lstm2, lstm3, reach, read
from lessons.parts import show
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.stage.chart import Axis, Bars, Heat, Line, Note, Plot, Rule
from lstm_viz.training import Descent, Spec, State, spec_for

NETS = {"LSTM, two letters": lstm2, "LSTM, three letters": lstm3, "GRU, two letters": gru2}
SYMBOL_ROLES = ("hidden", "cell", "output", "reset")
EXAMINED, LOW, HIGH = 120, -0.6, 1.6


def by_hand() -> None:
    """A counter whose leak one sets, on one string, with its answers."""
    kind = st.pills("Counter", list(NETS), default="LSTM, two letters", key="counting_hand_kind")
    net_of = NETS[kind or "LSTM, two letters"]
    left, right = st.columns(2)
    bias = left.slider("Bias of what keeps", 0.0, 14.0, 5.0, 0.5, key="counting_hand_bias")
    n = right.slider("n of the string", 1, 200, 11, key="counting_hand_n")
    net = net_of(bias)
    found = read(net, n)
    show((tally(net, found, n), points(net, found)), key="counting_hand")
    wrong = np.flatnonzero(~found.right)
    said = f"The first wrong answer is at step {wrong[0] + 1}." if len(wrong) else "Every answer is right."
    far = reach_of(kind or "LSTM, two letters", bias)
    st.caption(f"{said} This counter is right up to n = {far}{' and beyond' if far == EXAMINED else ''}.")


@st.cache_data(max_entries=200, show_spinner=False)
def reach_of(kind: str, bias: float) -> int:
    """How far a counter counts."""
    return reach(NETS[kind](bias), EXAMINED)


def tally(net: Net, found: Read, n: int) -> Plot:
    """The tallies over the steps of a string."""
    L, steps = len(net.letters), np.arange(1, len(found.labels) + 1)
    names = ("tally",) if L == 2 else ("first tally", "second tally")
    lines = [
        Line(name, role, steps, found.states[:, k])
        for k, (name, role) in enumerate(zip(names, ("cell", "forget"), strict=False))
    ]
    return Plot(
        "The tally, in steps",
        Axis("step", 1, len(steps)),
        Axis("a's that are not yet used up" if L == 2 else "letters not yet used up", -1, n + 1),
        (*lines, *first_wrong(found)),
        f"The tally rises to {found.states[:, 0].max():.4g} and ends at {found.states[-1, 0]:.3g}.",
    )


def points(net: Net, found: Read) -> Plot:
    """What the output layer gives to each symbol."""
    steps = np.arange(1, len(found.labels) + 1)
    symbols = (*net.letters, "T")
    lines = [
        Line(symbol, role, steps, found.y[:, k].clip(LOW, HIGH))
        for k, (symbol, role) in enumerate(zip(symbols, SYMBOL_ROLES, strict=False))
    ]
    return Plot(
        "Points for what may come next",
        Axis("step", 1, len(steps)),
        Axis("points", LOW, HIGH),
        (*lines, *first_wrong(found)),
        f"Points of {', '.join(symbols)}; {int((~found.right).sum())} of {len(steps)} answers are wrong.",
    )


def first_wrong(found: Read) -> tuple[Rule, ...]:
    """A line where the first answer is wrong, if any is."""
    wrong = np.flatnonzero(~found.right)
    return (Rule("wrong", wrong[0] + 1),) if len(wrong) else ()


CELLS = {
    "LSTM": ("lstm", "cell"),
    "GRU": ("gru_reset_after", "reset"),
    "tanh RNN": ("rnn_tanh", "hidden"),
    "LSTM, peepholes": ("peephole_gers", "output"),
    "coupled LSTM": ("cifg", "input"),
    "ReLU RNN": ("rnn_relu", "candidate"),
}
UPDATES, UNITS, RATE, MOST_CELLS, CAP, LEAST = 800, 8, 0.04, 4, 150, 0.8


def race() -> None:
    """Cells that practise on short strings, and how far they then count."""
    chosen = st.multiselect(
        "Cells",
        list(CELLS),
        ["LSTM", "GRU", "tanh RNN"],
        max_selections=MOST_CELLS,
        key="counting_race_cells",
    )
    left, right = st.columns(2)
    longest = left.segmented_control("Strings up to n", (5, 10, 20), default=10, key="counting_race_longest")
    seed = right.select_slider("Seed", range(1, 10), 1, key="counting_race_seed")
    longest = longest or 10
    if not chosen:
        st.caption("Choose a cell.")
        return
    specs = {name: spec_of(CELLS[name][0], longest, int(seed)) for name in chosen}
    one = live.Race(
        "counting_race",
        specs,
        {name: CELLS[name][1] for name in chosen},
        UPDATES,
        len(chosen) * longest / 5,
        Axis("share of strings with a mistake", 0.0, 1.0),
    )
    live.race(one, partial(after, longest))


def spec_of(cell: str, longest: int, seed: int) -> Spec:
    """One cell's run."""
    T, descent = 2 * longest + 1, Descent(32, RATE, schedule="cosine", horizon=UPDATES)
    made = spec_for(LIBRARY[cell], "anbn", T, UNITS, seed, descent)
    return made._replace(shortest=T, precision="float32")


def after(longest: int, states: dict[str, State]) -> None:
    """How far the trained cells count, and what one of them does with a chosen string."""
    nets = {name: net(CELLS[name][0], state.params) for name, state in states.items()}
    far = {name: far_of(one.cell, one.params) for name, one in nets.items()}
    show(reaches(far, longest), key="counting_race_reach")
    left, right = st.columns(2)
    name = left.selectbox("Look into", list(nets), key="counting_race_look")
    n = right.slider("n of the string", 1, 50, 2 * longest, key="counting_race_n")
    found = read(nets[name], n)
    show(states_map(name, nets[name], found), key="counting_race_map")
    wrong = np.flatnonzero(~found.right)
    said = f"first wrong at step {wrong[0] + 1}" if len(wrong) else "right at every step"
    st.caption(f"{name} at n = {n}: {said}. Letters a up to step {n + 1}, then b.")


def net(cell: str, params: dict) -> Net:
    """A trained cell as a counter; its state is c where it has one."""
    tally = "c" if "c" in parse(LIBRARY[cell].equations).states else "h"
    return Net(cell, {name: np.asarray(p, float) for name, p in params.items()}, "ab", tally, 1.0)


@st.cache_data(max_entries=50, show_spinner=False)
def far_of(cell: str, params: dict) -> int:
    """How far a trained cell counts."""
    return reach(net(cell, params), CAP)


def reaches(far: dict[str, int], longest: int) -> Plot:
    """The reach of each cell as a bar."""
    places = range(1, len(far) + 1)
    bars = [
        Bars("", CELLS[name][1], [k], [max(n, LEAST)], base=LEAST)
        for k, (name, n) in zip(places, far.items(), strict=True)
    ]
    notes = [Note(str(n), k, max(n, LEAST) * 1.25) for k, n in zip(places, far.values(), strict=True)]
    names = [(k, name) for k, name in zip(places, far, strict=True)]
    return Plot(
        "Right up to which n?",
        Axis("", 0.4, len(far) + 0.6, names=names),
        Axis(f"largest n, at most {CAP}", LEAST, 2 * CAP, log=True),
        (*bars, *notes, Rule("practised up to here", longest, across=True)),
        "; ".join(f"{name}: right up to n = {n}" for name, n in far.items()),
    )


def states_map(name: str, one: Net, found: Read) -> Plot:
    """The units of a trained cell over the steps of a string."""
    values = found.states.T[::-1]
    edge = 16.0 if one.tally == "c" else 1.0
    T = found.states.shape[0]
    return Plot(
        f"{'Cell' if one.tally == 'c' else 'Hidden'} states of the {name}, a row a unit",
        Axis("step", 0.5, T + 0.5),
        Axis("unit", 0.5, UNITS + 0.5, names=[(UNITS - k, str(k + 1)) for k in range(UNITS)]),
        (Heat(f"from −{edge:g} to {edge:g}", "signed", values, -edge, edge), *first_wrong(found)),
        f"The farthest state is {np.abs(values).max():.3g}.",
    )
