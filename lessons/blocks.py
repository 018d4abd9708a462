"""The blocks of a lesson on the page, as its prose has them: text, pictures, equations, questions, runs."""

from functools import partial

import streamlit as st

from lessons import LESSONS, Lesson
from lessons.ask import predict
from lessons.parts import show
from lessons.prose import Mark, Question, Text
from lessons.scene import stage_of
from lessons.terms import explained
from lstm_viz.stage.walk import walk


def blocks(lesson: Lesson) -> None:
    """Everything between the question and the quiz."""
    statements = {claim.name: claim.statement for claim in lesson.claims}
    waiting = bool(lesson.parts.STAGE)
    before = None
    for block in lesson.prose.blocks:
        if isinstance(block, Text):
            # The stage stands once, behind the words on the first equations.
            walked, after = (
                _words_on_lines(block.text) if waiting and _is_equations(before) else ("", block.text)
            )
            _text(walked, statements)
            if walked:
                stage_of(lesson)
                waiting = False
            _text(after, statements)
        elif isinstance(block, Question):
            predict(lesson, block, statements)
        else:
            marked(lesson, block)
        before = block


def _words_on_lines(text: str) -> tuple[str, str]:
    """The words on the lines of a cell, up to the next heading, and the rest."""
    words, heading, rest = text.partition("\n## ")
    return words, heading.strip("\n") + rest


def _text(text: str, statements: dict[str, str]) -> None:
    if text:
        st.markdown(explained(text, statements), unsafe_allow_html=True)


def _is_equations(block) -> bool:
    return isinstance(block, Mark) and block.kind == "equations"


def marked(lesson: Lesson, mark: Mark) -> None:
    """What a mark stands for."""
    if mark.kind == "equations":
        walk(mark.name, key=f"walk_{mark.name}")
    elif mark.kind == "picture":
        show(picture(lesson.name, mark.name), key=f"picture_{mark.name}")
    else:
        with st.container(border=True, key=f"experiment_{mark.name}"):
            st.fragment(partial(lesson.parts.EXPERIMENTS[mark.name]))()


@st.cache_data(max_entries=100, show_spinner=False)
def picture(lesson: str, name: str):
    """A picture of a lesson: it is the same for everybody."""
    return LESSONS[lesson].parts.PICTURES[name]()
