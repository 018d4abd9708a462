"""Without a teacher: weights by evolution, by Evolino and by rewards, live beside the gradient."""

import time

import streamlit as st

from lstm_viz.errors import LearnerError
from lstm_viz.pages.bench import View, enter, remember
from lstm_viz.pages.controls import plain
from lstm_viz.pages.style import style
from lstm_viz.pages.teacherless.choices import LEARN, WORDS
from lstm_viz.pages.teacherless.controls import controls, way
from lstm_viz.pages.teacherless.live import below, live
from lstm_viz.pages.teacherless.runs import Shown, shown
from lstm_viz.pages.teacherless.view import TEACHERLESS
from lstm_viz.pages.training import clock as clocks
from lstm_viz.pages.training.buttons import Runs, buttons
from lstm_viz.pages.training.choices import NEWEST
from lstm_viz.pages.training.runs import who, workshop

S = st.session_state


def page() -> None:
    """The address once; then the way, its controls, the runs' buttons, the curves, what networks do."""
    style()
    enter(here())
    title, ways = st.container(key="top").columns([1, 3.2], vertical_alignment="center")
    title.markdown("#### Without a teacher")
    S.tl = S.tl | {"way": way(ways, S.tl, changed)}
    S.tl = S.tl | controls(S.tl, changed)
    if S.tl_notes:
        st.warning(plain("\n".join(S.tl_notes)).replace("\n", "  \n"))
    problem = st.empty()
    if found := playable(problem):
        if S.pop("tl_arrived", False) and S.tl["at"] != NEWEST:
            arrive(found)
        S.tl_clock = clocks.chosen(S.tl_clock, found.runs, found.steps)
        if not S.tl_clock.moving:
            workshop().line.want(who(S), {})
        buttons(Runs("tl", found.runs, found.steps), S.tl_good != choices(), S.tl_hint or WORDS[found.way])
        live(found, here())
        below(found, here())
    remember(here())


def here() -> View:
    """This page."""
    return View(TEACHERLESS, S, st.query_params)


def choices() -> dict:
    """All that a run depends on."""
    return {name: S.tl[name] for name in LEARN}


def playable(problem) -> Shown | None:
    """What the choices mean; where they cannot be run, a sentence and the last that could."""
    wanted = choices()
    for values in filter(None, (wanted, S.tl_good)):
        try:
            found = shown(values)
            for spec in found.runs:
                workshop().line.tape(spec)
        except LearnerError as error:
            problem.info(plain(str(error)))
        else:
            S.tl_good = values
            return found
    return None


def arrive(found: Shown) -> None:
    """Show the moment that the address names, or say how to get there."""
    tapes = [workshop().line.tape(spec) for spec in found.runs]
    S.tl_clock = clocks.arrived(tapes, S.tl["at"], time.monotonic())
    if S.tl["at"] and S.tl_clock.mode == clocks.READY:
        S.tl_hint = (
            f"**Press Train.** The address names the moment after {S.tl['at']:,} {found.unit}s: what is "
        )
        S.tl_hint += "shown below the curves follows up to there and stays."


def changed() -> None:
    """After a choice of the reader's own, the notes and the hint have done their work."""
    S.tl_notes, S.tl_hint = [], ""


page()
