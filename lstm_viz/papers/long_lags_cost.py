"""How many sequences a lag costs, by the biases that a cell starts from."""

from collections.abc import Mapping
from statistics import median

from lstm_viz.library.variant import Chrono, Start
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, spec
from lstm_viz.training import advance, first_state

CHECK, GOAL, BUDGET, LONG = (
    20,
    0.005,
    300,
    600,
)  # updates between two looks, the share of wrong answers, updates
USUAL = (("b_f", 1.0), ("b_i", 0.0))


def chrono(longest: int) -> tuple[tuple[str, Start], ...]:
    """The start that spreads the units' memories from 1 to `longest` steps."""
    return (("b_f", Chrono(1, longest)), ("b_i", Chrono(-1, longest)))


def lag(steps: int, starts=(), cell: str = "lstm", updates: int = BUDGET, rate: float = 0.01) -> Trial:
    """A cell of 8 units at recall over so many distractors."""
    return Trial(cell, "recall", steps + 2, steps + 2, 8, updates, 32, rate, tuple(starts))


def rnn(steps: int, rate: float, orthogonal: bool) -> Trial:
    """The same for the tanh RNN, with twice the practice."""
    return lag(steps, (("U_h", "orthogonal"),) if orthogonal else (), "rnn_tanh", LONG, rate)


ARMS = {
    "chrono, lag 10": lag(10, chrono(12)),
    "chrono, lag 30": lag(30, chrono(32)),
    "chrono, lag 100": lag(100, chrono(102)),
    "chrono, lag 300": lag(300, chrono(302)),
    "chrono, lag 998": lag(998, chrono(1000), updates=LONG),
    "b_f 1, b_i 0, lag 10": lag(10, USUAL),
    "b_f 1, b_i 0, lag 30": lag(30, USUAL),
    "chrono for 1,000, lag 10": lag(10, chrono(1000)),
    "LSTM 1997, b_i −5, lag 100": lag(100, (("b_i", -5.0),), "lstm1997"),
    "LSTM 1997, b_i 0, lag 100": lag(100, (("b_i", 0.0),), "lstm1997"),
    "GRU, b_z 5, lag 100": lag(100, (("b_z", 5.0),), "gru_reset_after"),
    "GRU, b_z 0, lag 100": lag(100, (("b_z", 0.0),), "gru_reset_after"),
    "tanh RNN, lag 10, rate 0.01": rnn(10, 0.01, False),
    "tanh RNN, lag 10, rate 0.003": rnn(10, 0.003, False),
    "tanh RNN, lag 20, rate 0.01": rnn(20, 0.01, False),
    "tanh RNN, lag 20, rate 0.003": rnn(20, 0.003, False),
    "orthogonal tanh RNN, lag 20": rnn(20, 0.001, True),
    "orthogonal tanh RNN, lag 100": rnn(100, 0.001, True),
}


def sequences(trial: Trial, seed: int) -> float:
    """How many it takes until fewer than 1 answer in 200 is wrong; the budget and 1 more, if it never is."""
    run = spec(trial, seed)
    state = first_state(run)
    while state.step < trial.steps:
        state, metrics, broke = advance(run, state, CHECK)
        if broke:
            break
        if metrics.error.mean() < GOAL:
            return float(state.step * trial.batch)
    return float(trial.steps * trial.batch + 1)


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the cost of a lag of 300 against that of 10, both with biases that fit."""
    short, long = (median(numbers[f"chrono, lag {steps}"]) for steps in (10, 300))
    return grade(long < 10 * short, long < 30 * short)


ROW = Row(
    name="long_lags_cost",
    title="What a lag costs",
    paper=Paper(
        source="Hochreiter & Schmidhuber 1997, Long short-term memory, experiment 2c",
        claim="The number of training sequences grows slowly with the lag.",
        number="30,000 sequences for a lag of 50, 31,000 for 100, 33,000 for 200, 38,000 for 500, 49,000 for "
        "1,000, with as many kinds of distractors as the lag has steps",
        sure="read",
    ),
    ours=Ours(
        setup="One of four symbols, distractors of four kinds, and the question; 8 units, batches of 32, "
        "Adam at a rate of 0.01 but for the orthogonal tanh RNN, which has 0.001. At most "
        f"{BUDGET * 32:,} sequences, {LONG * 32:,} for the tanh RNN and at the lag of 998.",
        unit=f"sequences until fewer than {GOAL:.1%} of {CHECK} batches' answers are wrong; one more than "
        "the budget = not within it",
        arms=ARMS,
        run=sequences,
        criterion="With chrono biases a lag of 300 costs in the median less than ten times what a lag of 10 "
        "does; in part, less than thirty times.",
        verdict=verdict,
        seeds=(1, 2, 3),
        better="less",
    ),
    opens="lessons?lesson=long_lags",
    opened="the lesson, where a lag and biases can be chosen",
)
