"""What is answered wrongly after practice over a long lag, over that lag and over ten times as long a one."""

from collections.abc import Mapping
from typing import NamedTuple

from lstm_viz.papers.long_lags_cost import chrono, lag
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.temporal_order_1997 import LSTM as ORDER
from lstm_viz.papers.trial import Trial, error

LAG, FAR, TESTS = 100, 1000, 100


class Asked(NamedTuple):
    """What practises, and over how many steps it is asked."""

    trial: Trial
    T: int


def biases(f: float, i: float) -> tuple:
    """A start with these biases of the forget and input gates."""
    return (("b_f", f), ("b_i", i))


STARTS = {
    "b_f 1, b_i 0": lag(LAG, biases(1.0, 0.0)),
    "b_f 5, b_i 0": lag(LAG, biases(5.0, 0.0)),
    "b_f 5, b_i −5": lag(LAG, biases(5.0, -5.0)),
    "chrono": lag(LAG, chrono(LAG + 2)),
    "LSTM 1997, b_i −5": lag(LAG, (("b_i", -5.0),), "lstm1997"),
}
ARMS = {
    **{f"{name}, lag {LAG}": Asked(trial, LAG + 2) for name, trial in STARTS.items()},
    **{f"{name}, lag {FAR:,}": Asked(trial, FAR + 2) for name, trial in STARTS.items()},
    **{f"temporal order, {T} steps": Asked(ORDER, T) for T in (105, 200)},
}


def wrong(asked: Asked, seed: int) -> float:
    """Per cent of wrong answers on new sequences."""
    return 100 * error(asked.trial, seed, TESTS, asked.T)


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the usual start and the balanced ones, over the lag that they practised."""
    good = max(max(numbers[f"{name}, lag {LAG}"]) for name in ("b_f 5, b_i −5", "chrono"))
    return grade(good <= 5 and min(numbers[f"b_f 1, b_i 0, lag {LAG}"]) > 50, good <= 5)


ROW = Row(
    name="long_lags_starts",
    title="Where a long lag is learnt from",
    paper=Paper(
        source="Tallec & Ollivier 2018, Can recurrent neural networks warp time?",
        claim="Gates whose biases suit the expected lags help a network to learn them.",
        number="in words alone",
        sure="notes",
    ),
    ours=Ours(
        setup=f"8 units practise on {STARTS['chrono'].steps * 32:,} sequences with a lag of {LAG}, one of "
        "four symbols and the question about it, at a rate of 0.01; temporal order as in the paper of 1997, "
        f"{ORDER.steps * 32:,} sequences of {ORDER.shortest} to {ORDER.T} steps. {TESTS} new sequences each.",
        unit="per cent of answers wrong, 75 by guessing",
        arms=ARMS,
        run=wrong,
        criterion="With every seed at most 5 per cent from the two balanced starts, and more than 50 from "
        "b_f 1; in part, if the former alone.",
        verdict=verdict,
        seeds=(1, 2, 3),
        better="less",
    ),
    opens="lessons?lesson=long_lags",
    opened="the lesson, where a lag and biases can be chosen",
)
