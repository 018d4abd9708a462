"""The race in numbers: what every run needed to the goal, in sequences, values and seconds."""

import math

import numpy as np

from lstm_viz.keys import brief
from lstm_viz.pages.teacherless.choices import EVOLUTION, MAZE
from lstm_viz.pages.teacherless.runs import Entry, Shown
from lstm_viz.pages.training import clock as clocks
from lstm_viz.runs import Tape
from lstm_viz.teacherless.contest import sequences, values
from lstm_viz.teacherless.policy import longest


def table(shown: Shown, tapes: list[Tape], clock: clocks.Clock) -> str:
    """The race in numbers: what each run needed to the goal, and what it can do now."""
    read = ["sequences", *["values"] * counted(shown)]
    rows = [f"| To the goal | {' | '.join(read)} | seconds | now |", "|---" * (len(read) + 3) + "|"]
    for entry, tape in zip(shown.entries, tapes, strict=True):
        seen = clocks.seen(clock, tape.spec)
        rows.append(f"| {entry.title} | " + " | ".join(finish(shown, entry, tape, seen)) + " |")
    return "\n".join(rows)


def counted(shown: Shown) -> bool:
    """Whether the values that were read can be told: where the sequences of each run are equally long."""
    return all(map(values, shown.runs))


def reads(shown: Shown) -> str:
    """What a sequence is to each run, where that is not the same."""
    if shown.way == EVOLUTION:
        return "All children of a generation read the same sequences; a value is one step of one of them. "
    spec = shown.entries[0].spec.exam
    if shown.way == MAZE:
        least = spec.corridor + 1
        return (
            f"A walk by rewards takes from {least} to {longest(spec.corridor)} steps, as it goes; a teacher "
            f"leads through {least} and tells what is right at each. "
        )
    driven = spec.washout + spec.steps
    words = (
        f"Errors are over the signal's variance. A network of Evolino's reads {driven} true values, has its "
        f"readout fitted to the last {spec.steps}, and is let go along these; judged are the {spec.steps} "
        "steps alone that follow. "
    )
    if len(shown.entries) > 1:
        words += (
            f"The gradient reads {driven} values a sequence too, but of the same sines at any phase: never "
            "this very signal, and never its own outputs. "
        )
    return words


def finish(shown: Shown, entry: Entry, tape: Tape, seen: int) -> list[str]:
    """Sequences, values and seconds to the goal, or those without it, and the last judgement, as written."""
    counts = [sequences(entry.spec), *[values(entry.spec)] * counted(shown)]
    if not seen:
        return ["–"] * (len(counts) + 2)
    judged, seconds = tape.metrics.judged[:seen], tape.metrics.seconds[:seen]
    there = np.flatnonzero(shown.goal.reached(judged))
    steps = int(there[0]) + 1 if len(there) else seen
    spent = [*(f"{steps * count:,}" for count in counts), f"{seconds[:steps].sum():.1f}"]
    first, *others = (f"**{s}**" if len(there) else f"not within {s}" for s in spent)
    return [first.replace("not", "not reached"), *others, amount(shown, float(judged[-1]))]


def amount(shown: Shown, value: float) -> str:
    """A judgement as it is written."""
    if math.isnan(value):
        return "not judged yet"
    return brief(value) if shown.goal.below else f"{100 * value:.1f} %"
