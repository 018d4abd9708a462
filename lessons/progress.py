"""How far a learner is: lessons read, predictions made, first answers to quizzes, the best exam.

It is kept in the learner's own browser and can be saved as a file; both come back from outside and are read
with care. Nothing of it is stored on the server.
"""

import json
from typing import NamedTuple

from lessons import LESSONS
from lessons.prose import Question
from lstm_viz.errors import LearnerError

VERSION = 1
MAX_CHARACTERS = 200_000
MAX_EXAM = 100


class ProgressError(LearnerError):
    """A file that holds no progress of this course."""


class Progress(NamedTuple):
    """By lesson, or by lesson and question: the first answer as the option's place; `exam` is in percent.

    A prediction that was drawn has the heights at its places in place of an option. `mended` are the
    questions that were wrong at first and have been answered rightly since.
    """

    read: frozenset[str] = frozenset()
    predictions: dict[str, int | list[float]] = {}
    answers: dict[str, int] = {}
    exam: int | None = None
    mended: frozenset[str] = frozenset()


def place(lesson: str, k: int) -> str:
    """The name of a quiz question."""
    return f"{lesson}/{k + 1}"


def read_lesson(p: Progress, name: str, done: bool = True) -> Progress:
    """A lesson is read, or isn't."""
    return p._replace(read=p.read | {name} if done else p.read - {name})


def predicted(p: Progress, name: str, choice: int | list[float]) -> Progress:
    """A prediction was made; the first one stands."""
    return p._replace(predictions={name: choice} | p.predictions)


def answered(p: Progress, name: str, choice: int) -> Progress:
    """A question was answered; the first answer stands."""
    return p._replace(answers={name: choice} | p.answers)


def mended(p: Progress, name: str) -> Progress:
    """A question was answered rightly after all."""
    return p._replace(mended=p.mended | {name})


def examined(p: Progress, percent: int) -> Progress:
    """An exam was handed in; the best one stands."""
    return p._replace(exam=max(percent, p.exam or 0))


def merged(ours: Progress, theirs: Progress) -> Progress:
    """Both together: where both have an answer, that of the first."""
    return Progress(
        ours.read | theirs.read,
        theirs.predictions | ours.predictions,
        theirs.answers | ours.answers,
        max((e for e in (ours.exam, theirs.exam) if e is not None), default=None),
        ours.mended | theirs.mended,
    )


def score(p: Progress, name: str) -> tuple[int, int, int]:
    """Of a lesson's quiz: right at first, answered, asked."""
    quiz = LESSONS[name].prose.quiz
    given = [(q, p.answers[place(name, k)]) for k, q in enumerate(quiz) if place(name, k) in p.answers]
    return sum(q.options[choice].right for q, choice in given), len(given), len(quiz)


def dump(p: Progress) -> str:
    """The progress as text."""
    said = p._asdict() | {"read": sorted(p.read), "mended": sorted(p.mended)}
    return json.dumps({"course": "LSTM Explorer", "version": VERSION} | said, ensure_ascii=False)


def load(text: str) -> Progress:
    """The progress in a text; a ProgressError unless it is one, and what this course has not is left out."""
    if len(text) > MAX_CHARACTERS:
        raise ProgressError(f"This file is too long. Allowed: {MAX_CHARACTERS:,} characters.")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProgressError("This is not a file of progress. Allowed: what “Save” wrote.") from error
    if not isinstance(said, dict) or said.get("version") != VERSION:
        raise ProgressError(f"This file holds no progress of version {VERSION}. Allowed: what “Save” wrote.")
    exam = said.get("exam")
    return Progress(
        _names(said.get("read"), LESSONS),
        _known(said.get("predictions"), _asked()),
        _known(said.get("answers"), _quizzed()),
        exam if _whole(exam) and 0 <= exam <= MAX_EXAM else None,
        _names(said.get("mended"), _quizzed()),
    )


def _names(said: object, known: dict) -> frozenset[str]:
    """The names in a list that are known."""
    return (
        frozenset(n for n in said if isinstance(n, str) and n in known)
        if isinstance(said, list)
        else frozenset()
    )


def _asked() -> dict[str, Question]:
    """Every prediction of the course by name."""
    return {b.name: b for one in LESSONS.values() for b in one.prose.blocks if isinstance(b, Question)}


def _quizzed() -> dict[str, Question]:
    """Every quiz question of the course by its place."""
    return {place(name, k): q for name, one in LESSONS.items() for k, q in enumerate(one.prose.quiz)}


def _known(said: object, questions: dict[str, Question]) -> dict:
    """The answers among what is said that these questions can have."""
    if not isinstance(said, dict):
        return {}
    return {name: said[name] for name, question in questions.items() if _fits(said.get(name), question)}


def _fits(answer: object, question: Question) -> bool:
    if question.options:
        return _whole(answer) and 0 <= answer < len(question.options)
    return (
        isinstance(answer, list)
        and len(answer) <= 50
        and all(isinstance(v, int | float) and abs(v) < 1e300 for v in answer)
    )


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
