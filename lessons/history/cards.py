"""The timeline and the disagreements as HTML; whatever stands in them is text."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from lessons.history.facts import KINDS, SURE, Fact, by
from lessons.history.myths import Myth
from lstm_viz.palette import ROLES

# The colour of each kind, which its name stands beside.
INKS = {
    "theory": "gradient",
    "variant": "cell",
    "training": "output",
    "application": "input",
    "product": "candidate",
    "record": "forget",
}
RULES = """
.history { max-height: 34rem; overflow-y: auto; padding-right: .4rem; }
.history h4 { margin: .8rem 0 .2rem; padding: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.history ul { list-style: none; margin: 0; padding: 0; }
.history li { margin: 0 0 .5rem; padding: .1rem 0 .1rem .7rem; border-left: 4px solid; line-height: 1.4; }
.history small { display: block; opacity: .8; font-size: .88rem; }
.history b { font-weight: 600; }
.myths { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
.myths section { border: 1px solid color-mix(in srgb, currentColor 22%, transparent); border-radius: 8px;
  padding: .7rem .9rem; }
.myths h4 { margin: 0 0 .4rem; padding: 0; font-size: 1.1rem; }
.myths dl dt { font-size: .85rem; font-weight: 600; opacity: .8; margin: .4rem 0 0; }
.myths dl { margin: 0; }
.myths dd { line-height: 1.4; }
"""


def timeline(facts: Iterable[Fact], dark: bool) -> str:
    """Facts under their years."""
    groups = groupby(facts, key=lambda fact: fact.year)
    body = "".join(_year(year, list(its), dark) for year, its in groups)
    named = 'class="history" role="region" tabindex="0" aria-label="Timeline"'
    return f"<style>{RULES}</style><div {named}>{body}</div>"


def _year(year: int | None, facts: list[Fact], dark: bool) -> str:
    rows = "".join(_fact(fact, dark) for fact in facts)
    return f"<h4>{year or 'Without a year'}</h4><ul>{rows}</ul>"


def _fact(fact: Fact, dark: bool) -> str:
    role = ROLES[INKS[fact.kind]]
    words = f"{KINDS[fact.kind]} · {SURE[fact.sure]} · {by(fact)}"
    ink = role.dark if dark else role.light
    return f'<li style="border-color:{ink}">{escape(fact.text)}<small>{escape(words)}</small></li>'


def cards(myths: Iterable[Myth]) -> str:
    """Disagreements side by side, or below each other where there is no room."""
    return f'<style>{RULES}</style><div class="myths">{"".join(map(_card, myths))}</div>'


def _card(myth: Myth) -> str:
    parts = (("Said", myth.said), ("What holds", myth.holds), ("How we know", myth.known))
    rows = "".join(f'<dt>{name}</dt><dd style="margin: 0">{escape(text)}</dd>' for name, text in parts)
    # A page below the root finds the others beside it.
    see = f'<p><a href=".{escape(myth.see)}" target="_self">See it</a></p>' if myth.see else ""
    return f"<section><h4>{escape(myth.title)}</h4><dl>{rows}</dl>{see}</section>"
