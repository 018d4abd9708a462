"""The labeller that ships, at work: one line that the lesson looks at, and 150 that nobody has seen."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_viz.decode import Collapse, best_path, prefix_beam
from lstm_viz.labeller import Labeller, chances, load
from lstm_viz.reading import Reading, reading
from lstm_viz.tasks.strokes import Line, Lines, classes, random_word, together, write

WORD, SEED, LINE = "noon", 1, 1  # the CTC page's line of that word and seed
FRESH_SEED, FRESH, WIDTH = 20, 150, 8


class Read(NamedTuple):
    """A line, its best path, and the chances (T, classes) that it comes from, in logarithms."""

    line: Line
    path: Collapse
    log_probs: np.ndarray


@lru_cache(maxsize=1)
def labeller() -> Labeller:
    """The labeller with all that was kept of its training."""
    return load()


@lru_cache(maxsize=1)
def noon() -> Reading:
    """What it makes of one line after each step that was kept."""
    return reading(labeller(), write(np.random.default_rng([SEED, LINE]), WORD), classes(WORD))


@lru_cache(maxsize=1)
def _fresh() -> tuple[tuple[Line, ...], Lines]:
    rng = np.random.default_rng(FRESH_SEED)
    lines = tuple(write(rng, random_word(rng)) for _ in range(FRESH))
    return lines, together(lines)


def kept(step: int) -> int:
    """Where the weights after a step of training stand among those that were kept."""
    return labeller().meta["steps"].index(step)


@lru_cache(maxsize=20)
def fresh(step: int) -> tuple[Read, ...]:
    """150 lines that neither training nor its test has seen, read after a step of training."""
    lines, batch = _fresh()
    log_probs = chances(labeller().net, labeller().params[kept(step)], batch.x, batch.lengths)
    each = [log_probs[:n, :, b] for b, n in enumerate(batch.lengths)]
    return tuple(Read(line, best_path(p), p) for line, p in zip(lines, each, strict=True))


def searched(log_probs: np.ndarray) -> tuple[int, ...]:
    """The most probable label that a search among eight prefixes finds."""
    return prefix_beam(log_probs, WIDTH)[0][0]
