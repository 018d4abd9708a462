"""A learner's own series of numbers: as a sequence to predict, as a task, and as text for an address."""

import re
from collections.abc import Sequence

import numpy as np

from lstm_viz.tasks import sunspots
from lstm_viz.tasks.number import finite
from lstm_viz.tasks.task import MAX_OWN, MAX_TYPED, MIN_OWN, Batch, InputError, Task, count, quote
from lstm_viz.tasks.window import MIN_DATA, parts, windows

LARGEST = 1e100  # squares must stay finite
TINY = 1e-150  # squares of what is smaller would vanish: it counts as zero
BETWEEN = re.compile(r"\s*[,;]\s*|\s+")


def used(values: Sequence[float]) -> tuple[float, ...]:
    """The part of a series that own_series looks at: its first 201 numbers."""
    return tuple(values[:MAX_OWN])


def own_series(values: Sequence[float]) -> Batch:
    """One sequence: each number, standardised, with the next one as its target (B = 1).

    Mean and standard deviation are those of the used part. InputError for fewer than 6 numbers,
    numbers beyond 1e100, or numbers that are all (nearly) the same.
    """
    numbers = np.array(used(values), dtype=float)
    _check(numbers)
    z = _standardise(numbers)[:, None, None]
    return Batch(z[:-1], z[1:], tuple(f"{value:.4g}" for value in numbers[:-1]))


def _check(numbers):
    if len(numbers) < MIN_OWN:
        raise InputError(f"The series has {count(len(numbers), 'number')}; at least {MIN_OWN} are needed.")
    bad = np.flatnonzero(~(np.abs(numbers) <= LARGEST))
    if len(bad):
        raise InputError(
            f"Number {bad[0] + 1} is {numbers[bad[0]]:g}; "
            f"numbers from {-LARGEST:g} to {LARGEST:g} are allowed."
        )


def _standardise(numbers):
    numbers = np.where(np.abs(numbers) < TINY, 0.0, numbers)
    sd = numbers.std()
    # Rounding alone gives equal numbers a standard deviation of about 1e-16 of their size.
    if sd <= 1e-12 * np.abs(numbers).max():
        raise InputError(
            f"All numbers are {numbers[0]:g}, or so near to it that nothing is left to predict; "
            "the series has to vary."
        )
    return (numbers - numbers.mean()) / sd


def series_task(text: str) -> Task:
    """Predict the next number of this series: its first four fifths train, the last fifth tests.

    It is standardised by its training part. InputError for fewer than 60 numbers, or a series that does
    not vary.
    """
    numbers = np.array(parse_series(text, MAX_TYPED), dtype=float)
    if len(numbers) < MIN_DATA:
        raise InputError(
            f"The series to learn has {count(len(numbers), 'number')}; at least {MIN_DATA} are needed."
        )
    _check(numbers)
    train, test = parts(len(numbers))
    _standardise(numbers[train])
    z = (numbers - numbers[train].mean()) / numbers[train].std()
    edge = float(np.ceil(np.abs(z).max()))
    same = float(np.mean(np.diff(z[test.start - 1 :]) ** 2))

    def drawer(part: slice):
        return lambda rng, T, B, marks=None: _windowed(z, numbers, windows(rng, T, B, part.start, part.stop))

    return sunspots.TASK._replace(
        name="own_series",
        title="Your own series",
        sentence="Predict the next number of your series: watch which states tell a rise from a fall.",
        inputs=("value",),
        outputs=("next value",),
        x_range=(-edge, edge),
        y_range=(-edge, edge),
        draw=drawer(train),
        draw_test=drawer(test),
        baseline=lambda T: (same, "says the same number again"),
        source="a series of the learner's own",
    )


def _windowed(z: np.ndarray, numbers: np.ndarray, index: np.ndarray) -> Batch:
    labels = tuple(f"{numbers[k]:.4g}" for k in index[:-1, 0])
    return Batch(z[index[:-1]][:, None], z[index[1:]][:, None], labels)


def parse_series(text: str, most: int = MAX_OWN) -> tuple[float, ...]:
    """The numbers of a text such as "1,2.5,-3e4", of "1; 2.5", or of a column with a number a line.

    A comma is always between two numbers, never in one.
    InputError for more than 4,000 characters, more than `most` numbers, or anything but finite numbers.
    """
    if len(text) > MAX_TYPED:
        raise InputError(f"The series has {len(text):,} characters; at most {MAX_TYPED:,} are allowed.")
    cells = BETWEEN.split(text.strip())
    if len(cells) > most:
        raise InputError(f"The series has {len(cells)} numbers; at most {most:,} are allowed.")
    values = tuple(map(finite, cells))
    if None in values:
        n = values.index(None)
        found = quote(cells[n]) if cells[n].strip() else "blank"
        raise InputError(
            f"Number {n + 1} of the series is {found}; "
            "finite numbers with commas, semicolons, blanks or new lines between them are allowed, "
            "such as 1,2.5,-3."
        )
    return values


def with_commas(text: str) -> str:
    """A typed series with one comma wherever parse_series sees an end of a number: fit for an address."""
    return BETWEEN.sub(",", text.strip())


def series_text(values: Sequence[float], most: int = MAX_OWN) -> str:
    """The first `most` numbers of a series with 5 significant digits: what parse_series reads."""
    return ",".join(f"{value:.5g}" for value in values[:most])
