"""Every dated fact and every application of this course, each with who says so and how sure it is.

They stand in facts.md, one a line. Five versions of an encyclopaedia's article were compared: where they err,
what stands there is what holds (myths.py says how we know).
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from lstm_viz.errors import LearnerError

FILE = Path(__file__).with_name("facts.md")
KINDS = {
    "theory": "theory",
    "variant": "a cell or a network",
    "training": "a way to train",
    "application": "an application",
    "product": "a product",
    "record": "a record or a prize",
}
SURE = {
    "read": "read by us in the source itself",
    "notes": "from an abstract or detailed notes",
    "said": "said by the encyclopaedia, not checked by us",
    "memory": "from memory",
}
# The versions of the article, by the letters that stand in a fact's `said`.
VERSIONS = {
    "a": "English 2020",
    "b": "English 2023",
    "c": "English 2018",
    "d": "Japanese",
    "e": "English 2026",
}


class Fact(NamedTuple):
    """A fact in a sentence: its year, or None, its kind of KINDS, how sure it is, of SURE, and who says so.

    `said` are the letters of the versions of the article that have it.
    """

    year: int | None
    kind: str
    sure: str
    said: str
    source: str
    text: str


@cache
def facts() -> tuple[Fact, ...]:
    """All of them in the order of the file: by year, those without one last."""
    lines = FILE.read_text("utf-8").splitlines()[1:]
    return tuple(fact(line) for line in lines if line.strip())


def fact(line: str) -> Fact:
    """A line of the file; LearnerError where it is not one."""
    parts = [part.strip() for part in line.split(" | ")]
    if len(parts) != len(Fact._fields):
        raise LearnerError(f"“{line[:40]}” has {len(parts)} parts. Allowed: {len(Fact._fields)}.")
    year, kind, sure, said, source, text = parts
    said = said.replace("-", "")
    if kind not in KINDS or sure not in SURE or not {*said} <= {*VERSIONS} or not text.endswith("."):
        raise LearnerError(f"“{line[:40]}” is no fact: a kind, a degree or a version is unknown.")
    return Fact(None if year == "-" else int(year), kind, sure, said, source, text)


def counted() -> dict[str, float]:
    """How many entries there are, and how many of each degree of certainty."""
    dated = sum(f.year is not None for f in facts())
    found = {"entries": len(facts()), "with a year": dated, "without": len(facts()) - dated}
    return found | {words: sum(f.sure == sure for f in facts()) for sure, words in SURE.items()}


def by(one: Fact) -> str:
    """Who says so, in words: the source, and the versions of the article that have it."""
    versions = ", ".join(words for letter, words in VERSIONS.items() if letter in one.said)
    everywhere = len(one.said) == len(VERSIONS)
    return f"{one.source}. In the article: {'all five versions' if everywhere else versions or 'nowhere'}."


def matching(kinds: set[str], sure: set[str], words: str) -> tuple[Fact, ...]:
    """The facts of these kinds and degrees whose year, text or source has all of the words."""
    wanted = words.casefold().split()
    kept = [f for f in facts() if f.kind in kinds and f.sure in sure]
    return tuple(f for f in kept if all(word in searched(f) for word in wanted))


def searched(one: Fact) -> str:
    """All that the words are looked for in."""
    return f"{one.year or ''} {one.text} {one.source} {KINDS[one.kind]}".casefold()
