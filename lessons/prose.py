"""A lesson's prose, an essay in Markdown, as the blocks of a page: text, marks, questions, exercises.

Marks are comments on lines of their own, `<!-- experiment: name -->`; what is asked follows a mark `predict`
or stands under “Quiz”. A text that does not keep to this raises a ProseError with the line.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lstm_viz.errors import LearnerError

MARK = re.compile(r"<!-- (picture|equations|experiment|predict|predict-curve): ([a-z0-9_]+) -->$")
CLAIM = re.compile(r" ?<!-- claim: ([a-z0-9_]+) -->")
OPTION = re.compile(r"- \[( |x)\] (.*)$")
BECAUSE = "Because: "
OPENS, CLOSES = "<details><summary>Solution</summary>", "</details>"
QUIZ, EXERCISES, SOURCES = "## Quiz", "## Exercises", "## Sources"


class ProseError(LearnerError):
    """A lesson's text that does not keep to the form."""


class Text(NamedTuple):
    """Markdown; `claims` are those marked in it."""

    text: str
    claims: tuple[str, ...]


class Mark(NamedTuple):
    """The place of something that the app puts in: a picture, a cell's equations, an experiment."""

    kind: str
    name: str


class Option(NamedTuple):
    """An answer to choose, whether it is right, and why."""

    answer: str
    right: bool
    why: str


class Question(NamedTuple):
    """A question with one right answer, and what is said once it is given; `name` is a prediction's.

    A curve to be drawn has no options.
    """

    name: str
    ask: str
    options: tuple[Option, ...]
    because: str = ""

    @property
    def right(self) -> int:
        """The place of the right answer among those of a question that has some."""
        return next(k for k, option in enumerate(self.options) if option.right)

    @property
    def title(self) -> str:
        """Its first line."""
        return self.ask.partition("\n\n")[0]


class Exercise(NamedTuple):
    """A task, and its solution, which is hidden at first."""

    title: str
    task: str
    solution: str


class Prose(NamedTuple):
    """A lesson: what it asks, its blocks in order, quiz, exercises and sources."""

    title: str
    question: str
    blocks: tuple[Text | Mark | Question, ...]
    quiz: tuple[Question, ...]
    exercises: tuple[Exercise, ...]
    sources: str

    @property
    def claims(self) -> tuple[str, ...]:
        """The names of all claims, in the order of the text."""
        texts = [b.text if isinstance(b, Text) else b.because for b in self.blocks if not isinstance(b, Mark)]
        rest = [o.why for q in self.quiz for o in q.options] + [e.task + e.solution for e in self.exercises]
        kept = [b.claims for b in self.blocks if isinstance(b, Text)]
        marked = [CLAIM.findall(text) for text in [*texts, *rest]]
        return tuple(dict.fromkeys(name for names in [*kept, *marked] for name in names))


def read(text: str) -> Prose:
    """The prose of a lesson."""
    lines = text.splitlines()
    if len(lines) < 3 or not lines[0].startswith("# ") or not lines[2].startswith("> "):
        raise ProseError("A lesson begins with “# Title”, an empty line and “> question”.")
    parts = sections(lines, (QUIZ, EXERCISES, SOURCES))
    return Prose(
        lines[0].removeprefix("# "),
        lines[2].removeprefix("> "),
        tuple(blocks(parts[""][3:])),
        tuple(questions(parts[QUIZ])),
        tuple(exercises(parts[EXERCISES])),
        "\n".join(parts[SOURCES]).strip(),
    )


def sections(lines: list[str], names: tuple[str, ...]) -> dict[str, list[str]]:
    """The lines before and under each of these headings, which come in this order."""
    found, current = {"": []}, ""
    for line in lines:
        if line in names:
            current = line
            found[current] = []
        else:
            found[current].append(line)
    missing = [name for name in names if name not in found]
    if missing or list(found) != ["", *names]:
        raise ProseError(f"A lesson ends with {', '.join(names)}, in this order.")
    return found


def blocks(lines: list[str]) -> Iterator[Text | Mark | Question]:
    """The blocks of the running text."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        mark = MARK.match(lines[at])
        at += 1
        if not mark:
            kept.append(lines[at - 1])
            continue
        yield from texts(kept)
        kept, (kind, name) = [], mark.groups()
        if not kind.startswith("predict"):
            yield Mark(kind, name)
            continue
        end = next((k for k in range(at, len(lines)) if lines[k].startswith(BECAUSE)), None)
        if end is None:
            raise ProseError(f"The prediction “{name}” lacks a line “{BECAUSE}…”.")
        yield prediction(name, lines[at:end], lines[end].removeprefix(BECAUSE), kind == "predict-curve")
        at = end + 1
    yield from texts(kept)


def texts(lines: list[str]) -> Iterator[Text]:
    """A text, if there is any."""
    text = "\n".join(lines).strip()
    if text:
        yield Text(text, tuple(CLAIM.findall(text)))


def prediction(name: str, lines: list[str], because: str, curve: bool) -> Question:
    """A question to be answered before the result is seen."""
    ask, options = asked(lines)
    if not curve:
        check_options(ask, options)
    return Question(name, ask, options, because)


def questions(lines: list[str]) -> Iterator[Question]:
    """The questions of a quiz: a heading each, then options with their reasons behind a dash."""
    for title, its in headed(lines):
        more, options = asked(its)
        check_options(title, options)
        if not all(o.why for o in options):
            raise ProseError(f"In the quiz, “{title}” has an answer without “ — why”.")
        yield Question("", f"{title}\n\n{more}".strip(), options)


def exercises(lines: list[str]) -> Iterator[Exercise]:
    """The exercises: a heading each, the task, and the solution between its marks."""
    for title, its in headed(lines):
        text = "\n".join(its).strip()
        task, opened, rest = text.partition(OPENS)
        solution, closed, after = rest.partition(CLOSES)
        if not opened or not closed or after.strip():
            raise ProseError(f"The exercise “{title}” has no solution between “{OPENS}” and “{CLOSES}”.")
        yield Exercise(title, task.strip(), solution.strip())


def headed(lines: list[str]) -> list[tuple[str, list[str]]]:
    """The lines under each heading of the third level."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("### "):
            found.append((line.removeprefix("### "), []))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            raise ProseError(f"“{line[:40]}” stands before the first “### ” heading.")
    return found


def asked(lines: list[str]) -> tuple[str, tuple[Option, ...]]:
    """What is asked, and the options under it."""
    options = [OPTION.match(line) for line in lines]
    ask = "\n".join(line for line, option in zip(lines, options, strict=True) if not option).strip()
    return ask, tuple(option_of(o[1], o[2]) for o in options if o)


def option_of(box: str, text: str) -> Option:
    """An option: the answer, and behind a dash the reason."""
    answer, _, why = text.partition(" — ")
    return Option(answer, box == "x", why)


def check_options(ask: str, options: tuple[Option, ...]) -> None:
    """A ProseError unless there are two answers or more, and one is right."""
    if len(options) < 2 or sum(o.right for o in options) != 1:
        raise ProseError(f"“{ask[:60]}” needs two answers or more, one of them right.")
