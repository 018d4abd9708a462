"""Adding over 50 steps: what an LSTM learns soon, and a tanh RNN with ten times as many updates."""

from collections.abc import Mapping

from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, error

T, FEW, MANY = 50, 600, 6000
SOLVED, GUESSES = 0.01, 0.15

LSTM = Trial("lstm", "adding", T, T, 16, FEW, 32, 0.02, (("b_f", 5.0), ("b_i", -3.0)), "cosine")
RNN = Trial("rnn_tanh", "adding", T, T, 16, FEW, 32, 0.001, (("U_h", "orthogonal"),))
SOON, EARLY, LATE = "LSTM", "tanh RNN", "tanh RNN, ten times as many"


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the LSTM and the tanh RNN after as many updates."""
    solved = max(numbers[SOON]) <= SOLVED
    return grade(solved and min(numbers[EARLY]) >= GUESSES, solved)


ROW = Row(
    name="adding_patience",
    title="Adding over fifty steps",
    paper=Paper(
        source="Arjovsky, Shah & Bengio 2015, Unitary evolution recurrent neural networks, the adding "
        "problem",
        claim="An LSTM learns the adding problem where a plain recurrent network stays at what a guess "
        "reaches.",
        number="no number for sequences as short as these",
        sure="notes",
    ),
    ours=Ours(
        setup=f"Sequences of {T} steps, {LSTM.hidden} units, batches of {LSTM.batch}, Adam. The LSTM with "
        f"b_f = 5 and b_i = −3, {FEW:,} updates at a rate of {LSTM.rate} that falls as a cosine; tanh units "
        f"with an orthogonal start at {RNN.rate}, {FEW:,} updates or {MANY:,}.",
        unit="mean squared error; a guess: 0.167",
        arms={SOON: LSTM, EARLY: RNN, LATE: RNN._replace(steps=MANY)},
        run=error,
        criterion=f"With every seed at most {SOLVED:g} for the LSTM and {GUESSES:g} or more for the tanh RNN "
        "after as many updates; in part, if the LSTM alone is there.",
        verdict=verdict,
        seeds=(1, 2, 3),
        better="less",
    ),
    opens="lessons?lesson=adding",
    opened="the lesson",
)
