"""The buttons of runs, the same on every page that has some: train or pause, one step, stop, again."""

import time
from typing import NamedTuple

import streamlit as st

from lstm_viz.pages.training import clock as clocks
from lstm_viz.pages.training.runs import who, workshop

S = st.session_state


class Runs(NamedTuple):
    """The runs of a page, how far they go, and the page's own name in the session and in its widgets' keys.

    The session holds `name` + "_clock".
    """

    name: str
    specs: list
    steps: int

    @property
    def clock(self) -> clocks.Clock:
        """How far they are."""
        return S[f"{self.name}_clock"]


def buttons(runs: Runs, stuck: bool, words: str) -> None:
    """Always there, in the same places; behind them some words."""
    clock = runs.clock
    ended = clocks.finished(clock, [workshop().line.tape(spec) for spec in runs.specs], runs.steps)
    begun = any(clock.shown.values())
    columns = st.container(key="lab_run").columns([1.2, 0.9, 0.8, 1.5, 4.6], vertical_alignment="center")
    label, icon, act = primary(clock, begun, ended)
    columns[0].button(
        label,
        key=f"{runs.name}_go",
        icon=icon,
        type="primary",
        on_click=act,
        args=(runs,),
        width="stretch",
        disabled=not clock.moving and (stuck or (ended and clock.mode != clocks.STOPPED)),
    )
    rest = [
        ("One step", "step", step, stuck or clock.moving or ended),
        ("Stop", "stop", stop, not clock.moving and clock.mode != clocks.PAUSED),
        ("Again from the start", "again", again, stuck or not begun),
    ]
    for column, (title, known, act, off) in zip(columns[1:4], rest, strict=True):
        known = f"{runs.name}_{known}"
        column.button(title, key=known, on_click=act, args=(runs,), width="stretch", disabled=off)
    columns[4].markdown(words)


def primary(clock: clocks.Clock, begun: bool, ended: bool) -> tuple:
    """The large button as the runs are: its label, its icon, what it does."""
    if clock.moving:
        return "Pause", ":material/pause:", pause
    if clock.mode == clocks.STOPPED or not begun:
        return "Train", ":material/play_arrow:", train
    return ("Trained", ":material/check:", train) if ended else ("Resume", ":material/play_arrow:", train)


def train(runs: Runs) -> None:
    """Go on, and say so to the line at once."""
    _set(runs, clocks.train(runs.clock, runs.specs, runs.steps, time.monotonic()))


def pause(runs: Runs) -> None:
    """Rest, and leave the line."""
    _set(runs, runs.clock.rest())


def step(runs: Runs) -> None:
    """One step of each."""
    _set(runs, clocks.one_step(runs.clock, runs.specs, time.monotonic()))


def stop(runs: Runs) -> None:
    """End here."""
    _set(runs, clocks.stop(runs.clock))


def again(runs: Runs) -> None:
    """From the start: what is recorded is shown again, the rest is computed."""
    _set(runs, clocks.again(runs.specs, runs.steps, time.monotonic()))


def _set(runs: Runs, clock: clocks.Clock) -> None:
    """Keep a clock, and want what it is to reach; at rest that is nothing."""
    S[f"{runs.name}_clock"] = clock
    workshop().line.want(who(S), dict(clock.goals))
