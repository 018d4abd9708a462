"""The Papers page: the classic experiments, shrunken; the paper's number beside ours, and what holds."""

import streamlit as st

from lstm_viz.pages.controls import plain
from lstm_viz.pages.papers_view import VERDICTS, Shown, html, shown
from lstm_viz.pages.papers_view import style as own_style
from lstm_viz.pages.style import style
from lstm_viz.papers import ROWS
from lstm_viz.papers.words import year
from lstm_viz.tasks.task import quote

ALL = "all"
INTRODUCTION = (
    "What the papers claim, and what comes of it here with small nets and few minutes. Each dot is a seed, "
    "the line the median. **Each number of ours comes from a file that the command beside it makes anew.** "
    "Settings were chosen on seeds 11 and up, none of which is shown; how many were tried is said where "
    "it is known. What does not hold here may hold at the paper's size."
)
HEADS = ("Claim", "Their number", "Our set-up and numbers", "Verdict")


def page() -> None:
    """The introduction, the verdicts to choose from, and the rows that have the chosen one."""
    style()
    title, about = st.container(key="top").columns([1, 4.6], vertical_alignment="center")
    title.markdown("#### The papers")
    about.markdown(INTRODUCTION)
    rows = sorted(map(shown, ROWS.values()), key=lambda what: year(what.row))
    chosen = choice(rows)
    heads = "".join(f"<span>{head}</span>" for head in HEADS)
    body = "".join(html(what) for what in rows if chosen in (ALL, what.verdict))
    st.html(f'{own_style()}<div class="papers-heads">{heads}</div>{body}')


def choice(rows: list[Shown]) -> str:
    """The verdict that is looked at, kept in the address; all, unless one is chosen."""
    counts = {verdict: sum(what.verdict == verdict for what in rows) for verdict in VERDICTS}
    names = {ALL: f"all {len(rows)}"} | {
        verdict: f"{sign} {verdict}: {counts[verdict]}"
        for verdict, (sign, _) in VERDICTS.items()
        if counts[verdict]
    }
    given = st.query_params.get("verdict", ALL)
    if given not in names:
        st.warning(plain(f"verdict = {quote(given)} cannot be shown. Allowed: {', '.join(names)}."))
        given = ALL
    chosen = st.segmented_control(
        "Verdict",
        names,
        format_func=names.get,
        default=given,
        key="papers_verdict",
        label_visibility="collapsed",
    )
    remember(chosen or ALL)
    return chosen or ALL


def remember(chosen: str) -> None:
    """Write the choice into the address."""
    if chosen == ALL:
        st.query_params.pop("verdict", None)
    else:
        st.query_params["verdict"] = chosen


page()
