"""The experiment of the lesson on one step: every product and every sum, for an input of the reader's own."""

import numpy as np
import streamlit as st

from lessons.one_step.steps import MARKED, STEPS, UNIT, Step, lstm, stacked, taken_apart
from lessons.parts import Table, show

LAYERS = {"f": "forget gate", "i": "input gate", "o": "output gate", "g": "candidate"}


def walk() -> None:
    """A step and a unit, taken apart; the input can be changed."""
    columns = st.columns([2, 2, 2, 1], vertical_alignment="bottom")
    t = columns[0].slider("Step", 1, STEPS, MARKED + 1, key="step_walk_step") - 1
    unit = columns[1].slider("Unit", 1, 16, UNIT + 1, key="step_walk_unit") - 1
    seen = lstm().trace.values["x"][t, :, 0]
    # Keys with the step: each step begins with what was read there.
    value = columns[2].slider("Value", 0.0, 1.0, round(float(seen[0]), 2), 0.01, key=f"step_walk_value_{t}")
    mark = columns[3].toggle("Marked", bool(seen[1]), key=f"step_walk_mark_{t}")
    changed = value != round(float(seen[0]), 2) or mark != bool(seen[1])
    x = np.array([value, float(mark)]) if changed else seen
    was, now = taken_apart(t, unit), taken_apart(t, unit, x)
    show(layers(was, now), key="step_walk_layers")
    show(states(was, now), key="step_walk_states")
    params = lstm().trace.params
    weights = [f"{words} {weight(params, name, unit)}" for name, words in LAYERS.items()]
    st.caption(f"What unit {unit + 1} makes of value and mark, for each 1: " + "; ".join(weights) + ".")
    st.caption("A star marks what the changed input has changed; what it was stands in brackets.")
    if st.toggle("All sums from one product of 64 rows and 18 columns", key="step_walk_one"):
        one_product(t, unit, x)


def weight(params: dict, name: str, unit: int) -> str:
    """The two weights of a unit's layer for the input."""
    value, mark = params[f"W_{'c' if name == 'g' else name}"][unit]
    return f"{places(value)} and {places(mark)}"


def number(was: float, now: float) -> str:
    """A number to three places; where it was another, with a mark and what it was."""
    if f"{was:.3f}" == f"{now:.3f}":
        return places(now)
    return f"{places(now)}★ ({places(was)})"


def places(value: float) -> str:
    """Three places, with a true minus."""
    return f"{value:.3f}".replace("-0.000", "0.000").replace("-", "−")


def layers(was: Step, now: Step) -> Table:
    """The four layers, a row each."""
    rows = []
    for name, words in LAYERS.items():
        a, b = was.layers[name], now.layers[name]
        function = "tanh" if name == "g" else "σ"
        rows.append([f"{name}, {words}", *map(number, a[:4], b[:4]), function, number(a.value, b.value)])
    heads = ("layer", "W x", "U h", "bias", "sum", "", "value")
    return Table(heads, rows, "The layers: three parts, their sum, and what σ or tanh makes of it")


def states(was: Step, now: Step) -> Table:
    """What becomes of cell state and hidden state."""
    heads = ("kept: f · old c", "let in: i · g", "cell state c", "tanh c", "hidden state h")
    row = [number(a, b) for a, b in zip(was[1:], now[1:], strict=True)]
    return Table(heads, [row], "The memory, and what is shown of it")


def one_product(t: int, unit: int, x: np.ndarray) -> None:
    """The same four sums, as rows of one product."""
    trace = lstm().trace
    h_prev = trace.values["h"][t - 1, :, 0] if t else np.zeros(16)
    sums = stacked(trace.params) @ np.concatenate([x, h_prev])
    rows = []
    for k, (name, words) in enumerate(LAYERS.items()):
        bias = trace.params[f"b_{'c' if name == 'g' else name}"][unit].item()
        row = sums[16 * k + unit]
        rows.append([f"{16 * k + unit + 1}", words, *map(places, (row, bias, row + bias))])
    heads = ("row", "belongs to", "product", "bias", "sum")
    show(Table(heads, rows, "Four of the 64 rows of one product"), key="step_walk_product")
