"""Counting, 2001: a's and as many b's, more of them than in any string of the training."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, trained
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.powers import strings
from lstm_viz.training.measure import outputs

LONGEST, CAP, TWICE = 10, 200, 20
T = 2 * LONGEST + 1

COMMON = Trial("peephole_gers", "anbn", T, T, 8, 1500, 32, 0.04, schedule="cosine")
CELLS = {"LSTM, peepholes": "peephole_gers", "LSTM": "lstm", "GRU": "gru_reset_after", "tanh RNN": "rnn_tanh"}


def reached(trial: Trial, seed: int) -> float:
    """The largest n such that the trained net is right all along every string up to n; CAP at most."""
    return float(largest(trial.cell, trained(trial, seed).params))


def largest(cell: str, params: dict) -> int:
    """The largest n such that the net is right all along every string up to n."""
    batch = strings("ab", np.arange(1, CAP + 1), 2 * CAP + 1)
    y = outputs(parse(LIBRARY[cell].equations), params, TASKS["anbn"], batch.x)
    lowest = np.where(batch.legal > 0, y, np.inf).min(axis=1)
    highest = np.where(batch.legal > 0, -np.inf, y).max(axis=1)
    good = ((lowest > highest) | (batch.counts[:, 0] == 0)).all(axis=0)
    return int(np.logical_and.accumulate(good).sum())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the medians: the paper's net against those that it is said to go beyond."""
    net, _, *others = (np.median(numbers[arm]) for arm in CELLS)
    return grade(net >= TWICE and net >= 1.5 * max(others), net > max(others))


ROW = Row(
    name="counting",
    title="Counting beyond the training",
    paper=Paper(
        source="Gers & Schmidhuber 2001, LSTM recurrent networks learn simple context-free and "
        "context-sensitive languages, abstract",
        claim="LSTM does better than other recurrent networks on aⁿbⁿ and other languages that ask for "
        "counting: it goes on to strings longer than any it has learnt from.",
        number="in words alone: “LSTM outperforms traditional recurrent neural networks” on them",
        sure="notes",
    ),
    ours=Ours(
        setup=f"aⁿbⁿ with n = 1–{LONGEST}, {COMMON.hidden} units, {COMMON.steps * COMMON.batch:,} strings "
        f"in batches of {COMMON.batch}, Adam at {COMMON.rate} with a cosine schedule for all. The net must "
        "be right at every symbol: all that may come above all that may not.",
        unit=f"largest n up to which all strings are right, at most {CAP}",
        arms={arm: COMMON._replace(cell=cell) for arm, cell in CELLS.items()},
        run=reached,
        criterion=f"In the median the LSTM with peepholes, the paper's, reaches {TWICE}, twice the longest "
        "it learnt from, and half as far again as the GRU and the tanh RNN; in part, if it goes further "
        "than both.",
        verdict=verdict,
        better="more",
    ),
    opens="training?task=anbn&cells=rnn_tanh,lstm,gru_reset_after,peephole_gers"
    f"&T={T}&shortest={T}&hidden={COMMON.hidden}&rate={COMMON.rate}&schedule=cosine&horizon={COMMON.steps}"
    f"&steps={COMMON.steps}&precision=float32&seed=1",
    opened="All four arms with the first seed, as they learn.",
    exact=True,
)
