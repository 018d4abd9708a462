"""The lesson on sequences: its ring gives back what it read after any time, its drawing shows the states."""

import numpy as np
import pytest

from lessons.sequences.nets import RING, held, reading
from lessons.sequences.pictures import READ, portraits, unrolled


@pytest.mark.parametrize("zeros", [0, 3, 10, 47])
def test_the_ring_gives_its_numbers_back_in_order(zeros):
    numbers = np.random.default_rng(2).uniform(-1, 1, RING)
    given, h = held(numbers, zeros, "linear", 0.5)
    assert (given == numbers).all() and h.shape == (RING + zeros, RING)


def test_the_drawing_shows_every_state():
    svg = unrolled().svg
    for value in reading(READ).ravel():
        assert f">{value:.2f}<".replace("-", "−") in svg


def test_walks_end_in_the_middle_or_in_corners():
    ends = [[(line.x[-1], line.y[-1]) for line in plot.marks[:4]] for plot in portraits()]
    assert np.abs(ends[0]).max() < 0.05 and np.abs(ends[1]).min() > 0.95
