"""Reach and norms on curves made by hand."""

import numpy as np
import pytest

from lstm_viz.flow import FLOAT32_TINY, REACH, log10, norms, reach

REACHES = {
    "constant": ([1, 1, 1, 1], 3),
    "grows towards the start": ([1e9, 1e6, 1e3, 1], 3),
    "drops at once": ([0, 0, 0, 1], 0),
    "all below but the last": ([0.009, 0.009, 0.009, 1], 0),
    "drops after two steps": ([1e-5, 1e-4, 0.02, 0.5, 1], 2),
    "exactly at the share": ([0, 0.01, 0.01, 1], 2),
    "falls and comes back": ([1, 1, 0.001, 1, 1], 1),
    "zero at the end": ([1, 1, 0], 0),
    "zero everywhere": ([0, 0, 0], 0),
    "one step": ([5], 0),
    "tiny, but constant": ([1e-300] * 5, 4),
    "infinite at the start": ([np.inf, 2, 1], 2),
}


@pytest.mark.parametrize("name", REACHES)
def test_how_far_back_a_curve_reaches(name):
    """The steps back from the end before the curve first falls below a hundredth of its last value."""
    curve, steps = REACHES[name]
    assert reach(np.array(curve, dtype=float)) == steps
    assert isinstance(reach(np.array(curve, dtype=float)), int)


@pytest.mark.parametrize(("share", "steps"), [(0.5, 1), (0.25, 2), (0.1, 3), (0.01, 4)])
def test_another_share(share, steps):
    """Halved at each step back: the smaller the share, the longer the reach."""
    assert reach(0.5 ** np.arange(4, -1, -1.0), share) == steps


def test_the_share_is_one_percent():
    """As the page says."""
    assert REACH == 0.01


def test_norms():
    """The Euclidean length over the rows at each step, all sequences together."""
    gradient = np.array([[[3.0], [4.0]], [[0.0], [0.0]], [[-1.0], [0.0]]])
    np.testing.assert_array_equal(norms(gradient), [5, 0, 1])
    np.testing.assert_allclose(norms(np.ones((2, 3, 4))), np.sqrt([12, 12]))


def test_the_logarithm_of_nothing():
    """-inf where a norm is zero, without a warning (warnings are errors here)."""
    np.testing.assert_array_equal(log10(np.array([0.0, 1.0, 1e-3])), [-np.inf, 0, -3])


def test_where_float32_ends():
    """The smallest normal number."""
    assert pytest.approx(1.1754944e-38, rel=1e-7) == FLOAT32_TINY
