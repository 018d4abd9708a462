"""The moving part of the Training lab: curves that grow, what is left to do, tests at rest, the stage."""

import math
from functools import partial
from typing import NamedTuple

import streamlit as st

from lstm_viz.library import LIBRARY
from lstm_viz.pages.bench import View, moved, returned, settled
from lstm_viz.pages.results import amount, named
from lstm_viz.pages.training import clock as clocks
from lstm_viz.pages.training.choices import NEWEST
from lstm_viz.pages.training.look import follow_pace, look, outdated, usual_pace
from lstm_viz.pages.training.plots import plots, run
from lstm_viz.pages.training.runs import workshop
from lstm_viz.pages.training.scene import moment, moments, newest, staged
from lstm_viz.pages.training.speed import progress, queue, speed
from lstm_viz.pages.training.view import pair
from lstm_viz.pages.training.workshop import SEQUENCES, Workshop
from lstm_viz.runs import Tape
from lstm_viz.stage import stage
from lstm_viz.stage.curves import curves, pack_curves
from lstm_viz.tasks import Task
from lstm_viz.training import Spec

S = st.session_state


class Shown(NamedTuple):
    """What the page is about: its task, the run of each cell, the updates to train."""

    task: Task
    specs: dict[str, Spec]
    steps: int


def live(shown: Shown, view: View) -> None:
    """The curves as a fragment: it looks again by itself while something moves or is being tested."""
    pace = _pace(shown)
    st.fragment(partial(_live, shown, view, pace), run_every=pace)()


def _pace(shown: Shown) -> float | None:
    """Seconds to the next look; None at rest."""
    testing = None in _errors(workshop(), _tapes(shown))
    return usual_pace(S["lab_clock"], testing)


def _tapes(shown: Shown) -> list[Tape]:
    return [workshop().line.tape(spec) for spec in shown.specs.values()]


def _live(shown: Shown, view: View, pace: float | None) -> None:
    if S.pop("lab_moved", False):
        st.rerun()
    shop, before = workshop(), S["lab_clock"]
    tapes, clock = look("lab", list(shown.specs.values()), shown.steps)
    errors = _errors(shop, tapes)
    # The curves come last: their slider then stays in sight over the stage that follows.
    st.caption(_tested(shown, tapes, errors) + _line(shop, shown, tapes, clock))
    curves(_packed(shown, tapes, clock), "lab_curves", partial(moved, view))
    if before.moving != clock.moving or outdated(pace, _pace(shown)):
        st.rerun()


def _packed(shown: Shown, tapes: list[Tape], clock: clocks.Clock) -> bytes:
    first = tapes[0].spec
    drawn = plots(shown.task, first.T, tapes, first.descent.window)
    goal = max(shown.steps, *(clocks.seen(clock, tape.spec) for tape in tapes))
    runs = [
        run(LIBRARY[cell], tape, clocks.seen(clock, tape.spec), drawn, goal, _says(tape, clock, shown.steps))
        for cell, tape in zip(shown.specs, tapes, strict=True)
    ]
    return pack_curves(runs, drawn, goal, first.descent.batch, _moments(shown, tapes, clock))


def _says(tape: Tape, clock: clocks.Clock, steps: int) -> str:
    """How far a run is, in words."""
    seen = clocks.seen(clock, tape.spec)
    if clock.moving and not clocks.reached(clock, tape):
        return progress(tape, seen, steps, speed(S["lab_speeds"], tape))
    return f"{seen:,} of {steps:,} updates" if seen else "not trained yet"


def _moments(shown: Shown, tapes: list[Tape], clock: clocks.Clock) -> dict:
    """The moments that the slider goes over, and the one that the stage shows."""
    seen = [clocks.seen(clock, tape.spec) for tape in tapes]
    last = newest(*_standing(shown, clock), clock.moving)
    return moments(tapes, seen, clock.moving, S["lab"]["at"], S.get("lab_staged", 0), last)


def _standing(shown: Shown, clock: clocks.Clock) -> tuple[list[Tape], list[int]]:
    """The runs on the stage, and how far each is shown."""
    tapes = [workshop().line.tape(shown.specs[cell]) for cell in _on_stage()]
    return tapes, [clocks.seen(clock, tape.spec) for tape in tapes]


def _on_stage() -> list[str]:
    return pair(S["lab"] | {"cells": S["lab_good"]["cells"]})


def _errors(shop: Workshop, tapes: list[Tape]) -> list[float | None]:
    """At rest the test error of each run where it is; of one that has not begun nan."""
    clock = S["lab_clock"]
    if clock.moving:
        return []
    seen = [clocks.seen(clock, tape.spec) for tape in tapes]
    tested = [k and not ended(tape, clock) for tape, k in zip(tapes, seen, strict=True)]
    every = zip(tapes, seen, tested, strict=True)
    return [_error(shop, tape, k) if test else math.nan for tape, k, test in every]


def _error(shop: Workshop, tape: Tape, step: int) -> float | None:
    state = shop.state(tape, step)
    return None if state is None else shop.exam(tape.spec, state)


def _tested(shown: Shown, tapes: list[Tape], errors: list[float | None]) -> str:
    """The results line: each run's test error beside what a predictor without memory reaches."""
    T, task = tapes[0].spec.T, shown.task
    value, phrase = task.baseline(T)
    beside = f"without memory **{amount(value, task.measure)}** ({phrase})."
    if not errors:
        return "Tested on fresh sequences as soon as training rests. "
    if not any(S["lab_clock"].shown.values()):
        return f"Nothing is trained yet; {beside} "
    words = [
        f"{LIBRARY[cell].title} **{_result(tape, error, task)}**"
        for cell, tape, error in zip(shown.specs, tapes, errors, strict=True)
    ]
    return f"Tested on {SEQUENCES} fresh sequences of {T} steps, {named(task)}: {', '.join(words)}; {beside} "


def _result(tape: Tape, error: float | None, task: Task) -> str:
    """A test error in words: none where weights have left the numbers that can be computed with."""
    if ended(tape, S["lab_clock"]):
        return "diverged"
    if error is None:
        return "…"
    return "not trained" if math.isnan(error) else amount(error, task.measure)


def ended(tape: Tape, clock: clocks.Clock) -> bool:
    """Whether a run is shown to where it broke."""
    return bool(tape.broke) and clocks.seen(clock, tape.spec) >= tape.steps


def _line(shop: Workshop, shown: Shown, tapes: list[Tape], clock: clocks.Clock) -> str:
    """What the reader should know of the others, or that this is a replay."""
    if clocks.replayed(clock, tapes):
        return "**A replay of what was computed before,** number by number the same."
    return queue([shop.standing(spec) for spec in shown.specs.values()]) if clock.moving else ""


def below(shown: Shown, view: View) -> None:
    """The stage as a fragment; while it follows the newest moment it looks for one every few seconds."""
    following = S["lab_clock"].moving and S["lab"]["at"] == NEWEST
    st.fragment(partial(_below, shown, view), run_every=follow_pace(_pace(shown)) if following else None)()


def _below(shown: Shown, view: View) -> None:
    if S.pop("lab_came_back", False):
        st.rerun()
    cells, clock = _on_stage(), S["lab_clock"]
    tapes, seen = _standing(shown, clock)
    S["lab_staged"] = newest(tapes, seen, clock.moving)
    if S["lab"]["at"] != NEWEST:
        S["lab_staged"] = _moments(shown, _tapes(shown), clock)["at"]
    states = [
        moment(workshop(), tape, k, S["lab_staged"], clock.moving)
        for tape, k in zip(tapes, seen, strict=True)
    ]
    data = staged(cells, [tape.spec for tape in tapes], states, S["lab_adopted"])
    stage(data, "lab_stage", partial(settled, view), partial(returned, view))
