"""Multiplying two marked numbers over 50 steps: more than their sum could tell."""

from collections.abc import Mapping

from lstm_viz.papers.adding_patience import LSTM, RNN, T
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import error

# What is left of a product's variance, 7/144, when the sum is known: the mean over all sums of h⁴ · 4/45,
# where a sum s leaves each number within h = min(s, 2 − s)/2 of its half.
BY_SUM, GUESSES = 1 / 540, 0.04
STEPS = 1200


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By whether the LSTM says more than the sum would tell, and the tanh RNN no more than a guess."""
    solved = max(numbers["LSTM"]) < BY_SUM
    return grade(solved and min(numbers["tanh RNN"]) >= GUESSES, solved)


ROW = Row(
    name="adding_product",
    title="Multiplying two numbers far apart",
    paper=Paper(
        source="Hochreiter & Schmidhuber 1997, Long short-term memory, experiment 5",
        claim="An LSTM learns to multiply two marked numbers as well as to add them.",
        number="139 of 2,560 test sequences wrong after 482,000 sequences of 100–110 steps",
        sure="read",
    ),
    ours=Ours(
        setup=f"Sequences of {T} steps for the paper's 100–110, {LSTM.hidden} units, {STEPS:,} updates with "
        f"batches of {LSTM.batch}, Adam. The LSTM with b_f = 5 and b_i = −3 at a rate of {LSTM.rate} that "
        f"falls as a cosine; tanh units with an orthogonal start at {RNN.rate}.",
        unit="mean squared error; a guess: 0.0486, from the sum alone: 0.00185",
        arms={
            name: trial._replace(task="multiplication", steps=STEPS)
            for name, trial in (("LSTM", LSTM), ("tanh RNN", RNN))
        },
        run=error,
        criterion=f"With every seed less than 1/540 for the LSTM and {GUESSES:g} or more for the tanh RNN; "
        "in part, if the LSTM alone is there.",
        verdict=verdict,
        better="less",
    ),
    opens="lessons?lesson=adding",
    opened="the lesson",
)
