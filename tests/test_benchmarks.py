"""The benchmarks' table: new rows replace the old ones of that name, all else in the file stays."""

import pytest

from benchmarks.row import Row, spread
from benchmarks.table import BEGIN, END, README, line, merged

KEYS = Row("keys", "p95 <= 20 ms", "p50 9, p95 17 ms", True, "22 ms")
OPEN = Row("open", "<= 1.8 s", "p50 1.9, p95 2.1 s", False, "")
EMPTY = f"Before.\n{BEGIN}\n{END}\n\nAfter.\n"


def test_a_missed_target_says_so():
    """A row names the target, what was reached, and whether that is enough."""
    assert line(KEYS) == "| keys | p95 <= 20 ms | p50 9, p95 17 ms | 22 ms |"
    assert "**missed:** p50 1.9" in line(OPEN)


def test_rows_that_were_not_run_stay():
    """A later run of one benchmark changes its own rows alone, and not the prose."""
    both = merged(EMPTY, [KEYS, OPEN], "Last run: a.")
    again = merged(both, [OPEN._replace(reached="p50 1.2, p95 1.3 s", met=True)], "Last run: b.")
    assert line(KEYS) in again and "p95 1.3 s" in again and "missed" not in again
    assert again.startswith("Before.\n") and again.endswith(f"{END}\n\nAfter.\n")
    assert again.count("| what |") == 1 and "Last run: a." not in again


def test_the_readme_can_take_a_table():
    """Its markers stand there once, in order."""
    text = README.read_text("utf-8")
    assert text.count(BEGIN) == text.count(END) == 1 and text.index(BEGIN) < text.index(END)


def test_the_tail_is_not_cut():
    """One slow sample of twenty is in the 95th percentile's reach and is the worst."""
    assert spread([1] * 19 + [100]) == pytest.approx((1, 5.95, 100))
