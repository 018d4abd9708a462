"""Claims: what a lesson states and anybody can run, with what must come out.

An exact claim is computed at once and is the same on every machine up to rounding. A trained one reads the
results of a row of `lstm_viz.papers`, which the row's command makes anew, seed by seed.
"""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from lstm_viz.papers import ALL
from lstm_viz.papers.results import by_arm, read


class Expect(NamedTuple):
    """The bounds, both included, between which a number must lie; `truth`: it stands for true or false."""

    low: float
    high: float
    truth: bool = False


class Exact(NamedTuple):
    """A claim that is computed at once: `run` gives a number for each name in `expected`.

    `statement` is one sentence, `source` who said it first and where (or "this course"), `paper` the number
    printed there, if there is one, `seconds` about how long it takes on one core.
    """

    name: str
    statement: str
    source: str
    expected: Mapping[str, Expect]
    run: Callable[[], Mapping[str, float]]
    paper: str = ""
    seconds: float = 0.1


class Trained(NamedTuple):
    """A claim on trained nets: `of` makes its numbers from those of each arm of a row by seed."""

    name: str
    statement: str
    source: str
    expected: Mapping[str, Expect]
    row: str
    of: Callable[[Mapping[str, list[float]]], Mapping[str, float]]
    paper: str = ""


Claim = Exact | Trained


def about(value: float, part: float = 0.01) -> Expect:
    """Within a part of the value's size."""
    return Expect(value - part * abs(value), value + part * abs(value))


def near(value: float, by: float) -> Expect:
    """No farther than `by`."""
    return Expect(value - by, value + by)


def between(low: float, high: float) -> Expect:
    """From low to high."""
    return Expect(low, high)


def factor(value: float, times: float = 1.5) -> Expect:
    """Up to so many times more or less; for sizes that are told by their power of ten."""
    return Expect(value / times, value * times)


def below(value: float) -> Expect:
    """No more."""
    return Expect(-math.inf, value)


def above(value: float) -> Expect:
    """No less."""
    return Expect(value, math.inf)


def exactly(value: float) -> Expect:
    """Equal, bit for bit."""
    return Expect(value, value)


# What a statement that is true or false gives as its number.
HOLDS = Expect(1.0, 1.0, truth=True)


def measured(claim: Claim) -> dict[str, float]:
    """What comes out: computed here and now, or from the stored results of the claim's row."""
    if isinstance(claim, Exact):
        return {name: float(value) for name, value in claim.run().items()}
    row = ALL[claim.row]
    return {name: float(value) for name, value in claim.of(by_arm(row, read(row))).items()}


def failures(claim: Claim, found: Mapping[str, float]) -> list[str]:
    """A sentence for each number that is missing, unasked for, or not where it should be."""
    wrong = [f"{name} is not measured" for name in claim.expected if name not in found]
    wrong += [
        f"{name} is measured, but nothing is expected of it" for name in found if name not in claim.expected
    ]
    for name, (low, high, _) in claim.expected.items():
        if name in found and not low <= found[name] <= high:
            wrong.append(f"{name} is {found[name]:.6g}, expected from {low:.6g} to {high:.6g}")
    return wrong
