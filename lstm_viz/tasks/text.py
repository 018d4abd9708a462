"""Text: the next character of Alice's Adventures in Wonderland.

The first 90 % of the book train, the last 10 % test.
"""

from functools import cache

import numpy as np

from lstm_viz.tasks.alphabet import NAMES, encode
from lstm_viz.tasks.one_hot import one_hot
from lstm_viz.tasks.task import Batch, Task
from lstm_viz.tasks.window import read_data, windows


@cache
def codes() -> np.ndarray:
    """The book as codes of its symbols, read-only."""
    book = encode(read_data("alice.txt"))
    book.setflags(write=False)
    return book


def draw(rng: np.random.Generator, T: int, B: int, marks=None) -> Batch:
    """Random windows of the training part. InputError for a T below 5 or longer than the part."""
    return next_symbols(codes()[windows(rng, T, B, 0, _test_start())])


def draw_test(rng: np.random.Generator, T: int, B: int, marks=None) -> Batch:
    """Random windows of the test part. InputError for a T below 5 or longer than the part."""
    return next_symbols(codes()[windows(rng, T, B, _test_start(), len(codes()))])


def next_symbols(window: np.ndarray) -> Batch:
    """Codes (T + 1, B) as T inputs, each with the symbol that follows it as the target."""
    hot = one_hot(window, len(NAMES))
    return Batch(hot[:-1], hot[1:], tuple(NAMES[code] for code in window[:-1, 0]))


def _test_start():
    return len(codes()) * 9 // 10


def chances(train: np.ndarray) -> np.ndarray:
    """The chance of each next symbol after each symbol, counted in these codes."""
    # One is added to every count: a pair that the training part lacks must not cost infinitely much.
    counts = np.ones((len(NAMES), len(NAMES)))
    np.add.at(counts, (train[:-1], train[1:]), 1)
    return counts / counts.sum(axis=1, keepdims=True)


@cache
def _pairs() -> np.ndarray:
    return chances(codes()[: _test_start()])


def pair_bits(symbols: np.ndarray, pairs: np.ndarray | None = None) -> float:
    """Bits per character that a table of pairs, of the book's training part if none is given, needs."""
    table = _pairs() if pairs is None else pairs
    return float(-np.log2(table[symbols[:-1], symbols[1:]]).mean())


@cache
def _baseline() -> float:
    return pair_bits(codes()[_test_start() :])


def baseline(T: int) -> tuple[float, str]:
    """The bits per character of the training part's pair counts, measured on the test part."""
    return _baseline(), "knows only the current character"


TASK = Task(
    name="text",
    title="Text",
    sentence="Predict the next character of a book: "
    "watch which states change at a blank, and which inside a quotation.",
    inputs=NAMES,
    outputs=NAMES,
    loss="cross-entropy",
    when="every",
    measure="bits per character",
    x_range=(0.0, 1.0),
    y_range=(0.0, 1.0),
    draw=draw,
    draw_test=draw_test,
    baseline=baseline,
    source="Lewis Carroll 1865, Alice's Adventures in Wonderland; next-character prediction after "
    "Sutskever, Martens and Hinton 2011, Generating text with recurrent neural networks",
)
