"""The lesson on CTC: all labels of a few frames are a distribution, and its pictures are of the line."""

import numpy as np
import pytest

from lessons.ctc.paths import labels, paths_of
from lessons.ctc.pictures import seen, through
from lstm_viz.ctc import ctc


@pytest.mark.parametrize("frames", [1, 3, 6])
def test_labels_share_all_of_the_probability_as_ctc_says(frames):
    """Their sum is one, and each is that of the loss."""
    chances = np.tile([0.5, 0.3, 0.2], (frames, 1))
    found = labels(chances)
    assert sum(found.values()) == pytest.approx(1, abs=1e-12)
    for label, p in found.items():
        assert np.exp(-ctc(np.log(chances)[:, :, None], [label]).loss[0]) == pytest.approx(p, abs=1e-12)


def test_too_many_paths_are_refused():
    """Before any is tried."""
    with pytest.raises(ValueError, match="too many"):
        labels(np.full((12, 3), 1 / 3))
    assert paths_of((1, 1), 3, 3) == [(1, 0, 1)]


def test_pictures_hold_probabilities():
    """Chances and shares of every frame add up to one."""
    heat = seen().marks[0]
    assert np.allclose(np.asarray(heat.values)[:6].sum(axis=0), 1)
    for plot in through():
        assert np.allclose(np.asarray(plot.marks[0].values).sum(axis=0), 1)
