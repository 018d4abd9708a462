"""Ten cells on the adding problem: after how many sequences each has learnt to keep out 28 numbers of 30."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.papers import ablations_stream as stream
from lstm_viz.papers.row import Ours, Row, grade
from lstm_viz.papers.trial import Trial, spec
from lstm_viz.training import advance, first_state

STEPS, BATCH, GOAL, LAST = 600, 32, 0.005, 20
TRIAL = Trial("peephole_gers", "adding", 30, 30, 16, STEPS, BATCH, 0.02)
ARMS = {arm: TRIAL._replace(cell=trial.cell) for arm, trial in stream.ARMS.items()}
ALL_SEEN = STEPS * BATCH


def seen(trial: Trial, seed: int) -> float:
    """The sequences after which the mean error of the last updates is below the goal; all, if it never is."""
    run = spec(trial, seed)
    state, errors = first_state(run), []
    while state.step < STEPS:
        state, metrics, broke = advance(run, state, LAST)
        errors.append(float(np.mean(metrics.error)))
        if broke or errors[-1] < GOAL:
            break
    return float(state.step * BATCH) if errors[-1] < GOAL else float(ALL_SEEN)


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """The input gate is what adding needs most; the full cell, and that without forget gate, do learn it."""
    never = min(numbers["NIG"]) == ALL_SEEN
    full = max(numbers["vanilla"]) < ALL_SEEN
    return grade(never and full and min(numbers["NFG"]) < ALL_SEEN, never and full)


ROW = Row(
    name="ablations_adding",
    title="One part at a time, adding",
    paper=stream.ROW.paper,
    ours=Ours(
        setup=f"The adding problem over {TRIAL.T} steps, {TRIAL.hidden} units, batches of {BATCH}, Adam at "
        f"{TRIAL.rate}, {ALL_SEEN:,} sequences at most; solved where the mean error of {LAST} updates is "
        f"below {GOAL}.",
        unit=f"sequences seen until solved, {ALL_SEEN:,} where it was not",
        arms=ARMS,
        run=seen,
        criterion="Without input gate never solved and the full cell always, without forget gate with some "
        "seed; in part, without the last.",
        verdict=verdict,
        seeds=(1, 2, 3),
        better="less",
    ),
    opens=stream.ROW.opens,
    opened=stream.ROW.opened,
)
