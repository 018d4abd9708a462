"""The embedded Reber grammar, 1997: every next symbol, and near the end the one that was second."""

from collections.abc import Mapping
from statistics import median

import numpy as np

from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, said, spec
from lstm_viz.training import advance, first_state

T, BATCH, TESTS, LOOK = 40, 8, 256, 20
LONGEST = 24_100  # strings: what the slowest run of the paper's best setting took
CAP = LONGEST // BATCH // LOOK * LOOK * BATCH

COMMON = Trial("", "reber", T, T, 6, CAP // BATCH, BATCH, 0.02)
LSTM = COMMON._replace(cell="lstm1997", starts=(("b_o", -2.0),))
FORGET = COMMON._replace(cell="lstm", starts=(("b_f", 1.0),))
RNN = COMMON._replace(cell="rnn_tanh", hidden=12)


def strings(trial: Trial, seed: int) -> float:
    """How many strings are read until every test string is predicted right, looked at after every 20 batches.

    The trial's whole number where that never happens.
    """
    run = spec(trial, seed)
    state = first_state(run)
    while state.step < trial.steps:
        chunk = advance(run, state, LOOK)
        state = chunk.state
        if chunk.broke:
            break
        if solved(trial, state.params):
            return float(state.step * trial.batch)
    return float(trial.steps * trial.batch)


def solved(trial: Trial, params: dict) -> bool:
    """Whether at every step of every test string all that may come next stands above all that may not."""
    y, batch = said(trial, params, TESTS)
    lowest = np.where(batch.legal > 0, y, np.inf).min(axis=1)
    highest = np.where(batch.legal > 0, -np.inf, y).max(axis=1)
    return bool((lowest > highest)[batch.counts[:, 0] > 0].all())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the two nets that were there in 1997."""
    lstm, rnn = numbers["LSTM 1997"], numbers["tanh RNN"]
    return grade(max(lstm) < CAP and 2 * median(lstm) <= median(rnn), median(lstm) < CAP)


ROW = Row(
    name="reber_1997",
    title="Embedded Reber grammar",
    paper=Paper(
        source="Hochreiter & Schmidhuber 1997, Long short-term memory, experiment 1",
        claim="An LSTM learns the grammar always, and from far fewer strings than recurrent nets without "
        "gates.",
        number="8,440 strings, 100 % of runs (276 weights); RTRL 25,000–173,000 in some runs, Elman nets "
        "none after 200,000",
        sure="read",
    ),
    ours=Ours(
        setup=f"Fresh strings of up to {T} symbols in batches of {BATCH}, at most {CAP:,} of them, about "
        f"what the paper's slowest run took. {LSTM.hidden} LSTM units (b_o = −2, or b_f = 1) or "
        f"{RNN.hidden} tanh units, at a rate of {RNN.rate}, for the RNN the best of three. Adam and full "
        "gradients, also for the RNN, which neither had in 1997.",
        unit=f"strings until all symbols of {TESTS} test strings are right; {CAP:,}: not by then",
        arms={"LSTM 1997": LSTM, "LSTM": FORGET, "tanh RNN": RNN},
        run=strings,
        criterion="The LSTM of 1997 gets there with every seed, and its median is at most half of the tanh "
        "RNN's; in part, if it gets there in the median.",
        verdict=verdict,
        seeds=tuple(range(1, 11)),
        better="less",
    ),
    opens=f"training?task=reber&cells=lstm1997,lstm,rnn_tanh&T={T}&shortest={T}&hidden={LSTM.hidden}"
    f"&batch={BATCH}&rate={LSTM.rate}&keep=plain&steps={LSTM.steps}&horizon={LSTM.steps}&precision=float32"
    "&seed=1",
    opened="Of the arms the LSTM with b_f = 1. The LSTM of 1997 starts without b_o = −2, the tanh RNN has "
    f"{LSTM.hidden} units for {RNN.hidden}; and training does not end where all strings are right.",
)
