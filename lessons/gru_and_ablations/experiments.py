"""The experiments of the lesson on ablations: lines compared, cells trained, trained networks operated on."""

import streamlit as st

from lessons import live
from lessons.gru_and_ablations import surgery
from lessons.parts import show
from lstm_viz import parameters
from lstm_viz.library import LIBRARY
from lstm_viz.papers import ALL
from lstm_viz.papers.ablations_stream import ARMS
from lstm_viz.stage.chart import Axis, Bars, Plot, Rule
from lstm_viz.stage.family import comparison, pack_comparison
from lstm_viz.tasks import TASKS

MOST_ARMS = 6
ROWS = {"The endless stream": "ablations_stream", "Adding": "ablations_adding"}
FIRST = ("vanilla", "NIG", "NFG")
LEAST = {"adding": 1e-5, "recall": 1e-3, "parity": 1e-3}  # what counts as nothing on the axis of errors


def compare() -> None:
    """The full cell's lines beside those of a variant, what differs marked."""
    names = [trial.cell for arm, trial in ARMS.items() if arm != "vanilla"]
    chosen = st.pills(
        "The LSTM with peepholes beside",
        names,
        default=names[0],
        format_func=lambda name: LIBRARY[name].title,
        key="ablations_compare_right",
    )
    pair = LIBRARY["peephole_gers"], LIBRARY[chosen or names[0]]
    counted = [f"{parameters.count(v, 7, 12):,} weights with 7 inputs and 12 units" for v in pair]
    comparison(pack_comparison(*pair, tuple(counted)), "ablations_compare")
    st.caption(plainly(pair[1]))


def plainly(variant) -> str:
    """What a variant is, in the library's own words."""
    return f"**{variant.title}**: {variant.sentence}"


def matrix() -> None:
    """Some of the ten cells on one of the two tasks, with the stored seeds and one's own."""
    task = st.segmented_control("Task", list(ROWS), default=next(iter(ROWS)), key="ablations_matrix_task")
    name = ROWS[task or next(iter(ROWS))]
    arms = st.pills(
        f"Cells, up to {MOST_ARMS}",
        list(ALL[name].ours.arms),
        selection_mode="multi",
        default=FIRST,
        key="ablations_matrix_arms",
    )
    if not 1 <= len(arms) <= MOST_ARMS:
        st.info(f"Choose one cell or more, up to {MOST_ARMS}.")
        return
    live.rerun(name, f"ablations_matrix_{name}", tuple(arms))


def operate() -> None:
    """A shipped LSTM after some operations, tested on 200 sequences."""
    titles = {name: TASKS[name].title for name in surgery.LENGTHS}
    task = st.selectbox(
        "Network trained on", list(titles), format_func=titles.get, key="ablations_surgery_task"
    )
    done = st.pills("Operations", surgery.OPERATIONS, selection_mode="multi", key="ablations_surgery_done")
    done = [name for name in surgery.OPERATIONS if name in done]
    clash = {"forget gate held open", "forget = 1 − input"} <= {*done}
    now, first = surgery.error(task, *done), surgery.error(task)
    show(tested(task, first, now), key="ablations_surgery")
    st.caption(said(task, first, now) + " Tied to the input gate, the forget gate can't be held." * clash)


def said(task: str, first: float, now: float) -> str:
    """The errors in a sentence."""
    measure, nothing = TASKS[task].measure, surgery.ignorant(task)
    return (
        f"{measure.capitalize()} on {surgery.TESTS} sequences: {now:.3g}; as trained {first:.2g}, "
        f"and {nothing:.3g} for one who knows nothing."
    )


def tested(task: str, first: float, now: float) -> Plot:
    """The error as trained and after the operations, beside that of knowing nothing."""
    low, high = LEAST[task], 10.0 if task == "adding" else 1.0
    bars = [
        Bars(name, role, [k], [min(high, max(low, value))], 0.6, base=low)
        for k, (name, role, value) in enumerate(
            (("as trained", "cell", first), ("operated", "gradient", now))
        )
    ]
    return Plot(
        "The error, before and after",
        Axis("", -0.6, 1.6, names=[(0, "as trained"), (1, "operated")]),
        Axis(TASKS[task].measure, low, high, log=True),
        (*bars, Rule("knows nothing", surgery.ignorant(task), across=True)),
        said(task, first, now),
        tall=0.8,
    )
