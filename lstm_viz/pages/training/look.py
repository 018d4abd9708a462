"""A look at live runs, the same on every page that has some: what has grown, and when to look again."""

import time

import streamlit as st

from lstm_viz.pages.training import clock as clocks
from lstm_viz.pages.training.runs import who, workshop
from lstm_viz.pages.training.speed import noted
from lstm_viz.pages.training.workshop import USUAL_PACE
from lstm_viz.runs import Tape

S = st.session_state
STEPPING_PACE, FOLLOWING = 0.2, 2.0  # seconds
MUCH_SLOWER = 1.6  # times: then a page should say anew how often it looks


def look(name: str, specs: list, steps: int) -> tuple[list[Tape], clocks.Clock]:
    """The runs as they are now, wanted again while they move; the page's clock has gone on.

    The session holds `name` + "_clock" and `name` + "_speeds".
    """
    line, now, before = workshop().line, time.monotonic(), S[f"{name}_clock"]
    if before.moving:
        line.want(who(S), dict(before.goals))
    tapes = [line.tape(spec) for spec in specs]
    noted(S.setdefault(f"{name}_speeds", {}), tapes, now)
    S[f"{name}_clock"] = clocks.look(before, tapes, steps, now)
    return tapes, S[f"{name}_clock"]


def usual_pace(clock: clocks.Clock, waiting: bool = False) -> float | None:
    """Seconds to the next look; None at rest, unless something else is `waiting` to be shown."""
    usual = workshop().pace(who(S))
    if clock.mode == clocks.STEPPING:
        return min(STEPPING_PACE, usual)
    return usual if clock.moving or waiting else None


def outdated(pace: float | None, wanted: float | None) -> bool:
    """Whether a page that said when it ran how often it looks should run once more to say it anew."""
    return (pace is None) != (wanted is None) or bool(pace and wanted / pace > MUCH_SLOWER)


def follow_pace(pace: float | None) -> float:
    """Seconds from one stage to the next that follows training: a stage costs far more than a look.

    In a crowd, where looks are rarer, stages are rarer still: every 20 s where forty train.
    """
    return FOLLOWING * max(1.0, (pace or 0.0) / USUAL_PACE) ** 2
