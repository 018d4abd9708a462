"""The blocks of a lesson on the page, as its prose has them: text, pictures, equations, questions, runs."""

import re
from functools import partial

import streamlit as st

from lessons import LESSONS, Lesson
from lessons.ask import predict
from lessons.parts import show, write
from lessons.prose import Mark, Question, Text
from lessons.scene import stage_of
from lstm_viz.errors import LearnerError
from lstm_viz.pages.controls import plain
from lstm_viz.stage.walk import walk

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def blocks(lesson: Lesson, in_class: bool = False) -> list[str]:
    """Everything between the question and the quiz, and the headings that stand there.

    What follows a prediction waits until it is made. In class there are pictures, equations, predictions and
    experiments, each with the words that lead to it and that say what to look at.
    """
    statements = lesson.statements
    waiting, heads, all_of = bool(lesson.parts.STAGE), [], lesson.prose.blocks
    for before, block, after in zip((None, *all_of), all_of, (*all_of[1:], None), strict=False):
        if isinstance(block, Text):
            text = core(block.text, before, after) if in_class else block.text
            heads += HEADING.findall(text)
            # The stage stands once, behind the words on the first equations.
            staged = waiting and _is_equations(before)
            walked, rest = _words_on_lines(text) if staged else ("", text)
            _text(walked, statements)
            if staged:
                stage_of(lesson)
                waiting = False
            _text(rest, statements)
        elif isinstance(block, Question):
            if not predict(lesson, block, statements):
                break
        else:
            marked(lesson, block)
    return heads


def core(text: str, before, after) -> str:
    """Of a text what explains the part of the lesson before it and what leads to the one behind it."""
    paragraphs = text.split("\n\n")
    heads = [k for k, p in enumerate(paragraphs) if p.startswith("## ")]
    kept = {0} if isinstance(before, Mark) and 0 not in heads else set()
    if isinstance(after, Question):
        # A prediction needs all that stands in the section before it.
        kept |= set(range(heads[-2] if len(heads) > 1 else 0, len(paragraphs)))
    elif after is not None:
        kept |= {*heads[-1:], len(paragraphs) - 1}
    return "\n\n".join(paragraphs[k] for k in sorted(kept))


def _words_on_lines(text: str) -> tuple[str, str]:
    """The words on the lines of a cell, up to the next heading, and the rest."""
    words, heading, rest = text.partition("\n## ")
    return words, heading.strip("\n") + rest


def _text(text: str, statements: dict[str, str]) -> None:
    if text:
        write(text, statements)


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
