"""The hand-set cell of the lesson on 1997, beyond what it claims."""

import numpy as np
import pytest

from lessons.cell_1997.cells import ADDER, DRIFT, LATCH, SHUT, STEPS, play, returned
from lessons.cell_1997.counts import NETS, counted
from lessons.cell_1997.experiments import arrivals, said


def test_a_wider_input_gate_leaks():
    """The latch forgets its 0.8 when its input gate stands half open."""
    (knobs, requests) = LATCH
    held = [
        abs(play(knobs._replace(b_i=b), requests).values["c"][-1, 0, 0] - 0.664) for b in (-10.0, -6.0, 0.0)
    ]
    assert held[0] < 0.001 < held[1] < held[2]


@pytest.mark.parametrize("preset", [LATCH, ADDER, DRIFT])
def test_the_caption_tells_where_the_state_ends(preset):
    """And that it has left the picture, where it has."""
    trace = play(*preset)
    c = trace.values["c"][:, 0, 0]
    assert f"ends at {c[-1]:.3f}" in said(trace)
    assert ("left the picture" in said(trace)) == bool((np.abs(c) > 3).any())


def test_a_shut_output_gate_sends_nothing_back():
    """What is never shown has no error."""
    knobs, requests = LATCH
    assert np.abs(returned(play(knobs._replace(**SHUT), requests))).max() < 1e-25


def test_one_bias_more_breaks_the_count():
    """The rule could have come out otherwise."""
    assert all(counted(net._replace(biases=net.biases + 1)) != net.printed for net in NETS)


def test_the_chosen_seed_stands_out_among_eight():
    """Seven thin lines and one with a name, over all steps."""
    lines = arrivals("full", 3).marks
    assert [line.thin for line in lines] == [True] * 7 + [False] and lines[-1].name == "seed 3"
    assert len(lines[-1].y) == STEPS
