"""The final exam: questions from the quizzes of all lessons, answered first and explained afterwards."""

import secrets
from typing import NamedTuple

import numpy as np
import streamlit as st

from lessons import LESSONS
from lessons.ask import choose, explain, pose
from lessons.parts import write
from lessons.progress import examined
from lessons.prose import Question
from lessons.visit import change, progress

S = st.session_state
QUESTIONS, EXAMS = 12, 1_000_000


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
    number = S.setdefault("exam_number", secrets.randbelow(EXAMS))
    drawn, handed = draw(number), S.get("exam_handed")
    if handed is not None:
        _explained(drawn, handed)
        return
    given = [_asked(k, one, number) for k, one in enumerate(drawn)]
    missing = given.count(None)
    label = "Hand it in" if not missing else f"Hand it in ({missing} to answer)"
    if st.button(label, key="exam_hand_in", type="primary", disabled=missing > 0):
        S["exam_handed"] = given
        change(examined(progress(), percent(drawn, given)))
        st.rerun(scope="app")


def _asked(k: int, one: Drawn, number: int) -> int | None:
    """A question, and the answer to it so far."""
    _question(k, one)
    return choose(one.question, one.question.title, None, f"exam_{number}_{k}")


def _explained(drawn: list[Drawn], given: list[int]) -> None:
    """What was handed in, answer by answer, and the result."""
    for k, (one, choice) in enumerate(zip(drawn, given, strict=True)):
        _question(k, one)
        option, lesson = one.question.options[choice], LESSONS[one.lesson]
        write(f"Your answer: {option.answer}")
        explain(option)
        st.page_link(
            "lessons/page.py",
            label=f"From lesson {lesson.number}: {lesson.prose.title}",
            query_params={"lesson": one.lesson},
        )
    st.markdown(f"**{percent(drawn, given)} % right.** Your best so far: {progress().exam} %.")
    st.button("Another exam", key="exam_again", on_click=_again)


def _question(k: int, one: Drawn) -> None:
    """Put a question on the page, and which lesson it is on."""
    pose(one.question, f"{k + 1}. ")
    st.caption(f"On: {LESSONS[one.lesson].prose.title}")


def _again() -> None:
    S["exam_number"] = secrets.randbelow(EXAMS)
    S["exam_handed"] = None
