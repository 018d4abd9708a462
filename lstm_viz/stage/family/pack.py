"""What the browser needs to draw the family tree and to set two variants side by side.

All of it is text from the library, MathML from the equations, and numbers; the browser computes nothing.
"""

import re

from lstm_viz.cell import Equation
from lstm_viz.difference import Line, difference, is_same
from lstm_viz.family import Member, Place, draw
from lstm_viz.library import LIBRARY, Variant
from lstm_viz.library.variant import Legendre, Start
from lstm_viz.marked import pieces
from lstm_viz.overlay import marks
from lstm_viz.palette import ROLES

METHODS = {"zoh": "zero-order hold", "euler": "Euler's method"}


def pack_tree(left: str, right: str) -> dict:
    """The tree of the whole library with two members chosen."""
    found = draw(Member(v.name, v.year, v.parents, v.source) for v in LIBRARY.values())
    return {
        "years": found.years,
        "lanes": found.lanes,
        "places": [_place(place) for place in found.places],
        "lines": found.lines,
        "members": {v.name: _member(v) for v in LIBRARY.values()},
        "left": left,
        "right": right,
    }


def _place(place: Place) -> dict:
    """A place with its members, the first one large unless they are a group, which bears the paper's name."""
    paper = LIBRARY[place.name].source if place.is_group else ""
    return place._asdict() | {"paper": _authors(paper)}


def _authors(paper: str) -> str:
    """A paper by its authors and year: Greff et al. 2015."""
    found = re.match(r"(.*?)((?:,| &).*?)? (\d{4})", paper)
    return f"{found[1]}{' et al.' if found[2] else ''} {found[3]}" if found else paper


def _member(variant: Variant) -> dict:
    """A member in words; beside its parent its name need not begin with the parent's."""
    parents = [LIBRARY[name].title for name in variant.parents]
    short = next((variant.title.removeprefix(f"{p}, ") for p in parents), variant.title)
    return {
        "title": variant.title,
        "short": short,
        "year": variant.year,
        "adds": variant.adds,
        "parents": variant.parents,
    }


def pack_comparison(left: Variant, right: Variant, numbers: tuple[str, str]) -> dict:
    """Two variants side by side; `numbers` says how many numbers each one learns."""
    lines = difference(left, right)
    sides = [_side(v, n) for v, n in zip((left, right), numbers, strict=True)]
    return {
        "sides": sides,
        "roles": {name: role._asdict() for name, role in ROLES.items()},
        "summary": _summary(left, right, lines),
        "rows": [_row(line, (left, right)) for line in lines],
        "starts": _starts(left, right),
    }


def _side(variant: Variant, numbers: str) -> dict:
    names = ("name", "title", "year", "source", "sentence")
    return {name: getattr(variant, name) for name in names} | {"numbers": numbers}


def _row(line: Line, variants: tuple[Variant, Variant]) -> dict:
    """A line of both sides: what it computes in words, its formula in pieces, what is marked in it."""
    return {
        "same": is_same(line),
        "sides": [e and _formula(e, v) for e, v in zip(line, variants, strict=True)],
    }


def _formula(e: Equation, variant: Variant) -> dict:
    known = variant.signals.get(e.name)
    return {
        "s": e.name,
        "role": known.role if known else "plain",
        "word": known.name if known else e.name,
        "pieces": pieces(e, variant.signals),
        "only": marks(e.expr),
    }


def _summary(left: Variant, right: Variant, lines: list[Line]) -> str:
    """How many lines are the same, how many differ, how many only one side has."""
    same = sum(map(is_same, lines))
    alone = [sum(line[1 - side] is None for line in lines) for side in (0, 1)]
    parts = [(same, "the same"), (len(lines) - same - sum(alone), "different")]
    parts += [(n, f"only in {v.title}") for n, v in zip(alone, (left, right), strict=True)]
    said = [f"{n or 'No'} {'lines are' if n > 1 else 'line is'} {what}" for n, what in parts[:1]]
    said += [f"{n} {what}" for n, what in parts[1:] if n]
    return ", ".join(said) + "."


def _starts(left: Variant, right: Variant) -> list[str] | None:
    """What does not start at random, of each side; None where that is the same on both.

    Without the bias that decides how long a cell remembers: the reader chooses it, for both sides.
    """
    said = [_start(v) for v in (left, right)]
    return None if said[0] == said[1] else said


def _start(variant: Variant) -> str:
    given: dict[str, list] = {}
    for name, value in variant.start.items():
        if name != variant.forget:
            given.setdefault(_value(value), []).append(name)
    return "; ".join(f"{' and '.join(names)} {value}" for value, names in given.items()) or "all at random"


def _value(value: Start) -> str:
    if isinstance(value, Legendre):
        return f"of a window of {value.window:g} steps, by {METHODS[value.method]}"
    return f"the {value}" if isinstance(value, str) else f"= {value:g}".replace("-", "−")
