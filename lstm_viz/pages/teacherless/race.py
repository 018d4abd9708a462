"""The race in numbers: what every run needed to the goal, in sequences and in seconds."""

import math

import numpy as np

from lstm_viz.keys import brief
from lstm_viz.pages.teacherless.runs import Entry, Shown
from lstm_viz.pages.training import clock as clocks
from lstm_viz.runs import Tape
from lstm_viz.teacherless.contest import sequences


def table(shown: Shown, tapes: list[Tape], clock: clocks.Clock) -> str:
    """The race in numbers: what each run needed to the goal, and what it can do now."""
    rows = ["| To the goal | sequences | seconds | now |", "|---|---|---|---|"]
    for entry, tape in zip(shown.entries, tapes, strict=True):
        seen = clocks.seen(clock, tape.spec)
        rows.append(f"| {entry.title} | " + " | ".join(finish(shown, entry, tape, seen)) + " |")
    return "\n".join(rows)


def finish(shown: Shown, entry: Entry, tape: Tape, seen: int) -> tuple[str, str, str]:
    """Sequences and seconds to the goal, or those without it, and the last judgement, as they are written."""
    if not seen:
        return "–", "–", "–"
    judged, seconds = tape.metrics.judged[:seen], tape.metrics.seconds[:seen]
    there = np.flatnonzero(shown.goal.reached(judged))
    steps = int(there[0]) + 1 if len(there) else seen
    read, spent = f"{steps * sequences(entry.spec):,}", f"{seconds[:steps].sum():.1f}"
    if not len(there):
        read, spent = f"not reached within {read}", f"not within {spent}"
    else:
        read, spent = f"**{read}**", f"**{spent}**"
    return read, spent, amount(shown, float(judged[-1]))


def amount(shown: Shown, value: float) -> str:
    """A judgement as it is written."""
    if math.isnan(value):
        return "not judged yet"
    return brief(value) if shown.goal.below else f"{100 * value:.1f} %"
