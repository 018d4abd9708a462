"""Temporal order, 1997: in which order came two symbols, long ago and far apart?"""

from collections.abc import Mapping

import numpy as np

from lstm_viz.library.variant import Chrono
from lstm_viz.losses import log_softmax
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, answers

T, SHORTEST, SEQUENCES, TESTS = 110, 100, 31_390, 2560
TOLERANCE = 0.3  # of every output, as in the paper
LATE, NEVER = 26, 1280

COMMON = Trial("", "order2", T, SHORTEST, 4, SEQUENCES // 32, 32, 0.01)
LSTM = COMMON._replace(cell="lstm1997", starts=(("b_i", -3.0),))
FORGET = COMMON._replace(cell="lstm", starts=(("b_f", Chrono(1, T)), ("b_i", Chrono(-1, T))))
RNN = COMMON._replace(cell="rnn_tanh", hidden=8, rate=0.001, starts=(("U_h", "orthogonal"),))


def wrong(trial: Trial, seed: int) -> float:
    """How many of the test sequences the trained net answers wrongly."""
    y, batch = answers(trial, seed, TESTS)
    off = np.abs(np.exp(log_softmax(y[-1:]))[0] - batch.target[-1])
    return float((off.max(axis=0) >= TOLERANCE).sum())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the two nets that were there in 1997."""
    solved = max(numbers["LSTM 1997"]) <= LATE
    return grade(solved and min(numbers["tanh RNN"]) > NEVER, np.median(numbers["LSTM 1997"]) <= LATE)


ROW = Row(
    name="temporal_order_1997",
    title="Which came first",
    paper=Paper(
        source="Hochreiter & Schmidhuber 1997, Long short-term memory, experiment 6a",
        claim="An LSTM learns to tell in which order two symbols came, both long before the end and far "
        "apart.",
        number="1 of 2,560 test sequences wrong after 31,390 sequences on average (length 100–110, 156 "
        "weights)",
        sure="read",
    ),
    ours=Ours(
        setup=f"The paper's own task at its full length, {SHORTEST}–{T} steps; {SEQUENCES:,} sequences in "
        f"batches of 32, as many as the paper's. {LSTM.hidden} LSTM units (b_i = −3, or b_f and b_i for "
        f"memories of 1–{T} steps) at a rate of {LSTM.rate}; {RNN.hidden} tanh units, orthogonal start, at "
        f"{RNN.rate}. Adam.",
        unit=f"of {TESTS:,} test sequences wrong (an output off by {TOLERANCE} or more, as in the paper)",
        arms={"LSTM 1997": LSTM, "LSTM": FORGET, "tanh RNN": RNN},
        run=wrong,
        criterion=f"With every seed at most {LATE} wrong (1 %) for the LSTM of 1997 and more than {NEVER:,} "
        f"for the tanh RNN; in part, if the LSTM's median is at most {LATE}.",
        verdict=verdict,
        seeds=tuple(range(1, 11)),
        better="less",
    ),
    opens=f"training?task=order2&cells=lstm1997,lstm,rnn_tanh&T={T}&shortest={SHORTEST}&hidden={LSTM.hidden}"
    f"&rate={LSTM.rate}&keep=open&steps={LSTM.steps}&horizon={LSTM.steps}&precision=float32&seed=1",
    opened="Of the arms the LSTM of 1997. The LSTM starts with b_f = 5 and b_i = −3 instead; the tanh RNN "
    f"has {LSTM.hidden} units at {LSTM.rate} for {RNN.hidden} at {RNN.rate}, and no orthogonal start.",
)
