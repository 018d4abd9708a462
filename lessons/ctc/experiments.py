"""The experiments of the lesson on CTC: labels of a few frames, and a net that learns from words alone."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.ctc.paths import labels
from lessons.parts import show
from lstm_viz.decode import best_path
from lstm_viz.stage.chart import Axis, Bars, Plot

SHOWN = 6


def frames() -> None:
    """Chances that are the same at every frame, and the labels that come of them."""
    columns = st.columns(3)
    T = columns[0].slider("Frames", 1, 6, 2, key="ctc_frames_frames")
    blank = columns[1].slider("Chance of the blank", 0.0, 1.0, 0.6, 0.01, key="ctc_frames_blank")
    share = columns[2].slider("Of the rest, the part of a", 0.0, 1.0, 1.0, 0.01, key="ctc_frames_a")
    chances = np.tile([blank, (1 - blank) * share, (1 - blank) * (1 - share)], (T, 1))
    found = sorted(labels(chances).items(), key=lambda pair: -pair[1])
    show(bars(found), key="ctc_frames")
    with np.errstate(divide="ignore"):
        path = best_path(np.log(chances))
    best, (label, p) = chances.max(axis=1).prod(), found[0]
    st.caption(
        f"Of {3**T} paths the most probable one is {spelt(path.path)}, with {best:.3f}, and becomes "
        f"{word(path.label)}. The most probable label is {word(label)}, with {p:.3f}."
    )


def word(label: tuple[int, ...]) -> str:
    """A label as it is read."""
    return "".join("–ab"[c] for c in label) or "the empty label"


def spelt(path: tuple[int, ...]) -> str:
    """A path as it is written."""
    return "".join("–ab"[c] for c in path)


def bars(found: list[tuple[tuple[int, ...], float]]) -> Plot:
    """The most probable labels."""
    first = found[:SHOWN]
    names = [(k, word(label) if label else "empty") for k, (label, _) in enumerate(first)]
    said = ", ".join(f"{word(label)} {p:.3f}" for label, p in first)
    return Plot(
        "The most probable labels",
        Axis("", -0.6, SHOWN - 0.4, names=names),
        Axis("probability", 0, 1),
        (Bars("", "input", range(len(first)), [p for _, p in first]),),
        said,
    )


def rerun() -> None:
    """A net that is told every frame, and one that is told the words."""
    live.rerun("ctc_2006", "ctc_rerun", arms=("every frame told", "CTC, best path"))
