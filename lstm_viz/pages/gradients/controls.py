"""The lab's controls, each from its row in the table of choices; they wrap where the window is narrow."""

import streamlit as st

from lstm_viz.library import LIBRARY
from lstm_viz.pages import visit
from lstm_viz.pages.gradients.choices import CELLS, MENUS, OF_POWERS, OWN, SLIDERS, STARTS
from lstm_viz.pages.gradients.view import LONGEST, begin

S = st.session_state
WIDE, NARROW = 230, 170


def row(name: str):
    """A line of controls."""
    return st.container(key=f"gl_{name}", horizontal=True, vertical_alignment="bottom", gap="small")


def key(name: str) -> str:
    """The key of a choice's widget."""
    return f"gl_w_{name}"


def changed(name: str) -> None:
    """After a choice of the reader's own: the notes are done with, a preset is left, a land has its start."""
    S.gl_notes = []
    if name in OF_POWERS:
        S.gl = S.gl | {"preset": OWN}
    if name == "land":
        S.gl = S.gl | STARTS[S[key("land")]]
        for its in ("w0", "b0"):
            S.pop(key(its), None)


def seed(name: str, now=None):
    """A widget starts from the page's own value, which outlives it."""
    return S.setdefault(key(name), S.gl[name] if now is None else now)


def keep(name: str, value):
    """Take over what a widget says; an emptied field leaves what was there."""
    if value is not None:
        S.gl = S.gl | {name: value}
    return S.gl[name]


def slider(place, name: str, disabled: bool = False, low=None, high=None):
    """A number of the table."""
    its = SLIDERS[name]
    low, high = its.low if low is None else low, its.high if high is None else high
    if not low <= seed(name) <= high:
        S[key(name)] = min(max(S[key(name)], low), high)
    said = place.slider(
        its.label,
        low,
        high,
        S[key(name)],
        its.step,
        key=key(name),
        help=its.help or None,
        disabled=disabled,
        on_change=changed,
        args=(name,),
        width=NARROW,
    )
    return keep(name, said)


def menu(place, name: str, disabled: bool = False) -> str:
    """One of a few names, all of them seen."""
    its = MENUS[name]
    seed(name)
    said = place.segmented_control(
        its.label,
        list(its.titles),
        key=key(name),
        format_func=its.titles.get,
        required=True,
        help=its.help or None,
        disabled=disabled,
        on_change=changed,
        args=(name,),
        width="content",
    )
    return keep(name, said)


def select(place, name: str, label: str, titles: dict, width: int = WIDE):
    """One of many names."""
    options = list(titles)
    if seed(name) not in options:
        S[key(name)] = options[0]
    said = place.selectbox(
        label,
        options,
        options.index(S[key(name)]),
        key=key(name),
        format_func=titles.get,
        on_change=changed,
        args=(name,),
        width=width,
    )
    return keep(name, said)


def cell(place, name: str, label: str) -> str:
    """One of the cells."""
    return select(place, name, label, {n: LIBRARY[n].title for n in CELLS})


def field(place, name: str, label: str, low: int, high: int) -> int:
    """A whole number to be typed."""
    if not low <= seed(name) <= high:
        S[key(name)] = min(max(S[key(name)], low), high)
    said = place.number_input(
        label, low, high, S[key(name)], key=key(name), on_change=changed, args=(name,), width=130
    )
    return keep(name, said)


def returned(component: str) -> None:
    """The reader went back or forth in the browser: take the address as it is now."""
    begin(S, visit.returned(S[component]["address"], LONGEST))


def ground() -> str:
    """What the figures stand on: "light" or "dark"."""
    return "dark" if st.context.theme.type == "dark" else "light"


def drawn(figure, name: str) -> None:
    """A figure as wide as there is room; without Plotly's toolbar, which would lie over its legend."""
    st.plotly_chart(figure, key=f"gl_figure_{name}", config={"displayModeBar": False})
