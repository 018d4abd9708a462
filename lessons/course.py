"""The map of the course: a path to choose, the lessons, what the learner has of each, progress as a file."""

import streamlit as st

from lessons import LESSONS, PARTS, PATHS
from lessons.progress import Progress, dump, load, score
from lessons.visit import adopt, forget, progress
from lstm_viz.errors import LearnerError
from lstm_viz.pages.controls import plain

S = st.session_state
MAX_MB = 1
INTRODUCTION = (
    "From “what is a recurrent network?” to xLSTM in {n} lessons of 10 to 15 minutes. Every statement with a "
    "✓ can be run, here and by anybody."
)
WHOM = {
    "class": "Four lessons for a teacher with a class, eleven minutes each: three for the first picture, "
    "three for the prediction, five for the experiment. The text between them is switched off, and can be "
    "read at home.",
    "course": "All lessons in order.",
    "rnn": "Begins at the constant error carousel.",
}


def course(path: str) -> None:
    """The map."""
    st.markdown("# The course")
    st.markdown(INTRODUCTION.format(n=len(LESSONS)))
    path = chosen(path)
    st.caption(WHOM[path])
    here = following(progress(), path)
    kept = {} if path == "course" else {"path": path}
    if here:
        title = f"{LESSONS[here].number}. {LESSONS[here].prose.title}"
        start = "Begin" if not progress().read else "Go on"
        st.page_link(
            "lessons/page.py",
            label=f"**{start}: {title}**",
            icon=":material/play_arrow:",
            query_params=kept | {"lesson": here},
        )
    columns = st.columns(2, gap="large")
    for k, (part, names) in enumerate(PARTS.items()):
        mine = [name for name in names if name in PATHS[path][1]]
        if mine:
            with columns[k // 3]:
                st.markdown(f"#### {part}")
                for name in mine:
                    card(name, name == here, kept)
    file()


def chosen(path: str) -> str:
    """The path that the address names; another choice goes into the address."""
    S["course_path"] = path or "course"
    st.segmented_control(
        "Your path",
        PATHS,
        format_func=lambda name: PATHS[name][0],
        key="course_path",
        on_change=_taken,
        label_visibility="collapsed",
    )
    return path or "course"


def _taken() -> None:
    picked = S["course_path"] or "course"
    st.query_params.from_dict({} if picked == "course" else {"path": picked})


def following(p: Progress, path: str) -> str:
    """The first lesson of a path that is not read; "" where all are."""
    return next((name for name in PATHS[path][1] if name not in p.read), "")


def neighbours(name: str, path: str) -> tuple[str, str]:
    """The lessons before and after one on a path, of which it may be no part; "" where there is none."""
    names = list(PATHS[path or "course"][1])
    if name not in names:
        names = list(LESSONS)
    k = names.index(name)
    return names[k - 1] if k else "", names[k + 1] if k + 1 < len(names) else ""


def card(name: str, here: bool, kept: dict[str, str]) -> None:
    """A lesson on the map: its title, its question, what the learner has of it."""
    one, p = LESSONS[name], progress()
    right, given, of = score(p, name)
    begun = given or any(getattr(block, "name", "") in p.predictions for block in one.prose.blocks)
    sign = "✓" if name in p.read else "▶" if here else "◐" if begun else "○"
    words = f"quiz: {right} of {of} right at first" if given == of else f"quiz: {given} of {of} answered"
    words *= given > 0
    st.page_link(
        "lessons/page.py",
        label=f"{sign} **{one.number}.** {one.prose.title}",
        query_params=kept | {"lesson": name},
    )
    st.caption(one.prose.question + (f" **{words}**" if words else ""))


def several(n: int, what: str) -> str:
    """A number of things in words."""
    return f"{n} {what}{'' if n == 1 else 's'}"


def file() -> None:
    """Progress as a file, and back."""
    p = progress()
    st.markdown("#### Your progress")
    exam = f", best exam {p.exam} %" if p.exam is not None else ""
    first = sum(score(p, name)[0] for name in LESSONS)
    st.caption(
        f"{len(p.read)} of {len(LESSONS)} lessons read, {several(len(p.predictions), 'prediction')}, "
        f"{several(len(p.answers), 'quiz answer')}, {first} right at first{exam}. "
        "It is kept in this browser alone."
    )
    if note := S.pop("course_loaded_note", ""):
        st.success(note)
    save, back = st.columns(2)
    with save.popover("Forget everything"):
        st.markdown(
            "On a computer that others use, or to begin anew: all of it goes, here and in this browser."
        )
        st.button("Yes, forget it", key="course_forget", on_click=forget)
    save.download_button(
        "Save as a file", dump(p), "lstm-explorer-progress.json", "application/json", on_click="ignore"
    )
    given = back.file_uploader("Load a saved file", type="json", max_upload_size=MAX_MB, key="course_file")
    if given is None or S.get("course_loaded") == given.file_id:
        return
    S["course_loaded"] = given.file_id
    try:
        adopt(load(given.getvalue().decode("utf-8", "replace")))
    except LearnerError as error:
        back.warning(plain(str(error)))
    else:
        S["course_loaded_note"] = "Loaded: what the file had is here now."
        st.rerun()
