"""The blocks of a lesson on the page, as its prose has them: text, pictures, equations, questions, runs."""

from functools import partial

import streamlit as st

from lessons import LESSONS, Lesson
from lessons.ask import predict
from lessons.parts import show
from lessons.prose import Mark, Question, Text
from lessons.scene import stage_of
from lessons.terms import explained
from lstm_viz.errors import LearnerError
from lstm_viz.pages.controls import plain
from lstm_viz.stage.walk import walk


def blocks(lesson: Lesson, in_class: bool = False) -> None:
    """Everything between the question and the quiz; what follows a prediction waits until it is made.

    In class there are pictures, equations, predictions and experiments, each with a paragraph at most.
    """
    statements = {claim.name: claim.statement for claim in lesson.claims}
    waiting, before = bool(lesson.parts.STAGE), None
    for block in lesson.prose.blocks:
        if isinstance(block, Text):
            text = core(block.text, before) if in_class else block.text
            # The stage stands once, behind the words on the first equations.
            staged = waiting and _is_equations(before)
            walked, after = _words_on_lines(text) if staged else ("", text)
            _text(walked, statements)
            if staged:
                stage_of(lesson)
                waiting = False
            _text(after, statements)
        elif isinstance(block, Question):
            if not predict(lesson, block, statements):
                return
        else:
            marked(lesson, block)
        before = block


def core(text: str, before) -> str:
    """Of a text the paragraph on the picture, equations or run before it, and the heading of the next."""
    first, *rest = text.split("\n\n")
    kept = [first] if isinstance(before, Mark) or (not rest and first.startswith("## ")) else []
    return "\n\n".join([*kept, *(p for p in rest[-1:] if p.startswith("## "))])


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
        try:
            show(picture(lesson.name, mark.name), key=f"picture_{mark.name}")
        except LearnerError as error:
            # Its results are missing or stale: the sentence says how they are made.
            st.info(plain(str(error)))
    else:
        with st.container(border=True, key=f"experiment_{mark.name}"):
            st.fragment(partial(lesson.parts.EXPERIMENTS[mark.name]))()


@st.cache_data(max_entries=100, show_spinner=False)
def picture(lesson: str, name: str):
    """A picture of a lesson: it is the same for everybody."""
    return LESSONS[lesson].parts.PICTURES[name]()
