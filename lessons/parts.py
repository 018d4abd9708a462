"""What a lesson's prose can name: plots, tables, drawings, and a curve for the reader to draw."""

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from lessons.terms import explained
from lstm_viz.palette import ROLES
from lstm_viz.stage.chart import Ask, Line, Plot, chart


class Table(NamedTuple):
    """Rows of text under their heads; `says` what they show, for who does not see it."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    says: str


class Drawing(NamedTuple):
    """An SVG of the lesson's own, in the palette's variables; `says` what it shows."""

    svg: str
    says: str


class Curve(NamedTuple):
    """A curve that the reader draws on a plot before `truth` is computed."""

    plot: Plot
    ask: Ask
    truth: Callable[[], tuple[Line, ...]]


Picture = Plot | tuple[Plot, ...] | Table | Drawing


def write(text: str, statements: dict[str, str] | None = None) -> None:
    """Put a lesson's own text on the page, its terms and claims explained.

    It is the course's, never a reader's: this alone may carry marks of HTML.
    """
    st.markdown(explained(text, statements), unsafe_allow_html=True)


def show(picture: Picture, key: str) -> None:
    """Put a picture on the page."""
    if isinstance(picture, Table):
        st.html(table(picture))
    elif isinstance(picture, Drawing):
        st.html(inks())
        # st.html would strip the SVG; in Markdown an HTML block ends at an empty line.
        svg = " ".join(picture.svg.split())
        drawn = f'<div class="drawing" role="img" aria-label="{escape(picture.says)}">{svg}</div>'
        st.markdown(drawn, unsafe_allow_html=True)
    else:
        chart(picture, key)


def table(t: Table) -> str:
    """A table as HTML; whatever stands in it is text."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in t.heads)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in t.rows)
    caption = f"<caption>{escape(t.says)}</caption>"
    head, body = f"<thead><tr>{heads}</tr></thead>", f"<tbody>{rows}</tbody>"
    return f'<div class="lesson-table"><table>{caption}{head}{body}</table></div>'


def inks() -> str:
    """The palette as variables for drawings, light or dark as the page is."""
    dark = st.context.theme.type == "dark"
    named = "".join(f"--{name}:{role.dark if dark else role.light};" for name, role in ROLES.items())
    return f"<style>.drawing{{{named}}}</style>"
