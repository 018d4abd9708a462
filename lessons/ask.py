"""Questions on the page: predictions before a result, quizzes with a reason for every answer."""

import streamlit as st

from lessons import LESSONS, Lesson
from lessons.parts import show
from lessons.progress import answered, place, predicted, score
from lessons.prose import Option, Question
from lessons.terms import explained
from lessons.visit import adopted, change, progress
from lstm_viz.stage.chart import Line, asked

S = st.session_state


def predict(lesson: Lesson, question: Question, statements: dict[str, str]) -> None:
    """A prediction: what was seen is said once the learner has committed to an answer."""
    with st.container(border=True, key=f"predict_{question.name}"):
        st.fragment(_predict)(lesson, question, statements)


def _predict(lesson: Lesson, question: Question, statements: dict[str, str]) -> None:
    st.markdown(explained(question.ask, statements), unsafe_allow_html=True)
    given = progress().predictions.get(question.name)
    given = _chosen(question, given) if question.options else _drawn(lesson, question, given)
    if given is None:
        st.caption("Commit to an answer; then the page says what comes out.")
        return
    if question.options:
        right = question.options[given].right
        st.markdown("**Yes.**" if right else "**No.**")
    because = question.because[0].upper() + question.because[1:]
    st.markdown(explained(because, statements), unsafe_allow_html=True)


def _chosen(question: Question, given: int | None) -> int | None:
    choice = st.radio(
        "Your prediction",
        range(len(question.options)),
        index=given,
        key=f"predict_{question.name}_{adopted()}",
        format_func=lambda k: question.options[k].answer,
        label_visibility="collapsed",
        disabled=given is not None,
    )
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
    title, _, more = question.ask.partition("\n\n")
    st.markdown(explained(f"**{title}**" + (f"\n\n{more}" if more else "")), unsafe_allow_html=True)
    first = progress().answers.get(place(lesson, k))
    choice = st.radio(
        title,
        range(len(question.options)),
        index=first,
        key=f"quiz_{lesson}_{k + 1}_{adopted()}",
        format_func=lambda j: question.options[j].answer,
        label_visibility="collapsed",
    )
    if choice is None:
        return
    if first is None:
        change(answered(progress(), place(lesson, k), choice))
    explain(question.options[choice])
    if first is None:
        st.rerun(scope="app")


def explain(option: Option) -> None:
    """Why an answer is right or wrong, with what to run."""
    why = explained(f"{'✓ **Right**' if option.right else '✗ **Not so**'}: {option.why}")
    (st.success if option.right else st.warning)(why)
