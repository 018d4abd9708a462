"""The Lessons page: the map of the course, or one lesson from its question to its sources."""

import re

import streamlit as st

from lessons import LESSONS, PATHS, Lesson
from lessons.ask import quiz
from lessons.blocks import blocks
from lessons.checks import checks
from lessons.course import course, neighbours
from lessons.parts import write
from lessons.progress import read_lesson
from lessons.style import style as own_style
from lessons.visit import adopted, change, enter, progress, remember
from lstm_viz.pages.controls import plain
from lstm_viz.pages.style import style

S = st.session_state


def page() -> None:
    """What the address names."""
    style()
    own_style()
    place = enter()
    with st.container(key="lesson"):
        if note := S.pop("course_note", ""):
            st.warning(plain(note))
        if place["lesson"]:
            lesson(LESSONS[place["lesson"]], place["path"])
        else:
            course(place["path"])
    remember(place["lesson"])


def lesson(one: Lesson, path: str) -> None:
    """A lesson."""
    steps(one, path, "top")
    prose = one.prose
    st.html(f'<div class="lesson-part">{whereabouts(one, path)}</div>')
    st.markdown(f"# {prose.title}")
    st.html(f'<p class="lesson-question">{prose.question}</p>')
    in_class = st.toggle(
        "Class view: pictures, predictions and experiments, few words",
        path == "class",
        key=f"in_class_{one.name}_{path}",
    )
    places = st.container(key="contents")
    heads = blocks(one, in_class)
    checks(one)
    quiz(one)
    heads += ["Quiz"]
    if not in_class:
        exercises(one)
        st.markdown("## Sources")
        st.markdown(prose.sources)
        heads += ["Exercises", "Sources"]
    places.markdown(" · ".join(f"[{head}](#{slug(head)})" for head in heads))
    finished(one)
    steps(one, path, "end")


def whereabouts(one: Lesson, path: str) -> str:
    """Where a lesson stands: on the path that is taken, and in the course."""
    names = PATHS[path][1] if path else ()
    on = f"{names.index(one.name) + 1} of {len(names)} · " if one.name in names else ""
    return f"{on}Lesson {one.number} of {len(LESSONS)} · {one.part}"


def slug(head: str) -> str:
    """The name by which a heading is linked to, as Streamlit makes it."""
    return re.sub(r"[^a-z0-9]+", "-", head.lower()).strip("-")


def exercises(one: Lesson) -> None:
    """The exercises, their solutions hidden at first."""
    statements = one.statements
    st.markdown("## Exercises")
    for exercise in one.prose.exercises:
        st.markdown(f"### {exercise.title}")
        write(exercise.task, statements)
        with st.expander("Solution"):
            write(exercise.solution, statements)


def finished(one: Lesson) -> None:
    """The learner's own word that the lesson is read."""
    done = st.checkbox(
        "I have read this lesson", one.name in progress().read, key=f"read_{one.name}_{adopted()}"
    )
    if done != (one.name in progress().read):
        change(read_lesson(progress(), one.name, done))


def steps(one: Lesson, path: str, where: str) -> None:
    """Back, to the map, and on along the path."""
    before, after = neighbours(one.name, path)
    columns = st.container(key=f"steps_{where}").columns(3, vertical_alignment="center")
    kept = {"path": path} if path else {}
    for column, name, sign in ((columns[0], before, "←"), (columns[2], after, "→")):
        if name:
            title = f"{LESSONS[name].number}. {LESSONS[name].prose.title}"
            words = f"{sign} {title}" if sign == "←" else f"{title} {sign}"
            column.page_link("lessons/page.py", label=words, query_params=kept | {"lesson": name})
    label = f"The map of the course{f' ({PATHS[path][0]})' if path else ''}"
    columns[1].page_link("lessons/page.py", label=label, query_params=kept)


page()
