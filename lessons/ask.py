"""Questions on the page: predictions before a result, quizzes with a reason for every answer."""

import zlib

import numpy as np
import streamlit as st

from lessons import LESSONS, Lesson
from lessons.parts import show, write
from lessons.progress import answered, mended, place, predicted, score
from lessons.prose import Option, Question
from lessons.terms import explained
from lessons.visit import adopted, change, progress
from lstm_viz.stage.chart import Line, asked

S = st.session_state


def predict(lesson: Lesson, question: Question, statements: dict[str, str]) -> bool:
    """A prediction, and once it is made what was seen; whether the reader may read on."""
    with st.container(border=True, key=f"predict_{question.name}"):
        st.fragment(_predict)(lesson, question, statements)
    skipped = f"skipped_{question.name}"
    if question.name in progress().predictions or S.get(skipped):
        return True
    st.caption("The lesson goes on when you have made your prediction.")
    st.button(
        "Read on without one", key=f"skip_{question.name}", on_click=S.__setitem__, args=(skipped, True)
    )
    return False


def _predict(lesson: Lesson, question: Question, statements: dict[str, str]) -> None:
    write(question.ask, statements)
    given = progress().predictions.get(question.name)
    given = _chosen(question, given) if question.options else _drawn(lesson, question, given)
    if given is None:
        return
    if question.options:
        st.markdown(verdict(question, given))
    because = question.because[0].upper() + question.because[1:]
    write(because, statements)


def verdict(question: Question, given: int) -> str:
    """Whether an answer is right, and otherwise which one is."""
    if question.options[given].right:
        return f"**Yes:** {question.options[given].answer}"
    right = question.options[question.right].answer
    return f"**No.** You said: {question.options[given].answer} Right is: {right}"


def shuffled(question: Question) -> list[int]:
    """The options' places in an order of their own, always the same: where an answer stands tells nothing."""
    rng = np.random.default_rng(zlib.crc32(question.ask.encode()))
    return [int(k) for k in rng.permutation(len(question.options))]


def choose(question: Question, label: str, given: int | None, key: str, **more) -> int | None:
    """The place of the option that is chosen."""
    order = shuffled(question)
    return st.radio(
        label,
        order,
        index=None if given is None else order.index(given),
        key=key,
        format_func=lambda k: question.options[k].answer,
        label_visibility="collapsed",
        **more,
    )


def _chosen(question: Question, given: int | None) -> int | None:
    key = f"predict_{question.name}_{adopted()}"
    choice = choose(question, "Your prediction", given, key, disabled=given is not None)
    if given is None and choice is not None:
        change(predicted(progress(), question.name, choice))
        st.rerun(scope="app")
    return given


def _drawn(lesson: Lesson, question: Question, given: list[float] | None) -> list[float] | None:
    curve = lesson.parts.CURVES[question.name]
    if given is None:
        given = asked(curve.plot, curve.ask, key=f"ask_{question.name}")
        if given is not None:
            change(predicted(progress(), question.name, given))
            st.rerun(scope="app")
        return None
    own = Line("your guess", "gradient", list(curve.ask.at)[: len(given)], given, dash="dash")
    marks = (*curve.plot.marks, *truth(lesson.name, question.name), own)
    show(curve.plot._replace(marks=marks), key=f"asked_{question.name}")
    return given


@st.cache_data(max_entries=50, show_spinner=False)
def truth(lesson: str, name: str) -> tuple[Line, ...]:
    """What comes out where a curve was asked for: the same for everybody."""
    return LESSONS[lesson].parts.CURVES[name].truth()


def quiz(lesson: Lesson) -> None:
    """The questions of a lesson; each answer is explained at once, the first one counts."""
    st.markdown("## Quiz")
    for k, question in enumerate(lesson.prose.quiz):
        with st.container(border=True, key=f"quiz_{lesson.name}_{k + 1}"):
            st.fragment(_question)(lesson.name, k, question)
    right, given, of = score(progress(), lesson.name)
    if given:
        st.markdown(
            f"**{right} of {of}** right at the first attempt"
            + (f", {of - given} to go." if given < of else ".")
        )


def _question(lesson: str, k: int, question: Question) -> None:
    pose(question)
    name = place(lesson, k)
    first, right = progress().answers.get(name), question.right
    known = right if name in progress().mended else first
    choice = choose(question, question.title, known, f"quiz_{lesson}_{k + 1}_{adopted()}")
    if choice is None:
        return
    explain(question.options[choice])
    if first is None:
        change(answered(progress(), name, choice))
    elif choice == right != first and name not in progress().mended:
        change(mended(progress(), name))
    else:
        return
    st.rerun(scope="app")


def pose(question: Question, number: str = "") -> None:
    """Put a question of a quiz on the page, its first line bold."""
    write(question.ask.replace(question.title, f"**{number}{question.title}**", 1))


def explain(option: Option) -> None:
    """Why an answer is right or wrong, with what to run."""
    why = explained(f"{'✓ **Right**' if option.right else '✗ **Not so**'}: {option.why}")
    (st.success if option.right else st.warning)(why)
