"""The adding problem of 1997: two marked numbers among a hundred, and their sum at the end."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.library.variant import Chrono
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, answers

T, SHORTEST, SEQUENCES, TESTS = 110, 100, 74_000, 2560
# The paper's 0.04, whose values lie between -1 and 1 and whose target is 0.5 + a quarter of their sum.
TOLERANCE = 0.08
LATE, NEVER = 128, 1280

COMMON = Trial("", "adding", T, SHORTEST, 8, SEQUENCES // 32, 32, 0.02, schedule="cosine")
LSTM = COMMON._replace(cell="lstm1997", starts=(("b_i", -3.0),))
FORGET = COMMON._replace(cell="lstm", starts=(("b_f", Chrono(1, T)), ("b_i", Chrono(-1, T))))
RNN = COMMON._replace(cell="rnn_tanh", hidden=16, rate=0.001, starts=(("U_h", "orthogonal"),))


def wrong(trial: Trial, seed: int) -> float:
    """How many of the test sequences the trained net answers wrongly."""
    y, batch = answers(trial, seed, TESTS)
    return float((np.abs(y[-1] - batch.target[-1]) >= TOLERANCE).sum())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the two nets that were there in 1997."""
    solved = max(numbers["LSTM 1997"]) <= LATE
    return grade(solved and min(numbers["tanh RNN"]) > NEVER, np.median(numbers["LSTM 1997"]) <= LATE)


ROW = Row(
    name="adding_1997",
    title="Adding two numbers far apart",
    paper=Paper(
        source="Hochreiter & Schmidhuber 1997, Long short-term memory, experiment 4",
        claim="An LSTM learns to add two marked numbers that stand 50 steps or more before the answer, "
        "which no other recurrent network had done.",
        number="1 of 2,560 test sequences wrong after 74,000 sequences (length 100–110, 93 weights)",
        sure="read",
    ),
    ours=Ours(
        setup=f"Sequences of {SHORTEST}–{T} steps, one mark in each half, values from 0 to 1; {SEQUENCES:,} "
        f"sequences in batches of 32, as many as the paper's. {LSTM.hidden} LSTM units (b_i = −3, or b_f "
        f"and b_i for memories of 1–{T} steps) at a rate of {LSTM.rate}; {RNN.hidden} tanh units, "
        f"orthogonal start, at {RNN.rate}, one of three rates and starts tried. Adam, cosine schedule.",
        unit=f"of {TESTS:,} test sequences wrong (off by {TOLERANCE} or more, the paper's 0.04 on its scale)",
        arms={"LSTM 1997": LSTM, "LSTM": FORGET, "tanh RNN": RNN},
        run=wrong,
        criterion=f"With every seed at most {LATE} wrong for the LSTM of 1997 and more than {NEVER:,} for "
        f"the tanh RNN; in part, if the LSTM's median is at most {LATE}.",
        verdict=verdict,
        seeds=tuple(range(1, 11)),
        better="less",
    ),
    opens=f"training?task=adding&cells=lstm1997,lstm,rnn_tanh&T={T}&shortest={SHORTEST}&hidden={LSTM.hidden}"
    f"&rate={LSTM.rate}&keep=open&schedule=cosine&steps={LSTM.steps}&horizon={LSTM.steps}&precision=float32"
    "&seed=1",
    opened="Of the arms the LSTM of 1997. The LSTM starts with b_f = 5 and b_i = −3 instead; the tanh RNN "
    f"has {LSTM.hidden} units at {LSTM.rate} for {RNN.hidden} at {RNN.rate}, and no orthogonal start.",
)
