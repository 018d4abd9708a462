"""The derived equations of a cell beside the program written by hand, line by line, as HTML."""

import inspect
import re
from html import escape
from pathlib import Path

from lessons.backprop_by_hand.by_hand import lstm_backward
from lstm_viz.backward import derive
from lstm_viz.cell import Equation
from lstm_viz.equations import LATEX, typeset
from lstm_viz.library import LIBRARY

# How a line of the program begins, and the lines of the derivation that it computes.
PARTNERS = {
    "dh = ": ("h",),
    "do = ": ("o",),
    "dc = ": ("c",),
    "df = ": ("f",),
    "dc_prev = ": ("c",),
    "di = ": ("i",),
    "dg = ": ("g",),
    '"f": ': ("net_f",),
    '"i": ': ("net_i",),
    '"o": ': ("net_o",),
    '"c": ': ("net_g",),
    'dp[f"W_': ("W",),
    'dp[f"U_': ("U",),
    'dp[f"b_': ("b",),
    "dx = ": ("x",),
    "dh_prev = ": ("h",),
    "dh_next, dc_next = ": ("h", "c"),
}
LINES = dict.fromkeys(line for lines in PARTNERS.values() for line in lines)
# The factors by which the experiment spoils a line, and the function's head without them.
FACTOR, HEAD = re.compile(r"k\.\w+ \* "), "def lstm_backward(p, steps, G):"


def program() -> list[str]:
    """The lines of the backward pass as they stand in the file, without the factors that are all 1."""
    _, _, lines = inspect.getsource(lstm_backward).partition('"""\n')
    return [HEAD, *FACTOR.sub("", lines).rstrip().splitlines()]


def partners(line: str) -> tuple[str, ...]:
    """The lines of the derivation that a line of the program computes."""
    return next((names for start, names in PARTNERS.items() if line.strip().startswith(start)), ())


def derived(cell: str) -> list[tuple[str, Equation]]:
    """The derived equations of a library cell, each with the name by which its partners know it."""
    back = derive(LIBRARY[cell].equations)
    signals = [(e.name.removeprefix("d ").replace(" ", "_"), e) for e in back.signals]
    return signals + [(e.name.removeprefix("d ")[0], e) for e in back.params]


def side_by_side(cell: str) -> str:
    """Both as Markdown with HTML: pointing at a line, or stepping to it by Tab, marks its partners."""
    words = LIBRARY[cell].signals
    left = "\n".join(
        _line((name,), f"\n\n${typeset(e, LATEX, words)}$\n\n", name in LINES) for name, e in derived(cell)
    )
    right = "".join(_line(partners(row), escape(row) or "&nbsp;", bool(partners(row))) for row in program())
    return (
        f'<div class="pairs"><div class="derived">\n{left}\n</div>\n<div class="by-hand">{right}</div></div>'
    )


def _line(names: tuple[str, ...], inside: str, paired: bool) -> str:
    marks = " ".join(f"p-{name}" for name in names)
    return f'<div class="{marks}"{" tabindex=0" if paired else ""}>{inside}</div>'


def rules() -> str:
    """The style, and for each line what marks its partners."""
    style = Path(__file__).with_name("pairs.css").read_text("utf-8")
    return style + "".join(
        f".pairs:has(.p-{name}:is(:hover,:focus)) .p-{name}{{background:var(--pair)}}" for name in LINES
    )
