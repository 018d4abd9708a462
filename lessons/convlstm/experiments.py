"""The experiments of the lesson on the ConvLSTM: how far a pixel sees, and state kernels wide and narrow."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.convlstm.dots import heard
from lessons.parts import show
from lstm_viz.stage.chart import Axis, Dots, Heat, Note, Plot

SIZE, STEPS = 11, 6
REACH = {"1 × 1": 0, "3 × 3": 1, "5 × 5": 2, "7 × 7": 3}


def cone() -> None:
    """From where, and when, a pixel's answer can have been reached."""
    columns = st.columns(3)
    kernels = columns[0].select_slider("Kernels of the state", list(REACH), "3 × 3", key="convlstm_cone_k")
    row = columns[1].slider("Row", 1, SIZE, 6, key="convlstm_cone_row")
    column = columns[2].slider("Column", 1, SIZE, 6, key="convlstm_cone_column")
    ages = age(heard(REACH[kernels], row - 1, column - 1, SIZE, STEPS))
    show(plot(ages, row, column), key="convlstm_cone")
    counts = ", ".join(str(int((ages <= k).sum())) for k in range(STEPS))
    st.caption(
        f"So many of the {SIZE * SIZE} pixels can have mattered by the news of 0, 1, 2, … {STEPS - 1} frames "
        f"ago: {counts}. The kernels of the input are 3 × 3."
    )


def age(seen: np.ndarray) -> np.ndarray:
    """How many frames ago each pixel last could matter; nan where it never could."""
    ages = np.full(seen.shape[1:], np.nan)
    for k, frame in enumerate(seen[::-1]):
        ages[frame & np.isnan(ages)] = k
    return ages


def plot(ages: np.ndarray, row: int, column: int) -> Plot:
    """The ages as a map, the newest darkest, with numbers to the right of the pixel (or to its left)."""
    y, way = SIZE + 1 - row, 1 if column <= (SIZE + 1) // 2 else -1
    notes, last = [], -1.0
    for x in range(column + way, SIZE + 1 if way > 0 else 0, way):
        k = ages[row - 1, x - 1]
        if k > last:
            notes.append(Note(f"{k:g}", x - 0.25, y - 0.2))
            last = k
    names = [(SIZE + 1 - r, str(r)) for r in range(1, SIZE + 1)]
    heat = Heat("frames ago", "cell", (STEPS - ages)[::-1], 0.0, STEPS + 3)
    said = (
        f"{np.isfinite(ages).sum()} pixels can matter within {STEPS} frames, {np.sum(ages == 0)} of them now"
    )
    return Plot(
        "How old the newest news of each pixel is, in frames",
        Axis("column", 0.5, SIZE + 0.5),
        Axis("row", 0.5, SIZE + 0.5, names=names),
        (heat, Dots("the pixel that answers", "hidden", [column], [y]), *notes),
        said,
        tall=1.5,
    )


def rerun() -> None:
    """Both networks of the prediction, from a seed of the reader's own."""
    live.rerun("convlstm_kernels", "convlstm_rerun")
