"""The experiments of the lesson on policy gradients: walks as a network learns, pupils that race."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.parts import show
from lessons.policy_gradients.pupil import CORRIDOR, EVERY, LIMIT, UPDATES, WALKERS, Walked, learnt, walked
from lstm_viz.papers.policy_tmaze import ARMS
from lstm_viz.stage.chart import Axis, Heat, Line, Plot

S = st.session_state
READY = "policy_walks_ready"


def walks() -> None:
    """A network trained at the press of a button, then its walks after any number of updates."""
    if not S.get(READY):
        if st.button(f"Train {UPDATES} updates (about 3 s)", type="primary", key="policy_walks_go"):
            train()
            S[READY] = True
            st.rerun(scope="fragment")
        st.caption("Nothing is trained yet.")
        return
    updates = st.slider("Updates", 0, UPDATES, 0, EVERY, key="policy_walks_updates")
    now = walked(updates)
    show((places(now, updates), ends(updates)), key="policy_walks")
    st.caption(
        f"After {updates} updates {100 * now.correct:.0f} % of 200 walks turned correctly, "
        f"{100 * now.wrong:.0f} % took the wrong turn, {100 * now.lost:.0f} % did not arrive."
    )


def train() -> None:
    """The whole of it in small pieces, so that the bar moves and others have their turn."""
    bar = st.progress(0.0)
    for updates in range(0, UPDATES + 1, EVERY):
        learnt(updates)
        walked(updates)
        bar.progress(updates / UPDATES, text=f"{updates} updates")


def places(now: Walked, updates: int) -> Plot:
    """Some walks, one a row: how far each had come at every step."""
    shown = np.nan_to_num(now.places.T[:WALKERS], nan=0.0)
    return Plot(
        f"{WALKERS} walks after {updates} updates",
        Axis("step", 1, LIMIT),
        Axis("walk", 0, WALKERS),
        (Heat("how far along", "cell", shown, 0, CORRIDOR),),
        f"Rows are walks; the darker, the nearer the junction, and empty again when it is over. "
        f"{100 * now.lost:.0f} % do not arrive.",
    )


def ends(updates: int) -> Plot:
    """How walks ended, up to now."""
    n = list(range(0, updates + 1, EVERY))
    found = [walked(k) for k in n]
    lines = (
        Line("correct", "cell", n, [w.correct for w in found]),
        Line("wrong", "gradient", n, [w.wrong for w in found]),
        Line("lost", "plain", n, [w.lost for w in found], "dash"),
    )
    said = f"After {updates} updates: correct {found[-1].correct:.2f}, wrong {found[-1].wrong:.2f}."
    return Plot("How they ended", Axis("updates", 0, UPDATES), Axis("share of walks", 0, 1), lines, said)


def race() -> None:
    """The pupils of the prediction, and two with a teacher."""
    arms = st.pills(
        "Pupils", list(ARMS), selection_mode="multi", default=list(ARMS)[:3], key="policy_race_arms"
    )
    if not arms:
        st.info("Choose one pupil or more.")
        return
    live.rerun("policy_tmaze", "policy_race", tuple(arms))
