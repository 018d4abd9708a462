"""What an LSTM knows after a wait of two hundred steps: which symbols there were, or also their order."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.losses import log_softmax
from lstm_viz.papers.copying import LONG, LSTM, starts
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, answers
from lstm_viz.tasks.copy_memory import LENGTH, SYMBOLS

KNOWN, TESTS = 0.05, 500
CHRONO = LSTM._replace(T=LONG, shortest=LONG, starts=starts(LONG)["chrono"])


def miscounted(trial: Trial, seed: int) -> float:
    """By how much the net miscounts a symbol: of its probabilities, added over the answers, the mean error.

    How often a symbol is to be said is 0 to 3, and a net that knows nothing is wrong by 0.63.
    """
    y, batch = answers(trial, seed, TESTS)
    said = np.exp(log_softmax(y[-LENGTH:]))[:, : len(SYMBOLS)].sum(axis=0)
    return float(np.abs(said - batch.target[-LENGTH:, : len(SYMBOLS)].sum(axis=0)).mean())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By all seeds, or their median."""
    (found,) = numbers.values()
    return grade(max(found) <= KNOWN, np.median(found) <= KNOWN)


ROW = Row(
    name="copying_order",
    title="Which symbols, and in which order",
    paper=Paper(
        source="Arjovsky, Shah & Bengio 2015, Unitary evolution recurrent neural networks, the copying "
        "problem",
        claim="After a longer wait the LSTM does no better than a net without memory.",
        number="“the LSTM is able to beat the baseline only for 100 times steps”",
        sure="notes",
    ),
    ours=Ours(
        setup=f"{LENGTH} of {len(SYMBOLS)} symbols, sequences of {LONG} steps in all. {CHRONO.hidden} LSTM "
        f"units, chrono start, {CHRONO.steps * CHRONO.batch:,} sequences in batches of {CHRONO.batch}, Adam "
        f"at {CHRONO.rate}.",
        unit="by how much it miscounts a symbol; a guess: 0.63",
        arms={"LSTM chrono": CHRONO},
        run=miscounted,
        criterion=f"With every seed at most {KNOWN:g}: it knows which symbols there were; in part, if the "
        "median is.",
        verdict=verdict,
        better="less",
    ),
    opens="lessons?lesson=copying",
    opened="the lesson",
)
