"""The lesson on vanishing gradients: its ball rolls as flow.wall's does, its presets are what they say."""

import numpy as np
import pytest

from lessons.vanishing.ball import LIMIT, MOVES, RATE, START, roll
from lessons.vanishing.experiments import CASES, recurrent
from lessons.vanishing.pictures import tens
from lstm_viz.flow.powers import spectrum
from lstm_viz.flow.wall import TANH, descent, surface


@pytest.mark.parametrize("limit", [0.0, LIMIT])
def test_the_ball_rolls_as_plain_descent_does(limit):
    way, slow = roll(START, RATE, limit, 12), descent(TANH, START, RATE, limit, 12)
    np.testing.assert_allclose(way.places, slow, rtol=1e-8)
    np.testing.assert_allclose(way.errors, surface(TANH, *slow.T).loss, rtol=1e-8)


def test_a_ball_that_is_lost_stops():
    assert len(roll(START, 1e9, 0.0, MOVES).errors) < MOVES


@pytest.mark.parametrize("name", [name for name in CASES if name != "Radius 0"])
def test_a_preset_has_the_radius_that_it_names(name):
    case = CASES[name]
    assert spectrum(recurrent(case.units, case.radius, case.shear, 1)).radius == pytest.approx(case.radius)


def test_powers_of_ten_are_written_out():
    given = (1.77e-15, 0.739, 1.0, 9.6e-31, 13780.0)
    assert [tens(v) for v in given] == ["2·10⁻¹⁵", "0.74", "1", "10⁻³⁰", "10⁴"]
