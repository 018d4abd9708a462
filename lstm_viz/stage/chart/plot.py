"""A plot as data: two axes with words and bounds that stay, and what is marked between them.

Roles are those of the palette; what is marked has a name, so that colour is never the only cue. Values that
leave an axis are drawn at its edge; nan is a gap.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Axis(NamedTuple):
    """What an axis shows, in words with the unit, from `low` to `high`; both above 0 where it is logarithmic.

    `names` are pairs of a value and what is written there in place of numbers.
    """

    words: str
    low: float
    high: float
    log: bool = False
    names: Sequence[tuple[float, str]] = ()


class Line(NamedTuple):
    """A line through points; `dash` is "", "dash" or "dot", `thin` for one of many."""

    name: str
    role: str
    x: Sequence[float]
    y: Sequence[float]
    dash: str = ""
    thin: bool = False


class Dots(NamedTuple):
    """Points without a line."""

    name: str
    role: str
    x: Sequence[float]
    y: Sequence[float]


class Bars(NamedTuple):
    """Bars from `base` to y, `width` wide on the axis along."""

    name: str
    role: str
    x: Sequence[float]
    y: Sequence[float]
    width: float = 0.7
    base: float = 0.0


class Band(NamedTuple):
    """The room between two lines, or with two points a part of the plot."""

    name: str
    role: str
    x: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


class Rule(NamedTuple):
    """A straight line over the whole plot where x (or with across y) has one value, with a name on it."""

    name: str
    at: float
    across: bool = False
    role: str = "plain"


class Note(NamedTuple):
    """Words at a point; `left` puts them on its left."""

    words: str
    x: float
    y: float
    left: bool = False


class Heat(NamedTuple):
    """A rectangle of values (rows from the bottom up, columns) between the axes' bounds, as colours.

    `role` gives the colour of `high` over the ground at `low`; "signed" runs from one hue at `low` through
    the ground to another at `high`.
    """

    name: str
    role: str
    values: Sequence[Sequence[float]]
    low: float
    high: float
    log: bool = False


Mark = Line | Dots | Bars | Band | Rule | Note | Heat


class Plot(NamedTuple):
    """A plot: its title, its axes, what is marked, and in a sentence what is seen, for who does not see it.

    `tall` is its height as a multiple of the usual.
    """

    title: str
    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    says: str
    tall: float = 1.0


class Ask(NamedTuple):
    """A curve that the reader draws: at these places along, beginning at height `start`."""

    at: Sequence[float]
    start: float
