"""A row of the Papers page as HTML: of our own text and numbers alone, every one of them escaped."""

from html import escape
from statistics import median
from typing import NamedTuple

from lstm_viz.errors import LearnerError
from lstm_viz.palette import ROLES
from lstm_viz.papers.results import FOLDER, Results, by_arm, command, read, seconds, verdict
from lstm_viz.papers.row import CONFIRMED, IN_PART, NOT_CONFIRMED, Row
from lstm_viz.papers.words import duration, number, spread, year

MISSING = "no results"
# A sign for each verdict, and the role whose colour it takes: never colour alone.
VERDICTS = {
    CONFIRMED: ("✓", "input"),
    IN_PART: ("◐", "cell"),
    NOT_CONFIRMED: ("✗", "forget"),
    MISSING: ("?", "plain"),
}
SURE = {"read": "read in the paper", "notes": "from its abstract or from notes on it, not read in the paper"}
BETTER = {"less": "← better", "more": "better →", "": ""}
# What the link says, by whether all that is trained behind it are arms of the row.
WAYS = {True: "Open the experiment", False: "Try something like it"}
LANES = 3  # heights at which dots lie, so that equal ones can be counted


class Shown(NamedTuple):
    """A row with its results, or with the sentence why there are none."""

    row: Row
    results: Results
    verdict: str
    problem: str


def shown(row: Row, folder=FOLDER) -> Shown:
    """What there is to show of a row."""
    try:
        results = read(row, folder)
        return Shown(row, results, verdict(row, results), "")
    except LearnerError as error:
        return Shown(row, {}, MISSING, str(error))


def html(what: Shown) -> str:
    """The row: claim and paper, their number, our set-up and numbers, the verdict and where to go."""
    row = what.row
    parts = [
        cell("Claim", claim(row)),
        cell("Their number", theirs(row)),
        cell("Our set-up and numbers", ours(what)),
        cell("Verdict", judged(what)),
    ]
    return f'<article class="paper" data-row="{escape(row.name)}">{"".join(parts)}</article>'


def cell(head: str, body: str) -> str:
    """A cell; its head is read where the table has become cards."""
    return f'<div class="cell"><small class="head">{escape(head)}</small>{body}</div>'


def claim(row: Row) -> str:
    """The claim, and whose it is."""
    return (
        f'<h5><span class="year">{year(row)}</span> {escape(row.title)}</h5>'
        f'<p class="claim">{escape(row.paper.claim)}</p><p class="source">{escape(row.paper.source)}</p>'
    )


def theirs(row: Row) -> str:
    """The paper's number, and how it is known."""
    return f'<p class="number">{escape(row.paper.number)}</p><p class="sure">{SURE[row.paper.sure]}</p>'


def ours(what: Shown) -> str:
    """What we do; a strip for each arm with a dot for each seed, on one scale; the numbers in words too."""
    setup = f'<p class="setup">{escape(what.row.ours.setup)}</p>'
    if what.problem:
        return f'{setup}<p class="problem">{escape(what.problem)}</p>'
    arms = by_arm(what.row, what.results)
    low, high = scale(arms)
    strips = "".join(strip(arm, values, low, high) for arm, values in arms.items())
    axis = f"<span>{number(low)}</span><span>{BETTER[what.row.ours.better]}</span><span>{number(high)}</span>"
    return (
        f'{setup}<p class="unit">{escape(what.row.ours.unit)}</p>{strips}<div class="ends">{axis}</div>'
        f"{table(what.row, arms)}"
    )


def scale(arms: dict[str, list[float]]) -> tuple[float, float]:
    """The ends of the axis: from 0, or from the least where that is below, to the largest."""
    values = [value for of_arm in arms.values() for value in of_arm]
    low, high = min(0.0, *values), max(0.0, *values)
    return low, high if high > low else low + 1.0


def strip(arm: str, values: list[float], low: float, high: float) -> str:
    """One arm: its name, its median large, its range, and its dots."""
    place = [100 * (value - low) / (high - low) for value in values]
    dots = "".join(
        f'<i class="dot" style="left:{x:.2f}%;top:{20 + 60 * (k % LANES) / (LANES - 1):.0f}%"></i>'
        for k, x in enumerate(place)
    )
    return (
        f'<div class="strip" role="img" aria-label="{escape(arm)}: {spread(values)}, {len(values)} seeds">'
        f'<span class="arm">{escape(arm)}</span>'
        f'<span class="line">{dots}<i class="median" style="left:{median(place):.2f}%"></i></span>'
        f'<span class="said"><b>{number(median(values))}</b> '
        f"<small>{ends(values)}</small></span></div>"
    )


def ends(values: list[float]) -> str:
    """The range, where there is one."""
    return f"({number(min(values))} – {number(max(values))})" if min(values) < max(values) else "(every seed)"


def table(row: Row, arms: dict[str, list[float]]) -> str:
    """What confirms the claim, and the number of every seed."""
    heads = "".join(f"<th>{seed}</th>" for seed in row.ours.seeds)
    lines = "".join(
        f"<tr><th>{escape(arm)}</th>{''.join(f'<td>{number(value)}</td>' for value in values)}</tr>"
        for arm, values in arms.items()
    )
    return (
        f"<details><summary>Criterion, and every seed's number</summary>"
        f'<p><b>Confirmed, if:</b> {escape(row.ours.criterion)}</p><div class="wide"><table>'
        f"<tr><th>seed</th>{heads}</tr>{lines}</table></div></details>"
    )


def judged(what: Shown) -> str:
    """The verdict, the time it took, the way to the experiment, and the command that makes the numbers."""
    sign, role = VERDICTS[what.verdict]
    took = (
        [second for of_arm in seconds(what.row, what.results).values() for second in of_arm]
        if what.results
        else []
    )
    time = (
        f'<p class="time">{duration(median(took))} a run, {duration(sum(took))} for all {len(took)} '
        f"(one core)</p>"
        if took
        else ""
    )
    return (
        f'<p class="verdict is-{role}"><span>{sign}</span> {what.verdict}</p>{time}'
        f'<p><a href="{escape(href(what.row.opens))}" target="_self">{WAYS[what.row.exact]}</a></p>'
        f'<p class="opened">{escape(what.row.opened)}</p>'
        f'<p class="command"><code>{escape(command(what.row))}</code></p>'
    )


def href(opens: str) -> str:
    """The address of a page of the app, beside this one wherever the app lies."""
    return f"./{opens.lstrip('/')}"


def style() -> str:
    """The page's own style; colours from the palette, light and dark."""
    colours = "".join(
        f".paper .is-{role} {{ color: light-dark({ROLES[role].light}, {ROLES[role].dark}); }}"
        for _, role in VERDICTS.values()
    )
    blue = ROLES["output"]
    return (
        f"<style>{STYLE}{colours}.paper :is(i, a) {{ color: light-dark({blue.light}, {blue.dark}); }}</style>"
    )


STYLE = """
.papers-heads, .paper { display: grid; gap: .4rem 1.6rem; padding: .9rem .2rem;
  grid-template-columns: minmax(13rem, 1.1fr) minmax(11rem, .9fr) minmax(26rem, 2.1fr) minmax(10rem, .7fr); }
.papers-heads { padding: .2rem; font-weight: 600; opacity: .75; }
.paper { border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.paper .head { display: none; opacity: .7; }
.paper p { margin: 0 0 .35rem; line-height: 1.4; }
.paper h5 { margin: 0 0 .3rem; padding: 0; font-size: 1.15rem; line-height: 1.25; }
.paper .year { font-variant-numeric: tabular-nums; opacity: .65; font-weight: 500; margin-right: .25rem; }
.paper .claim, .paper .number { font-size: 1.02rem; }
.paper :is(.source, .sure, .setup, .time, .opened) { font-size: .85rem; opacity: .8; }
.paper .unit { font-weight: 500; font-size: .92rem; }
.paper .strip { display: grid; grid-template-columns: 8.5rem 1fr 10rem; gap: .6rem; align-items: center;
  min-height: 1.7rem; }
.paper .arm { font-size: .92rem; line-height: 1.15; text-align: right; }
.paper .line { position: relative; height: 1.2rem; margin: 0 .4rem;
  background: linear-gradient(color-mix(in srgb, currentColor 22%, transparent) 0 0) 50% / 100% 1px no-repeat;
}
.paper .line i { position: absolute; background: currentColor; transform: translate(-50%, -50%); }
.paper .dot { width: .5rem; height: .5rem; border-radius: 50%; opacity: .55; }
.paper .median { top: 50%; width: 2px; height: 1.25rem; }
.paper .said { font-variant-numeric: tabular-nums; white-space: nowrap; }
.paper .said b { font-size: 1.1rem; }
.paper .said small { opacity: .8; font-size: .8rem; }
.paper .ends { display: flex; justify-content: space-between; margin: 0 11rem 0 9.5rem; font-size: .75rem;
  opacity: .75; }
.paper details { margin-top: .4rem; font-size: .85rem; }
.paper summary { cursor: pointer; padding: .2rem 0; }
.paper .wide { overflow-x: auto; }
.paper table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.paper :is(th, td) { padding: .1rem .5rem .1rem 0; text-align: right; font-weight: 400; white-space: nowrap; }
.paper tr > th:first-child { text-align: left; }
.paper .verdict { font-size: 1.15rem; font-weight: 650; line-height: 1.2; }
.paper .verdict span { font-size: 1.3rem; }
.paper .command code { font-size: .75rem; white-space: normal; overflow-wrap: anywhere; }
.paper a { display: inline-block; padding: .2rem 0; }
@media (max-width: 1100px) {
  .papers-heads { display: none; }
  .paper { grid-template-columns: 1fr 1fr; }
  .paper .head { display: block; }
}
@media (max-width: 760px) {
  .paper { grid-template-columns: minmax(0, 1fr); border-radius: .5rem; padding: .8rem; margin-bottom: .8rem;
    border: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
  .paper .strip { grid-template-columns: 1fr auto; gap: 0 .6rem; margin-bottom: .3rem; }
  .paper .arm { text-align: left; }
  .paper .line { grid-column: 1 / -1; grid-row: 2; }
  .paper .ends { margin: 0 .4rem; }
}
"""
