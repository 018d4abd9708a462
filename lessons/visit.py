"""The learner's progress in the session and in the browser, and the lesson and the path of the address."""

import streamlit as st

from lessons import LESSONS, PATHS
from lessons.progress import Progress, dump, load, merged
from lstm_viz.errors import LearnerError
from lstm_viz.pages import visit
from lstm_viz.pages.controls import plain
from lstm_viz.stage.memory import memory
from lstm_viz.tasks.task import quote

S = st.session_state
PAGE = "lessons"


def progress() -> Progress:
    """The learner's progress in this session."""
    return S.setdefault("course", Progress())


def change(now: Progress) -> None:
    """Replace it; the browser hears of it at the end of the page's run."""
    S["course"] = now


def adopt(before: Progress) -> None:
    """Take over what comes from the browser or a file; what is on the page is drawn anew."""
    change(merged(before, progress()))
    S["course_adopted"] = adopted() + 1


def forget() -> None:
    """Drop all progress; the browser is told at the end of the page's run."""
    change(Progress())
    S["course_adopted"] = adopted() + 1


def adopted() -> int:
    """How often progress was taken over from outside: a part of the keys of what shows it."""
    return S.get("course_adopted", 0)


def remember(lesson: str) -> None:
    """Have the browser keep the progress; take over what it had kept before, and what another tab put there.

    What cannot be read is laid aside, and written over only by progress that the learner has made since.
    """
    unreadable = S.get("course_unreadable", False)
    ours = None if "course_kept" not in S or (unreadable and progress() == Progress()) else dump(progress())
    kept = memory(ours, "course_memory", lesson, unreadable)
    if kept is None or kept == S.get("course_kept"):
        return
    S["course_kept"] = kept
    try:
        before = load(kept) if kept else Progress()
    except LearnerError as error:
        S["course_note"] = f"What this browser had kept of your progress cannot be read. {error}"
        S["course_unreadable"] = True
        st.rerun()
    if merged(before, progress()) != progress():
        adopt(before)
        st.rerun()


def enter() -> dict[str, str]:
    """The lesson and the path of the address, "" for none; a sentence for what cannot be shown."""
    given = visit.arrived(S, st.query_params, PAGE)
    if given is None:
        given = st.query_params.to_dict()
    allowed = {"lesson": LESSONS, "path": PATHS}
    wrong = [
        f"{name} = {quote(given[name])} cannot be shown. Allowed: {', '.join(known)}."
        for name, known in allowed.items()
        if given.get(name) and given[name] not in known
    ]
    place = {name: given[name] for name, known in allowed.items() if given.get(name) in known}
    visit.remember(S, st.query_params, PAGE, place)
    if wrong:
        S["course_wrong"] = (place, wrong)
    # The address is right by now: the sentence stays until the reader goes elsewhere.
    where, sentences = S.get("course_wrong", ({}, []))
    if where == place and sentences:
        st.warning(plain("\n".join(sentences)).replace("\n", "  \n"))
    else:
        S.pop("course_wrong", None)
    return {name: place.get(name, "") for name in allowed}
