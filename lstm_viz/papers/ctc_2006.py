"""Connectionist temporal classification, 2006: letters learnt from lines whose words alone are known."""

from collections.abc import Mapping
from functools import partial
from statistics import median
from typing import NamedTuple

import numpy as np

from lstm_viz.ctc import ctc
from lstm_viz.decode import best_path, edits, prefix_beam
from lstm_viz.losses import log_softmax
from lstm_viz.papers.loop import descended
from lstm_viz.papers.readers import draw, gradients_of, named, read, start_reader
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.training.measure import TEST_SEED

TESTS = 200


class Labels(NamedTuple):
    """A net that says what stands in a line: who taught it, and how wide a beam reads it (0: best path)."""

    teacher: str
    width: int = 0
    hidden: int = 12
    steps: int = 1000
    batch: int = 16
    rate: float = 0.02
    noise: float = 0.2


CTC = Labels("words alone")
SEARCH = CTC._replace(width=20)
FRAMES = CTC._replace(teacher="every frame")


def gradients(how: Labels, params: dict, rng: np.random.Generator) -> dict:
    """Of the mean loss of one batch: CTC where the words alone are told, otherwise that of every frame."""
    lines, under = draw(rng, how.batch, how.noise)
    reading = read(params, lines.x, lines.lengths)
    if how.teacher == "words alone":
        dy = ctc(reading.y.astype(float), lines.labels, lines.lengths).dlogits / how.batch
    else:
        dy = named(reading.y, under, lines.lengths)
    return gradients_of(params, reading, dy, lines.lengths)


def label_error(how: Labels, seed: int) -> float:
    """Edits from what the trained net says of the test lines to what they are, per hundred letters."""
    params = descended(
        start_reader(how.hidden, True, seed), partial(gradients, how), how.steps, how.rate, seed
    )
    lines, _ = draw(np.random.default_rng(TEST_SEED), TESTS, how.noise)
    log_probs = log_softmax(read(params, lines.x, lines.lengths).y)
    wrong = 0
    for b, label in enumerate(lines.labels):
        chances = log_probs[: lines.lengths[b], :, b]
        found = prefix_beam(chances, how.width)[0][0] if how.width else best_path(chances).label
        wrong += edits(found, label)
    return 100 * wrong / sum(map(len, lines.labels))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """CTC against a net that was told every frame, and the two ways of reading it out."""
    frames, best, search = (median(numbers[arm]) for arm in ROW.ours.arms)
    return grade(best < frames and search < best, search < frames)


ROW = Row(
    name="ctc_2006",
    title="Labels without an alignment",
    paper=Paper(
        source="Graves, Fernández, Gomez & Schmidhuber 2006, Connectionist temporal classification",
        claim="A bidirectional LSTM that is told the labels alone errs less than one that is told what "
        "every frame is; searching for the likeliest labels errs less than taking the likeliest path.",
        number="label error on speech (TIMIT): frames told, with an HMM 33.8 %; CTC, best path 31.5 %; "
        "CTC, prefix search 30.5 %",
        sure="notes",
    ),
    ours=Ours(
        setup=f"Handwritten lines of 1–6 letters under Gaussian noise of {CTC.noise} in place of speech; "
        f"{CTC.hidden} LSTM units in each direction; {CTC.steps * CTC.batch:,} lines in batches of "
        f"{CTC.batch}, Adam at {CTC.rate} with a cosine schedule. The net that is told every frame is read "
        f"out by its best path, without an HMM; the search keeps {SEARCH.width} prefixes.",
        unit=f"edits per 100 letters of {TESTS} test lines (label error rate)",
        arms={"every frame told": FRAMES, "CTC, best path": CTC, "CTC, prefix search": SEARCH},
        run=label_error,
        criterion="By the medians: CTC with best path errs less than the net that was told every frame, "
        "and with prefix search still less; in part, if prefix search alone errs less.",
        verdict=verdict,
        better="less",
    ),
    opens="ctc?word=noon",
    opened="A net that has learnt with CTC, at another rate, and reads one line. Nothing is trained there, "
    "and no net that was told every frame stands beside it.",
)
