"""What the library says of a cell beyond its equations."""

from typing import NamedTuple


class Signal(NamedTuple):
    """A named signal in words: its role (which decides its colour), its name, what it says, its symbol."""

    role: str
    name: str
    meaning: str
    symbol: str


class Variant(NamedTuple):
    """A member of the family as data.

    `start` holds the parameters that do not start at random, `forget` the bias that decides how long
    the cell remembers (none in a cell without one). `places` gives, for every operation to be drawn, its
    position in the picture (and, where the rule does not fit, the offset of its strip of values); an
    operation without a place is drawn as part of the one that uses it. `via` bends the wires of a source.
    """

    name: str
    title: str
    year: int
    source: str
    sentence: str
    equations: str
    signals: dict[str, Signal]
    places: dict[str, tuple[float, ...]]
    via: dict[str, tuple[tuple[float, float], ...]] = {}
    start: dict[str, float] = {}
    forget: str = ""
