"""What the library says of a cell beyond its equations."""

from typing import NamedTuple


class Signal(NamedTuple):
    """A named signal in words: its role (which decides its colour), its name, what it says, its symbol."""

    role: str
    name: str
    meaning: str
    symbol: str


class Legendre(NamedTuple):
    """A fixed matrix of the Legendre memory: "A" or "B", "zoh" or "euler", the window θ in steps."""

    matrix: str
    method: str
    window: float


class Chrono(NamedTuple):
    """A gate's bias for memories of 1 to `longest` steps, spread evenly over the units; `sign` is 1 or -1.

    sign · log(1 … longest - 1), Tallec & Ollivier 2018, equation 16, at quantiles in place of random draws.
    """

    sign: int
    longest: int


# How a parameter starts: at a number, as the "identity", "orthogonal", or as one of the above.
Start = float | str | Legendre | Chrono


class Variant(NamedTuple):
    """A member of the family as data.

    `places` gives, for every operation to be drawn, its position in the picture (and, where the rule does
    not fit, the offset of its strip of values); an operation without a place is drawn as part of the one
    that uses it. `via` bends the wires of a source, or one alone (“c > o”). `start` holds the parameters
    that do not start at random, `forget` the bias that decides
    how long the cell remembers (none in a cell without one), `initial` the states that do not start at zero,
    `sizes` what is not as large as the rest, `fixed` the parameters that training leaves alone. `parents`
    are the variants it grew from, `adds` is what it changed. In a `depth` cell a step is a layer, with
    weights of its own.
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
    start: dict[str, Start] = {}
    forget: str = ""
    initial: dict[str, float] = {}
    sizes: dict[str, int] = {}
    fixed: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    adds: str = ""
    depth: bool = False
