"""The experiments of the lesson on irregular time: a memory of any order, and three nets that learn."""

import streamlit as st

from lessons import live
from lessons.irregular_time.memory import error
from lessons.irregular_time.pictures import recalled
from lessons.parts import show
from lstm_viz.stage.chart import Axis, Dots, Line, Plot, Rule

ORDERS = tuple(range(1, 33))


def memory() -> None:
    """What a memory of an order, over a window, keeps of a signal."""
    columns = st.columns(3)
    order = columns[0].slider("Order of the memory", ORDERS[0], ORDERS[-1], 8, key="irregular_memory_order")
    window = columns[1].slider("Window, in steps", 50, 500, 200, 50, key="irregular_memory_window")
    shortest = columns[2].slider("Fastest wave, in steps", 20, 200, 80, 5, key="irregular_memory_wave")
    errors = by_order(window, shortest)
    show((recalled((order,), window, shortest), plot(errors, order)), key="irregular_memory")
    enough = next((q for q, e in zip(ORDERS, errors, strict=True) if e < 0.01), None)
    from_there = f"From order {enough} on it is below 1 %." if enough else "No order up to 32 is below 1 %."
    off = 100 * errors[order - 1]
    st.caption(
        f"The fastest wave turns {window / shortest:.3g} times in the window. With order {order} the error "
        f"over the window is {off:.2g} % of the signal's size. {from_there}"
    )


@st.cache_data(max_entries=200, show_spinner=False)
def by_order(window: int, shortest: float) -> list[float]:
    """The error over the window for each order."""
    return [error(q, window, shortest) for q in ORDERS]


def plot(errors: list[float], order: int) -> Plot:
    """The errors by order, with the chosen one."""
    shown = [min(max(e, 1e-4), 2.0) for e in errors]
    return Plot(
        "Error over the window, by order",
        Axis("order", 0, ORDERS[-1] + 1),
        Axis("share of the signal's size", 1e-4, 2.0, log=True),
        (
            Line("error", "cell", ORDERS, shown),
            Dots("chosen", "gradient", [order], [shown[order - 1]]),
            Rule("1 %", 0.01, across=True),
        ),
        f"The error with order {order} is {errors[order - 1]:.2g}.",
    )


def rerun() -> None:
    """The three networks of the prediction, from a seed of the reader's own."""
    live.rerun("tlstm_2017", "irregular_rerun")
