"""The lesson on backpropagation by hand: the two sides that it shows, and the judge's own parts."""

import numpy as np
import pytest

from lessons.backprop_by_hand.by_hand import Factors
from lessons.backprop_by_hand.pairs import LINES, PARTNERS, derived, partners, program, side_by_side
from lessons.backprop_by_hand.roads import open_unit, untrained
from lessons.backprop_by_hand.spoiling import ARRAYS, by_hand, problem, worst
from lessons.seen import at


def test_every_line_has_its_partner_on_the_other_side():
    """Each derived line of the LSTM is computed by a line of the program, and the other way round."""
    assert {name for name, _ in derived("lstm")} == set(LINES)
    shown = [line.strip() for line in program()]
    for start in PARTNERS:
        assert sum(line.startswith(start) for line in shown) == 1, start
    assert partners("return dp, dsteps") == ()


def test_the_program_is_shown_without_the_factors():
    """As it would be written if no line were ever spoilt."""
    text = "\n".join(program())
    assert "k." not in text and "Factors" not in text
    assert "do = dh * np.tanh(s.c)" in text and "(1 - s.g**2)" in text


def test_what_is_shown_is_marked_for_pointing():
    """The coupled cell lacks a sum of f; the program is the LSTM's all the same."""
    assert 'class="p-net_f"' in side_by_side("lstm")
    left, _, right = side_by_side("cifg").partition('class="by-hand"')
    assert "p-net_f" not in left and "p-net_f" in right


@pytest.mark.parametrize("line", Factors._fields)
def test_every_line_can_be_spoilt(line):
    """A factor other than 1 in any line changes the gradient and is found by the check."""
    s = problem(2)
    right, wrong = by_hand(s), by_hand(s, Factors(**{line: 0.5}))
    assert any((right[name] != wrong[name]).any() for name in ARRAYS)
    assert worst(2, Factors(**{line: 0.5})) > 1e-3


def test_the_untrained_network_is_the_explorers():
    """Equal to the last digits, run and gradient."""
    shown = at("/?task=adding&left=rnn_tanh&right=lstm&weights=untrained&T=200&hidden=16&seed=3&forget=2")
    trace, full, _ = untrained(16, 3, 2.0)
    mine, theirs = full.signals["c"], shown.runs[1].grads.signals["c"]
    np.testing.assert_allclose(trace.values["h"], shown.runs[1].trace.values["h"], atol=1e-12)
    np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-300)


def test_without_recurrent_weights_only_the_short_road_is_left():
    """One unit whose matrices are 0: what both roads carry on c is what the short one does."""
    both, short = open_unit(0.0)
    assert short == pytest.approx((1 / (1 + np.exp(-5.0))) ** 60)
    assert short <= both < 1.5
