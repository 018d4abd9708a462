"""What a terminal shows while a network learns: one line that changes, or a few lines in a file."""

import sys
from typing import NamedTuple, TextIO


class Screen(NamedTuple):
    """Where progress is shown; `live` where a line can be overwritten."""

    stream: TextIO
    live: bool


def screen() -> Screen:
    """The terminal, or the file or pipe in its place."""
    return Screen(sys.stdout, sys.stdout.isatty())


def show(screen: Screen, line: str, last: bool = False) -> None:
    """Write a line: over the one before on a terminal, below it elsewhere."""
    start, end = ("\r\x1b[K", "\n" if last else "") if screen.live else ("", "\n")
    print(f"{start}{line}", end=end, file=screen.stream, flush=True)


def clock(seconds: float) -> str:
    """A duration as minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def left(elapsed: float, share: float) -> str:
    """The time left when a share of the work is done."""
    return f"{clock(elapsed * (1 - share) / share)} left" if share > 0 else "starting"
