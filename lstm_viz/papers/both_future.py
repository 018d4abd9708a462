"""What comes later: an answer that needs an input of three steps ago and one of three steps ahead."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import numpy as np

from lstm_viz.layers import start_layers
from lstm_viz.library import LIBRARY
from lstm_viz.papers.loop import descended
from lstm_viz.papers.readers import gradients_of, named, read
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.training.measure import TEST_SEED
from lstm_viz.training.spec import START

STEPS, AWAY, TESTS, CEILING = 30, 3, 1000, 75.0  # steps of a sequence, steps either way; sequences; per cent


class Reader(NamedTuple):
    """A net that says at each step, or `delay` steps after it, whether the two numbers' sum is above 0."""

    hidden: int
    both: bool
    delay: int = 0
    steps: int = 600
    batch: int = 32
    rate: float = 0.03


BOTH = Reader(8, True)
ONE = Reader(12, False)  # about as many weights in one direction as 8 in each of two
ARMS = {"one direction": ONE, "one, 3 steps later": ONE._replace(delay=AWAY), "both directions": BOTH}


def draw(rng: np.random.Generator, how: Reader, B: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers x (T, 1, B) from a normal distribution, what is right (T, B), 0 or 1, and where it counts (T,).

    Beyond both ends nothing is known, so AWAY steps at either end do not count; T is longer by the delay.
    """
    x = rng.standard_normal((STEPS, 1, B))
    right, counts = np.zeros((STEPS + how.delay, B), int), np.zeros(STEPS + how.delay, bool)
    sums = x[: -2 * AWAY, 0] + x[2 * AWAY :, 0]
    inner = slice(AWAY + how.delay, STEPS - AWAY + how.delay)
    right[inner], counts[inner] = sums > 0, True
    return np.concatenate([x, np.zeros((how.delay, 1, B))]), right, counts


def gradients(how: Reader, params: dict, rng: np.random.Generator) -> dict:
    """Of the cross-entropy over the steps that count of one batch."""
    x, right, counts = draw(rng, how, how.batch)
    lengths = np.full(how.batch, len(x))
    reading = read(params, x, lengths)
    return gradients_of(params, reading, named(reading.y, right, lengths) * counts[:, None, None], lengths)


def per_cent(how: Reader, seed: int) -> float:
    """Per cent of right answers of the trained net on fresh sequences."""
    rng = np.random.default_rng([seed, START])
    first = start_layers(LIBRARY["lstm"], 1, how.both, 1, 2, how.hidden, rng)[1]
    params = descended(first, partial(gradients, how), how.steps, how.rate, seed)
    x, right, counts = draw(np.random.default_rng(TEST_SEED), how, TESTS)
    said = read(params, x, np.full(TESTS, len(x))).y.argmax(axis=1)
    return 100 * float((said == right)[counts].mean())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Both directions above what one can reach, and one at its ceiling."""
    both, one = numbers["both directions"], numbers["one direction"]
    return grade(min(both) > 90 and max(one) < CEILING + 1, min(both) > CEILING + 1)


ROW = Row(
    name="both_future",
    title="What comes later",
    paper=Paper(
        source="Graves & Schmidhuber 2005, Framewise phoneme classification with bidirectional LSTM",
        claim="A net that reads in both directions can use what comes later; one that reads in one cannot.",
        number="in words alone: bidirectional networks “outperform unidirectional ones”",
        sure="notes",
    ),
    ours=Ours(
        setup=f"Is the number of {AWAY} steps ago plus that of {AWAY} steps later above 0? {STEPS} normal "
        f"numbers a sequence; {BOTH.hidden} LSTM units in each of two directions, or {ONE.hidden} in one; "
        f"{BOTH.steps} updates of {BOTH.batch} sequences, Adam at {BOTH.rate} with a cosine schedule.",
        unit=f"% of right answers on {TESTS:,} fresh sequences; the ceiling without the future is 75",
        arms=ARMS,
        run=per_cent,
        criterion="With both directions more than 90 with every seed, with one no more than 76; in part, if "
        "at least both directions are above 76 with every seed.",
        verdict=verdict,
        better="more",
    ),
    opens="lessons?lesson=both_directions",
    opened="The lesson on both directions, where the three are trained.",
)
