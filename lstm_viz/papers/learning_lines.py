"""Learning to learn, 2001: lines that are told from examples by nets whose weights stand still."""

from collections.abc import Mapping
from statistics import median

import numpy as np

from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, answers

T, SHORTEST, LATE, TESTS = 20, 5, 10, 2000

COMMON = Trial("lstm", "lines", T, SHORTEST, 16, 3000, 32, 0.02, schedule="cosine")
RNN = COMMON._replace(cell="rnn_tanh")
ARMS = {
    "LSTM": COMMON,
    "GRU": COMMON._replace(cell="gru_reset_after"),
    "tanh RNN": RNN,
    "tanh RNN, rate 0.005": RNN._replace(rate=0.005),
    "tanh RNN, 32 units, rate 0.01": RNN._replace(hidden=32, rate=0.01),
}


def late(trial: Trial, seed: int) -> float:
    """The mean squared error at the last points of fresh lines."""
    y, batch = answers(trial, seed, TESTS)
    return float(np.mean((y[-LATE:] - batch.target[-LATE:]) ** 2))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the LSTM's worst seed against what is known without examples."""
    start = 4 / 9
    return grade(max(numbers["LSTM"]) < start / 100, median(numbers["LSTM"]) < start / 10)


ROW = Row(
    name="learning_lines",
    title="Lines from examples",
    paper=Paper(
        source="Hochreiter, Younger & Conwell 2001, Learning to learn using gradient descent",
        claim="An LSTM with frozen weights learns new functions from examples.",
        number="in words alone; on Boolean and quadratic functions",
        sure="notes",
    ),
    ours=Ours(
        setup=f"Lines instead of quadratic functions, {SHORTEST} to {T} points of each; 16 units where "
        "nothing else is said, "
        f"{COMMON.steps * COMMON.batch:,} lines in batches of 32, Adam at {COMMON.rate}, cosine schedule. "
        f"Then {TESTS:,} new lines, with frozen weights.",
        unit=f"mean squared error at the last {LATE} of {T} points (0.44 for saying 0)",
        arms=ARMS,
        run=late,
        criterion="The LSTM's worst seed is below a hundredth of 4/9; in part, its median below a tenth.",
        verdict=verdict,
        seeds=(1, 2, 3),
        better="less",
    ),
    opens="lessons?lesson=learning_to_learn",
    opened="the lesson, where two of the arms can be trained",
)
