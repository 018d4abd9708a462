"""The experiments of the lesson on backpropagation by hand: two passes side by side, the judge, two roads."""

import numpy as np
import streamlit as st

from lessons.backprop_by_hand import roads
from lessons.backprop_by_hand.by_hand import RIGHT, Factors
from lessons.backprop_by_hand.pairs import rules, side_by_side
from lessons.backprop_by_hand.spoiling import (
    ARRAYS,
    CELL,
    by_hand,
    cosine,
    numeric,
    problem,
    readings,
)
from lessons.parts import Table, show
from lessons.words import tens
from lstm_viz.flow import check
from lstm_viz.stage.chart import Axis, Bars, Line, Plot, Rule

S = st.session_state
CELLS = {"LSTM": "lstm", "CIFG, its gates coupled": "cifg"}
# The lines that can be spoilt, and which factor does it.
LINES = {
    "do: to the output gate": "do",
    "dc: from h through the tanh": "dc",
    "the slope of that tanh": "square_c",
    "df: to the forget gate": "df",
    "dc · f: to the step before": "carry",
    "di: to the input gate": "di",
    "dg: to the candidate": "dg",
    "the slope of the candidate's tanh": "square_g",
    "dh: back through the matrices U": "back",
}
SOMEBODY, NOBODY = Factors(square_g=0.0), "1"
FINE = (NOBODY, *(f"1 + 10^-{k}" for k in range(1, 13)))
FLOOR = 1e-12
MOST_ROWS = 16
RADII = {"0.5": 0.5, "1": 1.0, "2": 2.0, "4": 4.0}


def pair() -> None:
    """What the app derives, and what somebody wrote."""
    cell = st.segmented_control(
        "Derived from the cell", list(CELLS), default="LSTM", key="backprop_side_by_side_cell"
    )
    st.html(f"<style>{rules()}</style>")
    st.markdown(side_by_side(CELLS[cell or "LSTM"]), unsafe_allow_html=True)
    s = problem(6)
    derived, hand = check.analytic(CELL, *s), by_hand(s)
    most = max(np.abs(derived[p] - hand[p]).max() for p in ARRAYS)
    told = "" if cell in ("LSTM", None) else " The program on the right is the LSTM's."
    st.caption(
        f"Both on an LSTM with 112 random weights and six steps: no two gradients differ by more than "
        f"{tens(most)}. On the left δ is what the text writes as d, and a parameter's line is the share of "
        f"one step; shares are summed.{told}"
    )


def judge() -> None:
    """A pass with one line spoilt, and the readings of the check."""
    key = "backprop_check"
    hidden = st.toggle("Somebody's mistake", key=f"{key}_somebody")
    left, right = st.columns(2)
    line = left.selectbox("Line to spoil", list(LINES), index=0, key=f"{key}_line", disabled=hidden)
    factor = right.slider("times", 0.0, 2.0, 0.9, 0.05, key=f"{key}_factor", disabled=hidden)
    T = left.segmented_control("Steps", (1, 2, 6), default=1, key=f"{key}_steps") or 1
    with st.expander("More"):
        fine = st.select_slider(
            "A factor very near 1, in its place", FINE, key=f"{key}_fine", disabled=hidden
        )
        power = st.slider("ε is ten to the power", -12, -1, -5, key=f"{key}_epsilon")
    times = factor if fine == NOBODY else 1 + 10.0 ** -int(fine.rpartition("-")[2])
    k = SOMEBODY if hidden else RIGHT._replace(**{LINES[line]: times})
    asked = (T, k, 10.0**power)
    if right.button("Check", type="primary", key=f"{key}_go", width="stretch"):
        S[f"{key}_asked"] = asked
    if S.get(f"{key}_asked") != asked:
        st.caption("Press *Check*: 224 runs of the network, about a tenth of a second.")
        return
    verdict(key, *asked, hidden)


def verdict(key: str, T: int, k: Factors, epsilon: float, hidden: bool) -> None:
    """The readings, one array's entries, and the angle between the two gradients."""
    found = readings(T, k, epsilon)
    show(accused(found), key=key)
    true, wrong = by_hand(problem(T)), by_hand(problem(T), k)
    ill = [name for name in ARRAYS if found[name] > 1e-4]
    said = f"Accused: {', '.join(ill)}." if ill else "Nothing is accused."
    st.caption(
        f"{said} Largest reading {tens(max(found.values()))}. The cosine between this gradient and the true "
        f"one is {cosine(true, wrong):.3f}."
    )
    name = st.selectbox("Entries of", ARRAYS, index=11, key=f"{key}_array")
    show(entries(name, numeric(T, epsilon)[name], wrong[name]), key=f"{key}_entries")
    if hidden and st.toggle("Show the line", key=f"{key}_tell"):
        st.markdown("The slope of the candidate's tanh, one minus `g` squared, was forgotten.")


def accused(found: dict[str, float]) -> Plot:
    """The reading of each array as a bar."""
    places = range(1, len(ARRAYS) + 1)
    x = Axis("array", 0.4, 12.6, names=list(zip(places, ARRAYS, strict=True)))
    y = Axis("reading", FLOOR, 1, log=True)
    heights = [max(found[name], FLOOR) for name in ARRAYS]
    said = "; ".join(f"{name} {found[name]:.1g}" for name in ARRAYS)
    marks = (
        Bars("reading", "gradient", list(places), heights, base=FLOOR),
        Rule("an excellent reading", 1e-8, across=True),
    )
    return Plot("What the check reads", x, y, marks, said)


def entries(name: str, true: np.ndarray, found: np.ndarray) -> Table:
    """The first entries of an array: without calculus, by hand, and the ratio of the two."""
    rows = []
    for k in list(np.ndindex(true.shape))[:MOST_ROWS]:
        ratio = f"{found[k] / true[k]:.6f}" if abs(true[k]) > 1e-9 else "–"
        place = ", ".join(str(i + 1) for i in k)
        rows.append((f"{name}[{place}]", _signed(true[k]), _signed(found[k]), ratio))
    return Table(
        ("entry", "without calculus", "by hand", "ratio"), rows, f"{name}: two results for each entry"
    )


def _signed(number: float) -> str:
    return f"{number:+.9f}".replace("-", "−")


def both_roads() -> None:
    """A whole network, or one unit with open gates."""
    key = "backprop_roads"
    which = st.segmented_control(
        "Which", ("A network", "One unit with open gates"), default="A network", key=f"{key}_which"
    )
    if which == "One unit with open gates":
        unit(key)
    else:
        whole(key)


def whole(key: str) -> None:
    """The gradient on the cell state of an untrained LSTM, back through 200 steps, by both roads or one."""
    left, right = st.columns(2)
    forget = left.slider("Bias of the forget gates", 0.0, 6.0, 1.0, 0.5, key=f"{key}_forget")
    H = right.segmented_control("Units", (8, 16, 32), default=32, key=f"{key}_units") or 32
    with st.expander("More"):
        seed = st.number_input("Seed", 0, 9999, 1, key=f"{key}_seed")
        scale = st.segmented_control("Recurrent weights times", list(RADII), default="1", key=f"{key}_scale")
    trace, full, short = roads.untrained(H, int(seed), forget, RADII[scale or "1"])
    lines = {
        "both roads": (roads.profile(full), "gradient", ""),
        "the short one": (roads.profile(short), "cell", "dash"),
    }
    steps = list(range(1, roads.STEPS + 1))
    marks = tuple(Line(name, role, steps, list(n), dash) for name, (n, role, dash) in lines.items())
    ends = {name: n[0] for name, (n, _, _) in lines.items()}
    said = ", ".join(f"{tens(end)} by {name}" for name, end in ends.items())
    x, y = Axis("step", 1, roads.STEPS), Axis("dL/dc, beside that at the last step", 1e-60, 1e6, log=True)
    show(Plot("Back through 200 steps", x, y, marks, f"Left at the first step: {said}"), key=key)
    f = trace.values["f"]
    st.caption(f"Left at the first step: {said}. The forget gates lie around {f.mean():.2f}.")


def unit(key: str) -> None:
    """How far one unit with open gates stretches a gradient, for several recurrent weights."""
    w = st.select_slider("Recurrent weight", (0.0, 1.0, 2.0, 4.0, 8.0), 1.0, key=f"{key}_weight")
    both, short = roads.open_unit(w)
    n = roads.UNIT_STEPS
    st.markdown(
        f"Over {n} steps the short road keeps **{short:.3f}** of a gradient. Both roads together make it up "
        f"to **{tens(both)}** times as long; one plus the weight, {n} times multiplied by itself, is "
        f"{tens((1 + w) ** n)}."
    )
