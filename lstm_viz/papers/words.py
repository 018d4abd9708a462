"""Numbers of the rows in words, the same on the page and in the terminal."""

import re
from statistics import median

from lstm_viz.papers.row import Row


def year(row: Row) -> int:
    """The year of the paper: the first in its source."""
    return int(re.search(r"\b(?:19|20)\d\d\b", row.paper.source)[0])


def number(value: float) -> str:
    """A number as it is read aloud: three digits, and thousands in full."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:.3g}"


def spread(values: list[float]) -> str:
    """The median and the range."""
    return f"median {number(median(values))}, from {number(min(values))} to {number(max(values))}"


def duration(total: float) -> str:
    """Seconds, from a minute on as minutes and seconds."""
    minutes, rest = divmod(round(total), 60)
    return f"{minutes} min {rest} s" if minutes else f"{total:.0f} s" if total >= 10 else f"{total:.1f} s"
