"""The final exam: questions from the quizzes of all lessons, answered first and explained afterwards."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from lessons import LESSONS
from lessons.ask import explain
from lessons.progress import examined
from lessons.prose import Question
from lessons.terms import explained
from lessons.visit import change, progress

S = st.session_state
QUESTIONS = 12


class Drawn(NamedTuple):
    """A question of the exam, and the lesson that it comes from."""

    lesson: str
    question: Question


def draw(number: int) -> list[Drawn]:
    """The questions of one exam: from different lessons, in the order of the course."""
    rng = np.random.default_rng(number)
    chosen = sorted(rng.permutation(len(LESSONS))[:QUESTIONS])
    quizzes = [(name, LESSONS[name].prose.quiz) for name in LESSONS]
    return [Drawn(name, quiz[rng.integers(len(quiz))]) for name, quiz in (quizzes[k] for k in chosen)]


def percent(drawn: list[Drawn], given: list[int | None]) -> int:
    """How many are right, of a hundred."""
    right = sum(g is not None and one.question.options[g].right for one, g in zip(drawn, given, strict=True))
    return round(100 * right / len(drawn))


def exam() -> None:
    """The questions; once all have an answer they can be handed in, and every answer is explained."""
    number = S.setdefault("exam_number", 1)
    drawn, done = draw(number), S.get("exam_done") == number
    given = [_asked(k, one, number, done) for k, one in enumerate(drawn)]
    missing = given.count(None)
    if not done:
        label = "Hand it in" if not missing else f"Hand it in ({missing} to answer)"
        st.button(
            label, key="exam_hand_in", type="primary", disabled=missing > 0, on_click=_hand_in, args=(number,)
        )
        return
    result = percent(drawn, given)
    st.markdown(f"**{result} % right.** Your best so far: {max(result, progress().exam or 0)} %.")
    if result > (progress().exam if progress().exam is not None else -1):
        change(examined(progress(), result))
        st.rerun(scope="app")
    st.button("Another exam", key="exam_again", on_click=_again)


def _asked(k: int, one: Drawn, number: int, done: bool) -> int | None:
    title, _, more = one.question.ask.partition("\n\n")
    st.markdown(explained(f"**{k + 1}. {title}**" + (f"\n\n{more}" if more else "")), unsafe_allow_html=True)
    options = one.question.options
    given = st.radio(
        title,
        range(len(options)),
        index=None,
        key=f"exam_{number}_{k}",
        format_func=lambda j: options[j].answer,
        label_visibility="collapsed",
        disabled=done,
    )
    if done and given is not None:
        explain(options[given])
        lesson = LESSONS[one.lesson]
        st.page_link(
            "lessons/page.py",
            label=f"From lesson {lesson.number}: {lesson.prose.title}",
            query_params={"lesson": one.lesson},
        )
    return given


def _hand_in(number: int) -> None:
    S["exam_done"] = number


def _again() -> None:
    S["exam_number"] += 1
