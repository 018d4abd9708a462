"""The experiments of the lesson on policy gradients: walks as a network learns, pupils that race."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from lessons import live
from lessons.parts import show
from lessons.policy_gradients.pupil import CORRIDOR, EVERY, LIMIT, UPDATES, WALKERS, Walked, grown
from lstm_viz.pages.controls import plain
from lstm_viz.pages.training.runs import workshop
from lstm_viz.papers.policy_tmaze import ARMS
from lstm_viz.stage.chart import Axis, Heat, Line, Plot

S = st.session_state
QUESTION = ("policy_walks",)
WANTED, WAITS, PROBLEM = "policy_walks_wanted", "policy_walks_waits", "policy_walks_problem"


def walks() -> None:
    """A network trained at the press of a button, then its walks after any number of updates."""
    st.fragment(_walks, run_every=live.PACE if S.get(WAITS) else None)()


def _walks() -> None:
    found = workshop().ask(QUESTION, grown) if S.get(WANTED) else None
    if isinstance(found, Exception):
        # Whoever tries again is not told of the same mishap.
        workshop().forget(QUESTION)
        S[PROBLEM], S[WANTED], found = f"The network could not be trained: {found}", False, None
    waits = S.get(WANTED, False) and found is None
    if waits != S.get(WAITS, False):
        # The whole page: how often this part of it looks again is settled outside.
        S[WAITS] = waits
        st.rerun()
    if found:
        by_updates(found)
    else:
        button(waits)


def button(waits: bool) -> None:
    """The button that begins the training, and how it stands with it."""
    words = f"Train {UPDATES} updates (about 3 s)"
    if st.button(words, type="primary", key="policy_walks_go", disabled=waits):
        S[WANTED], S[PROBLEM] = True, ""
        st.rerun()
    st.caption("The network is learning." if waits else "Nothing is trained yet.")
    if problem := S.get(PROBLEM):
        st.info(plain(problem))


def by_updates(found: Sequence[Walked]) -> None:
    """The walks after as many updates as one chooses."""
    updates = st.slider("Updates", 0, UPDATES, 0, EVERY, key="policy_walks_updates")
    until = found[: updates // EVERY + 1]
    now = until[-1]
    show((places(now, updates), ends(until)), key="policy_walks")
    st.caption(
        f"After {updates} updates {100 * now.correct:.0f} % of 200 walks turned correctly, "
        f"{100 * now.wrong:.0f} % took the wrong turn, {100 * now.lost:.0f} % did not arrive."
    )


def places(now: Walked, updates: int) -> Plot:
    """Some walks, one a row: how far each had come at every step."""
    shown = np.nan_to_num(now.places.T, nan=0.0)
    return Plot(
        f"{WALKERS} walks after {updates} updates",
        Axis("step", 1, LIMIT),
        Axis("walk", 0, WALKERS),
        (Heat("how far along", "cell", shown, 0, CORRIDOR),),
        f"Rows are walks; the stronger the colour, the nearer the junction, and empty again when it is over. "
        f"{100 * now.lost:.0f} % do not arrive.",
    )


def ends(found: Sequence[Walked]) -> Plot:
    """How walks ended, up to now."""
    n = [EVERY * k for k in range(len(found))]
    lines = (
        Line("correct", "cell", n, [w.correct for w in found]),
        Line("wrong", "gradient", n, [w.wrong for w in found]),
        Line("lost", "plain", n, [w.lost for w in found], "dash"),
    )
    said = f"After {n[-1]} updates: correct {found[-1].correct:.2f}, wrong {found[-1].wrong:.2f}."
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
