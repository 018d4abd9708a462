"""Experiments that run while the reader looks on: nets that are trained, runs of the papers' rows.

Both are done by the server's workers: what is trained in turn with everybody else's, a row's runs one at a
time for each reader. Nothing runs before its button is pressed, and what was computed once is not computed
again.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from statistics import median
from typing import NamedTuple

import numpy as np
import streamlit as st

from lessons.parts import show
from lstm_viz.errors import LearnerError
from lstm_viz.pages.controls import plain
from lstm_viz.pages.training.runs import who, workshop
from lstm_viz.papers import ALL
from lstm_viz.papers.results import Result, by_arm, command, read, seconds
from lstm_viz.papers.row import Row
from lstm_viz.papers.words import number
from lstm_viz.papers.work import Job, run
from lstm_viz.runs import Tape
from lstm_viz.stage.chart import Axis, Dots, Line, Plot, Rule
from lstm_viz.training import Spec, State

S = st.session_state
PACE, POINTS = 0.5, 160
REPLAY = 3.0  # seconds in which a run is shown again that is computed already
LARGEST_SEED = 9999


class Race(NamedTuple):
    """Nets that learn side by side: each one's run by name, its role, the updates, the error's axis.

    `seconds` is about how long all take on one core; `baseline` a height of the axis and its name.
    """

    name: str
    specs: Mapping[str, Spec]
    roles: Mapping[str, str]
    steps: int
    seconds: float
    axis: Axis
    baseline: tuple[float, str] | None = None


def race(r: Race, after: Callable[[dict[str, State]], None] | None = None) -> None:
    """Button, progress, curves; when all have learnt, `after` with the state of each."""
    try:
        tapes = {label: workshop().line.tape(spec) for label, spec in r.specs.items()}
    except LearnerError as error:
        st.info(plain(str(error)))
        return
    running = S.get(f"{r.name}_running", False)
    st.fragment(partial(_race, r, tapes), run_every=PACE if running else None)()
    if after and not running and all(_ended(r, tape) for tape in tapes.values()):
        states = {label: workshop().state(tape, min(r.steps, tape.steps)) for label, tape in tapes.items()}
        if all(states.values()):
            after(states)


def _race(r: Race, tapes: Mapping[str, Tape]) -> None:
    line, key = workshop().line, f"{r.name}_running"
    tapes = {label: line.tape(tape.spec) for label, tape in tapes.items()}
    if S.get(key):
        _look(r, tapes)
    wanted = {tape.spec: r.steps for tape in tapes.values() if not _ended(r, tape)}
    line.want(_who(r.name), wanted if S.get(key) else {})
    if S.get(key) and not wanted:
        S[key] = False
        st.rerun()
    done = sum(_seen(r, tape) for tape in tapes.values())
    words = "Go on" if done and wanted else f"Train (about {r.seconds:.0f} s)"
    buttons(r.name, words, bool(wanted), done / (r.steps * len(tapes)), "Show it again")
    if not done and S.get(f"{r.name}_seen"):
        st.caption("These are other settings than those of the last run.")
    broken = [
        f"{label} diverged after {tape.steps:,} updates." for label, tape in tapes.items() if _broke(r, tape)
    ]
    if broken:
        st.caption(" ".join(broken))
    show(learning(r, tapes), key=f"{r.name}_curves")


def _look(r: Race, tapes: Mapping[str, Tape]) -> None:
    """Go on as far as the runs are; what others have had computed before is shown again in a few seconds."""
    most = math.ceil(r.steps * PACE / REPLAY)
    S[f"{r.name}_seen"] = {
        tape.spec: min(tape.steps, r.steps, _seen(r, tape) + most) for tape in tapes.values()
    }


def _seen(r: Race, tape: Tape) -> int:
    """How many updates of a run this reader has been shown: none, before the button was pressed."""
    return S.get(f"{r.name}_seen", {}).get(tape.spec, 0)


def _broke(r: Race, tape: Tape) -> bool:
    return bool(tape.broke) and _seen(r, tape) >= tape.steps


def _ended(r: Race, tape: Tape) -> bool:
    return _seen(r, tape) >= r.steps or _broke(r, tape)


def learning(r: Race, tapes: Mapping[str, Tape]) -> Plot:
    """The error of each net over its updates, as means of short stretches."""
    marks = [_line(label, r.roles[label], tape, r) for label, tape in tapes.items() if _seen(r, tape)]
    if r.baseline:
        marks.append(Rule(r.baseline[1], r.baseline[0], across=True))
    batch = next(iter(r.specs.values())).descent.batch
    x = Axis(f"updates, of {batch} sequence{'s' * (batch > 1)} each", 0, r.steps)
    said = ", ".join(f"{m.name} ends at {m.y[-1]:.3g}" for m in marks if isinstance(m, Line))
    return Plot("Training error", x, r.axis, tuple(marks), f"Training error over {r.steps} updates. {said}")


def _line(label: str, role: str, tape: Tape, r: Race) -> Line:
    errors = np.asarray(tape.metrics.error, float)[: _seen(r, tape)]
    width = max(1, -(-r.steps // POINTS))
    means = [errors[k : k + width].mean() for k in range(0, len(errors), width)]
    return Line(label, role, [min(len(errors), (k + 1) * width) for k in range(len(means))], means)


def _who(name: str) -> str:
    return f"{who(S)}/{name}"


def buttons(name: str, label: str, left: bool, share: float, again: str = "") -> None:
    """Start and stop in the same place, and how far it is; what has ended can be shown `again`."""
    running = S.get(f"{name}_running", False)
    go, how = st.columns([1, 2], vertical_alignment="center")
    if running:
        pressed = go.button("Stop", key=f"{name}_stop", width="stretch")
    else:
        words, off = label if left else again or "Done", not left and not again
        pressed = go.button(words, key=f"{name}_go", type="primary", width="stretch", disabled=off)
    if pressed:
        if not left and not running:
            S[f"{name}_seen"] = {}
        # The whole page: how often this part of it looks again is settled outside.
        S[f"{name}_running"], S[f"{name}_problem"] = not running, ""
        st.rerun()
    if running or 0 < share < 1:
        how.progress(min(share, 1.0), text=f"{100 * share:.0f} %")


def rerun(name: str, key: str, arms: tuple[str, ...] = ()) -> None:
    """A row of the papers' experiments: their number, ours by seed, and a run of the reader's own seed."""
    row = ALL[name]
    try:
        results = read(row)
    except LearnerError as error:
        st.info(plain(str(error)))
        return
    arms, took = arms or tuple(row.ours.arms), seconds(row, results)
    running = S.get(f"{key}_running", False)
    cost = sum(median(took[arm]) for arm in arms)
    st.markdown(
        f"**The paper** ({plain(row.paper.source)}): {plain(row.paper.number)}.  \n"
        f"**Here:** {plain(row.ours.setup)}"
    )
    seed = st.number_input("Your seed", 0, LARGEST_SEED, 11, key=f"{key}_seed", disabled=running)
    jobs = [Job(name, arm, int(seed)) for arm in arms]
    st.fragment(partial(_rerun, row, jobs, key, cost), run_every=PACE if running else None)()
    st.caption(f"Ours: {plain(row.ours.unit)}. Made by `{command(row)}`.")


def _rerun(row: Row, jobs: list[Job], key: str, cost: float) -> None:
    done: dict[str, float] = S.setdefault(f"{key}_done", {})
    left = [job for job in jobs if _known(job) not in done]
    if S.get(f"{key}_running"):
        answer = _asked(left[0]) if left else None
        if isinstance(answer, Result):
            done[_known(left.pop(0))] = answer.value
        elif answer is not None:
            S[f"{key}_running"] = False
            S[f"{key}_problem"] = f"“{left[0].arm}” could not be run: {answer}"
        if not left:
            S[f"{key}_running"] = False
        if not S[f"{key}_running"]:
            st.rerun()
    buttons(key, f"Run it (about {cost:.0f} s)", bool(left), 1 - len(left) / len(jobs))
    if problem := S.get(f"{key}_problem"):
        st.info(plain(problem))
    yours = {job.arm: done[_known(job)] for job in jobs if _known(job) in done}
    show(strips(row, [job.arm for job in jobs], yours), key=f"{key}_strips")


def _asked(job: Job) -> Result | Exception | None:
    """A job's result, or what went wrong; None until it is there.

    A session has one job at work at a time: what was begun and then stopped ends first, since a worker cannot
    be called back.
    """
    shop, name, last = workshop(), ("job", job), S.get("live_job")
    if last not in (None, name) and shop.waiting(last):
        return None
    S["live_job"] = name
    answer = shop.ask(name, run, job)
    if isinstance(answer, Exception):
        # Whoever tries again is not told of the same mishap.
        shop.forget(name)
    return answer


def _known(job: Job) -> str:
    return f"{job.arm}/{job.seed}"


def strips(row: Row, arms: list[str], yours: Mapping[str, float]) -> Plot:
    """Every seed of every arm as a dot on one scale, and beside them the reader's own."""
    ours = {arm: values for arm, values in by_arm(row, read(row)).items() if arm in arms}
    height = {arm: len(arms) - k for k, arm in enumerate(arms)}
    dots = [(v, height[arm]) for arm, values in ours.items() for v in values]
    own = [(v, height[arm] - 0.25) for arm, v in yours.items()]
    every = [v for v, _ in dots + own]
    log = min(every) > 0 and max(every) > 100 * min(every)
    low, high = (min(every) / 2, max(every) * 2) if log else (min(0.0, *every), max(every) * 1.05 or 1.0)
    marks = [Dots("our seeds", "input", *zip(*dots, strict=True))]
    if own:
        marks.append(Dots("your run", "gradient", *zip(*own, strict=True)))
    said = "; ".join(f"{arm}: {', '.join(map(number, values))}" for arm, values in ours.items())
    said += "".join(f"; your run of {arm}: {number(v)}" for arm, v in yours.items())
    y = Axis("", 0.4, len(arms) + 0.6, names=[(height[arm], arm) for arm in arms])
    x = Axis(short(row.ours.unit), low, high, log)
    return Plot(row.title, x, y, tuple(marks), said, tall=0.35 + 0.13 * len(arms))


def short(unit: str) -> str:
    """A unit without its brackets and what follows a comma; the whole of it stands below the plot."""
    return re.sub(r" \([^)]*\)", "", unit).split(";")[0].split(", ")[0]
