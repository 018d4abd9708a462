"""The lesson on the ConvLSTM: how far a pixel sees with any kernels, and what the picture shows."""

import numpy as np
import pytest

from lessons.convlstm.dots import heard
from lessons.convlstm.experiments import REACH, SIZE, STEPS, age
from lessons.convlstm.pictures import seen
from lstm_viz.stage.chart import Dots, Heat


@pytest.mark.parametrize("reach", REACH.values())
def test_news_travels_by_the_reach_of_the_kernels(reach):
    """A pixel at distance d is heard of after the frames that it takes, on top of the input's one pixel."""
    ages, row, column = age(heard(reach, 3, 7, SIZE, STEPS)), 3, 7
    for r, c in np.ndindex(SIZE, SIZE):
        away = max(abs(r - row), abs(c - column), 1) - 1
        frames = -(-away // reach) if reach else (0 if away == 0 else STEPS)
        if frames < STEPS:
            assert ages[r, c] == frames
        else:
            assert np.isnan(ages[r, c])


def test_the_picture_marks_what_the_text_says():
    """The gate is lowest where the dot was, the cell state highest where it will be."""
    for plot, pick in zip(seen(), (np.argmin, np.argmax), strict=True):
        heat = next(m for m in plot.marks if isinstance(m, Heat))
        dot = [m for m in plot.marks if isinstance(m, Dots)][1]
        row, column = divmod(int(pick(heat.values)), 8)
        assert (column + 1, row + 1) == (dot.x[0], dot.y[0])
