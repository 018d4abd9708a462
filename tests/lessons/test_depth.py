"""The lesson on depth: the nets as they start, and highway layers that are shut after training."""

import pytest

from lessons.depth.nets import ROTATIONS, profile
from lstm_viz.papers.depth_layers import FIFTY, ROTATED, ROW, Shut, measured
from lstm_viz.papers.highway_2015 import wrong
from lstm_viz.papers.row import CONFIRMED, IN_PART, NOT_CONFIRMED

# Its gates half open from the start, so that it needs its layers.
SMALL = FIFTY._replace(layers=4, steps=300, starts=(("b_T", 0.0),))


def test_a_profile_begins_at_the_top():
    """The gradient is told beside that at the last layer, the signal beside the input."""
    p = profile("residual", 10)
    assert len(p.gradient) == len(p.signal) == 10 and p.gradient[-1] == 1
    assert p.gradient[0] > 1 and p.signal[-1] > 1


def test_rotations_keep_more_than_other_plain_layers():
    """As they start; and carrying layers that never carry are plain ones, or nearly."""
    assert profile("plain_deep", 50, ROTATIONS).gradient[0] > 1e6 * profile("plain_deep").gradient[0]
    assert profile("highway", 20, (("b_T", 30.0),)).gradient[0] < 1e-3


def test_what_shutting_costs():
    """One layer's cost is counted from the net as trained; with all of them shut it is the whole error."""
    one, every, none = measured(Shut(SMALL, False), 1), measured(Shut(SMALL, True), 1), wrong(SMALL, 1)
    assert 0 < one < every - none and every > 2 * none


def test_rotations_are_trained_as_the_other_nets():
    """The same arm as in the row of 2015, but for its start."""
    assert measured(ROTATED._replace(layers=2, steps=2), 1) == wrong(ROTATED._replace(layers=2, steps=2), 1)


@pytest.mark.parametrize(
    "numbers, found",
    [
        ((80, 5, 0.2, 10), CONFIRMED),
        ((80, 15, 0.2, 10), IN_PART),
        ((80, 5, 3.0, 10), IN_PART),
        ((60, 5, 0.2, 10), NOT_CONFIRMED),
    ],
)
def test_the_verdict(numbers, found):
    """Twenty plain layers fail; fifty rotations learn; no layer is missed."""
    assert ROW.ours.verdict({arm: [v] for arm, v in zip(ROW.ours.arms, numbers, strict=True)}) == found
