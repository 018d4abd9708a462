"""How much is measured: enough for a 95th percentile, or a few of each to see that the tool works."""

from typing import NamedTuple


class Counts(NamedTuple):
    """Presses an arrow and mode, pointer moves a mode, changes, openings a kind; sessions and seconds;
    the seconds of a contest between engines."""

    presses: int
    moves: int
    changes: int
    openings: int
    sessions: int
    seconds: int
    contest: float


FULL = Counts(presses=120, moves=240, changes=60, openings=7, sessions=60, seconds=60, contest=3.0)
QUICK = Counts(presses=20, moves=60, changes=6, openings=2, sessions=10, seconds=10, contest=0.2)
