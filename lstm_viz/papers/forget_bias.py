"""The forget gate's bias, 2015: what a better start of one gate is worth."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.library.variant import Chrono
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, spec
from lstm_viz.training import advance, first_state

T, CHECK, GOAL, NEAR = 100, 25, 0.01, 1.5

COMMON = Trial("lstm", "adding", T, T, 16, 2000, 32, 0.01)
STARTS = {
    "b_f = 0": (("b_f", 0.0),),
    "b_f = 1": (("b_f", 1.0),),
    "b_f = 3": (("b_f", 3.0),),
    "b_f = 3, b_i = −3": (("b_f", 3.0), ("b_i", -3.0)),
    "b_f, b_i chrono": (("b_f", Chrono(1, T)), ("b_i", Chrono(-1, T))),
}
ARMS = {arm: COMMON._replace(starts=starts) for arm, starts in STARTS.items()}
ARMS["GRU"] = COMMON._replace(cell="gru_reset_after")


def sequences(trial: Trial, seed: int) -> float:
    """How many sequences are learnt from until the error is below the goal; all of them where it never is."""
    run = spec(trial, seed)
    state = first_state(run)
    while state.step < trial.steps:
        state, metrics, broke = advance(run, state, CHECK)
        if broke:
            return float(trial.steps * trial.batch)
        if metrics.error.mean() < GOAL:
            break
    return float(state.step * trial.batch)


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the medians of b_f = 0, b_f = 1 and the GRU."""
    zero, one, gru = (np.median(numbers[arm]) for arm in ("b_f = 0", "b_f = 1", "GRU"))
    return grade(one < zero and one <= NEAR * gru, one < zero)


ROW = Row(
    name="forget_bias",
    title="The forget gate's bias",
    paper=Paper(
        source="Jozefowicz, Zaremba & Sutskever 2015, An empirical exploration of recurrent network "
        "architectures, abstract",
        claim="A bias of 1 at the start of the forget gate closes the gap between the LSTM and the GRU.",
        number="in words alone; seen in a search through more than 10,000 architectures",
        sure="notes",
    ),
    ours=Ours(
        setup=f"Another task than the paper's: adding, {T} steps. {COMMON.hidden} units, batches of "
        f"{COMMON.batch}, Adam at {COMMON.rate}, all other weights uniform, at most {COMMON.steps:,} "
        f"updates. Learnt is it when the mean error of {CHECK} batches, new sequences each, is below "
        f"{GOAL}. Chrono starts spread b_f and b_i = −b_f for memories of 1–{T} steps.",
        unit=f"sequences until the error is below {GOAL}; {COMMON.steps * COMMON.batch:,} = not within the "
        "budget",
        arms=ARMS,
        run=sequences,
        criterion=f"In the median b_f = 1 needs fewer than b_f = 0 and at most {NEAR} times as many as the "
        "GRU; in part, if fewer than b_f = 0 alone.",
        verdict=verdict,
        better="less",
    ),
    opens=f"training?task=adding&cells=lstm,gru_reset_after&T={T}&shortest={T}&hidden={COMMON.hidden}"
    f"&rate={COMMON.rate}&steps={COMMON.steps}&horizon={COMMON.steps}&precision=float32&seed=1",
    opened="Two of the six arms with the first seed, b_f = 1 and the GRU. Training does not end at the goal.",
    exact=True,
)
