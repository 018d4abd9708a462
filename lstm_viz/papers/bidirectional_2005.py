"""Bidirectional LSTM, 2005: what is under a frame, for who has read to the end and who has not."""

from collections.abc import Mapping
from functools import partial
from statistics import median
from typing import NamedTuple

import numpy as np

from lstm_viz.papers.loop import descended
from lstm_viz.papers.readers import draw, gradients_of, named, read, start_reader
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.training.measure import TEST_SEED

TESTS = 500


class Framewise(NamedTuple):
    """A net that names every frame, `delay` frames after it was read."""

    hidden: int
    both: bool
    delay: int = 0
    steps: int = 600
    batch: int = 16
    rate: float = 0.02
    noise: float = 0.3


BOTH = Framewise(12, True)
ONE = Framewise(18, False)  # as many weights in one direction as 12 in each of two
LATER = ONE._replace(delay=3)


def delayed(how: Framewise, x: np.ndarray, under: np.ndarray, lengths: np.ndarray) -> tuple:
    """Lines with some frames of paper behind them, and the answers as much later."""
    more = np.zeros((how.delay, *x.shape[1:]))
    later = np.concatenate([np.zeros((how.delay, x.shape[2]), int), under])
    return np.concatenate([x, more]), later, lengths + how.delay


def gradients(how: Framewise, params: dict, rng: np.random.Generator) -> dict:
    """Of the cross-entropy over all frames of one batch."""
    lines, under = draw(rng, how.batch, how.noise)
    x, under, lengths = delayed(how, lines.x, under, lines.lengths)
    reading = read(params, x, lengths)
    return gradients_of(params, reading, named(reading.y, under, lengths), lengths)


def wrong(how: Framewise, seed: int) -> float:
    """Per cent of the frames of the test lines that the trained net names wrongly."""
    params = descended(
        start_reader(how.hidden, how.both, seed), partial(gradients, how), how.steps, how.rate, seed
    )
    lines, under = draw(np.random.default_rng(TEST_SEED), TESTS, how.noise)
    x, _, lengths = delayed(how, lines.x, under, lines.lengths)
    said = read(params, x, lengths).y.argmax(axis=1)[how.delay :]
    here = np.arange(len(under))[:, None] < lines.lengths
    return 100 * float((said != under)[here].mean())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Both directions against one, at once or later."""
    both, one, later = numbers["both directions"], numbers["one direction"], numbers["one, 3 frames later"]
    return grade(max(both) < min(one + later), median(both) < median(one))


ROW = Row(
    name="bidirectional_2005",
    title="Reading in both directions",
    paper=Paper(
        source="Graves & Schmidhuber 2005, Framewise phoneme classification with bidirectional LSTM",
        claim="A net that reads in both directions names frames better than one of equal size that reads "
        "in one, even if that may answer some frames later.",
        number="in words alone: bidirectional networks “outperform unidirectional ones” (phonemes of "
        "TIMIT, frame by frame)",
        sure="notes",
    ),
    ours=Ours(
        setup="Frames of handwritten lines in place of speech: which letter is under each, or none? "
        f"{BOTH.hidden} LSTM units in each of two directions, or {ONE.hidden} in one, about as many "
        f"weights; {BOTH.steps * BOTH.batch:,} lines in batches of {BOTH.batch}, Adam at {BOTH.rate} with a "
        "cosine schedule.",
        unit=f"% of the frames of {TESTS} test lines named wrongly",
        arms={"one direction": ONE, "one, 3 frames later": LATER, "both directions": BOTH},
        run=wrong,
        criterion="The worst seed with both directions is better than the best with one, at once or later; "
        "in part, if its median beats that of one direction at once.",
        verdict=verdict,
        better="less",
    ),
    opens="ctc?word=noon",
    opened="A net of both directions that has learnt with CTC and reads one line. Nothing is trained there, "
    "and no net of one direction stands beside it.",
)
