"""A lesson's claims on the page: what is said, what the paper measured, what we did, a run of one's own."""

import math
import time
from statistics import median

import streamlit as st

from lessons import Lesson, live
from lessons.claims import Claim, Exact, Expect, Trained, failures, measured
from lessons.parts import Table, table
from lstm_viz.errors import LearnerError
from lstm_viz.pages.controls import plain
from lstm_viz.papers import ALL
from lstm_viz.papers.results import read, seconds
from lstm_viz.papers.words import number

S = st.session_state
LONGEST = 30.0  # seconds of a live run


def checks(lesson: Lesson) -> None:
    """Every claim of the lesson."""
    exact = [claim for claim in lesson.claims if isinstance(claim, Exact)]
    trained = [claim for claim in lesson.claims if isinstance(claim, Trained)]
    with st.expander(
        f"**What this lesson claims, and you can check** ({len(lesson.claims)} claims marked ✓)"
    ):
        st.fragment(_exact)(lesson.name, exact)
        if trained:
            st.fragment(_trained)(lesson.name, trained)


def _exact(lesson: str, claims: list[Claim]) -> None:
    """Those that are computed at once, with a column for one's own run."""
    cost = sum(claim.seconds for claim in claims)
    if st.button(
        f"Compute all {len(claims)} here (about {max(1, math.ceil(cost))} s)", key=f"checks_{lesson}"
    ):
        began = time.perf_counter()
        S[f"checked_{lesson}"] = {claim.name: measured(claim) for claim in claims}
        S[f"checked_{lesson}_seconds"] = time.perf_counter() - began
    found = S.get(f"checked_{lesson}", {})
    heads = ["Claim", "Paper", "Expected", "Your run"]
    rows = [
        [f"{c.statement} ({c.source})", c.paper or "–", _said(c), _found(c, found.get(c.name))]
        for c in claims
    ]
    st.html(table(Table(heads, rows, "Claims that are computed at once")))
    if found:
        st.caption(f"Computed just now in {S[f'checked_{lesson}_seconds']:.1f} s.")


def _said(claim: Claim) -> str:
    return "; ".join(f"{name}: {words(expect)}" for name, expect in claim.expected.items())


def words(expect: Expect) -> str:
    """Bounds in words."""
    low, high, truth = expect
    if low == high:
        return "true" if truth else f"exactly {brief(low)}"
    if math.isinf(low):
        return f"at most {brief(high)}"
    if math.isinf(high):
        return f"at least {brief(low)}"
    return f"about {brief(low)}" if brief(low) == brief(high) else f"{brief(low)} to {brief(high)}"


def found_words(expect: Expect, name: str, value: float) -> str:
    """What came out, in words."""
    return f"{name}: {str(value == 1).lower() if expect.truth else brief(value)}"


def brief(value: float) -> str:
    """Whole numbers whole, others with four digits."""
    whole = value == round(value) and abs(value) < 1e9 if math.isfinite(value) else False
    return (f"{value:,.0f}" if whole else f"{value:.4g}").replace("-", "−")


def _found(claim: Claim, found: dict[str, float] | None) -> str:
    if found is None:
        return ""
    wrong = failures(claim, found)
    return ("✗ " if wrong else "✓ ") + "; ".join(
        found_words(claim.expected[name], name, value) for name, value in found.items()
    )


def _trained(lesson: str, claims: list[Trained]) -> None:
    """Those on trained nets: one at a time, with every seed and a run of one's own."""
    st.markdown(
        "**Claims on trained nets.** Choose one to see every seed, and to run it with a seed of yours."
    )
    statements = {claim.name: claim for claim in claims}
    chosen = st.selectbox(
        "Claim", statements, format_func=lambda name: statements[name].statement, key=f"trained_{lesson}"
    )
    claim = statements[chosen]
    try:
        found, arms = measured(claim), quick(claim.row)
    except LearnerError as error:
        st.info(plain(str(error)))
        return
    st.markdown(
        f"Expected: {_said(claim)}. In our stored runs: "
        + "; ".join(f"{name} {number(value)}" for name, value in found.items())
        + "."
    )
    live.rerun(claim.row, f"check_{claim.name}", arms)


def quick(name: str) -> tuple[str, ...]:
    """The first arms of a row that fit in the longest live run, at least one."""
    row, left, kept = ALL[name], LONGEST, []
    for arm, took in seconds(row, read(row)).items():
        left -= median(took)
        if left < 0 and kept:
            break
        kept.append(arm)
    return tuple(kept)
