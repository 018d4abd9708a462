"""The experiments of the lesson on evolution: a swarm in a landscape, cells bred or drawn."""

from functools import lru_cache

import numpy as np
import streamlit as st

from lessons import live
from lessons.evolution.swarm import (
    BEGAN,
    CHILDREN,
    GENERATIONS,
    JUDGES,
    SEEDS,
    THROWN,
    Search,
    heights,
    search,
)
from lessons.parts import show
from lstm_viz.stage.chart import Axis, Dots, Heat, Line, Plot

# Wide enough for all places to which the swarms of the prose go.
WEIGHTS, BIASES = (-2.0, 3.0), (-1.0, 2.5)
STARTS = {"where the ball was thrown": THROWN, "where it first stood": BEGAN}
LEAST, MOST = 1e-8, 1e0


def swarm() -> None:
    """An evolution strategy, generation by generation, in the landscape of a tanh unit's error."""
    columns = st.columns(4)
    start = columns[0].selectbox("The swarm starts", list(STARTS), key="evolution_swarm_start")
    judge = columns[1].selectbox("Judged by", list(JUDGES), key="evolution_swarm_judge")
    children = columns[2].slider("Children", 4, 40, CHILDREN, 2, key="evolution_swarm_children")
    seed = columns[3].slider("Seed", SEEDS[0], SEEDS[-1], 1, key="evolution_swarm_seed")
    k = st.slider("Generation", 1, GENERATIONS, 1, key="evolution_swarm_generation")
    found = search(STARTS[start], seed, children, judge)
    show((landscape(found, k), errors(found, k)), key="evolution_swarm")
    now = found.generations[k - 1]
    st.caption(
        f"Generation {k}: step size {now.width:.2g}, the best child's error {now.errors.min():.2g}; the "
        f"middle has moved to one of {found.errors[k]:.2g}, after {k * children} tries. Children outside the "
        "picture stand at its edge."
    )


def landscape(found: Search, k: int) -> Plot:
    """The children of a generation and the way of the middle."""
    now, way = found.generations[k - 1], found.middles[: k + 1]
    w, b = (np.clip(now.children[:, n], *room) for n, room in enumerate((WEIGHTS, BIASES)))
    marks = (
        Heat("error", "plain", height(), 1e-4, 3.0, log=True),
        Line("middle", "cell", np.clip(way[:, 0], *WEIGHTS), np.clip(way[:, 1], *BIASES)),
        Dots("children", "gradient", w, b),
    )
    return Plot(
        "The landscape: grey is high",
        Axis("weight", *WEIGHTS),
        Axis("bias", *BIASES),
        marks,
        f"In generation {k} the middle has come to weight {way[-1, 0]:.3g} and bias {way[-1, 1]:.3g}.",
        tall=1.25,
    )


@lru_cache(maxsize=1)
def height() -> np.ndarray:
    """The error at each point of the picture, rows from the lowest bias up."""
    w, b = np.meshgrid(np.linspace(*WEIGHTS, 71), np.linspace(*BIASES, 50))
    return heights(np.stack([w.ravel(), b.ravel()], axis=1)).reshape(w.shape)


def errors(found: Search, k: int) -> Plot:
    """The error at the middle and that of the best child."""
    n = np.arange(1, k + 1)
    best = [g.errors.min() for g in found.generations[:k]]
    lines = (
        Line("middle", "cell", np.arange(k + 1), np.clip(found.errors[: k + 1], LEAST, MOST)),
        Line("best child", "gradient", n, np.clip(best, LEAST, MOST), "dot"),
    )
    return Plot(
        "Error by generation",
        Axis("generations", 0, GENERATIONS),
        Axis("error", LEAST, MOST, log=True),
        lines,
        f"After {k} generations the error at the middle is {found.errors[k]:.2g}.",
        tall=1.25,
    )


def bred() -> None:
    """Evolino beside networks drawn and thrown away."""
    live.rerun("evolution_sines", "evolution_bred")
