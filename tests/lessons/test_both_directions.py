"""The readers of the lesson on both directions: nudged by hand they answer as the gradient says."""

import numpy as np
import pytest

from lessons.both_directions.experiments import nudged
from lessons.both_directions.nets import STEPS, answers, numbers, touch
from lstm_viz.papers.both_future import AWAY, BOTH, ONE, draw


@pytest.mark.parametrize(("depth", "both"), [(1, False), (1, True), (3, True)])
def test_the_gradient_is_what_a_nudge_does(depth, both):
    """By central differences at two inputs."""
    x, by = numbers(2), 1e-5
    for s in (3, 21):
        up, down = x.copy(), x.copy()
        up[s] += by
        down[s] -= by
        moved = np.abs(answers(depth, both, 2, up) - answers(depth, both, 2, down)) / (2 * by)
        assert np.allclose(moved, touch(depth, both, 2)[s], rtol=1e-5, atol=1e-10)


def test_what_cannot_change_an_answer_is_a_gap():
    """And not a number at the edge."""
    plot = nudged(touch(1, False, 1)[:, 9], 10)
    assert np.isnan(plot.marks[0].y).sum() == STEPS - 10


@pytest.mark.parametrize("how", [ONE, BOTH, ONE._replace(delay=2)])
def test_the_task_asks_for_both_numbers(how):
    """Where it counts, and as much later as the net may wait."""
    x, right, counts = draw(np.random.default_rng(1), how, 5)
    for t in np.flatnonzero(counts):
        s = t - how.delay
        assert np.array_equal(right[t], (x[s - AWAY, 0] + x[s + AWAY, 0] > 0).astype(int))
    assert len(x) == len(right) == len(counts) == STEPS + how.delay
    assert counts.sum() == STEPS - 2 * AWAY
