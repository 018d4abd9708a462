"""The glossary: every term with its meaning; terms and claims of a text as marks that explain themselves."""

import re
from functools import cache
from html import escape
from pathlib import Path

from lessons.prose import CLAIM
from lstm_viz.errors import LearnerError

FILE = Path(__file__).parent / "glossary.md"
ENTRY = re.compile(r"\*\*([^*]+)\*\*: (.+)$")
TERM = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
ADDRESS = re.compile(r"\]\(/")


@cache
def glossary() -> dict[str, str]:
    """The meaning of every term, in the order of the alphabet."""
    lines = [line for line in FILE.read_text("utf-8").splitlines() if line.strip()]
    entries = [ENTRY.match(line) for line in lines]
    if not all(entries):
        wrong = lines[entries.index(None)]
        raise LearnerError(f"“{wrong[:40]}” is no entry of the glossary. Allowed: “**term**: its meaning”.")
    return {entry[1]: entry[2] for entry in entries}


def terms(text: str) -> list[str]:
    """The terms that a text marks, as they stand in the glossary."""
    return [found[2] or found[1] for found in TERM.finditer(text)]


def explained(text: str, statements: dict[str, str] | None = None) -> str:
    """A text whose terms say what they mean when they are pointed at, and claims what is checked."""
    text = TERM.sub(lambda found: _mark("term", found[1], glossary()[found[2] or found[1]]), text)
    known = statements or {}
    text = CLAIM.sub(lambda found: _mark("claim", "✓", f"Checked: {known.get(found[1], found[1])}"), text)
    # A page below the root finds the others beside it.
    return ADDRESS.sub("](./", text)


def _mark(kind: str, shown: str, means: str) -> str:
    tip = f'<span role="tooltip">{escape(means)}</span>'
    return f'<span class="{kind}" tabindex="0"><span>{shown}</span>{tip}</span>'
