"""The lesson on the carousel: the pulls at its door are slopes of its error, its factor is the engine's."""

import numpy as np
import pytest

from lessons.carousel.door import PLACE, SPREAD, fixed, spikes, told
from lessons.carousel.units import factor
from lessons.plain import jacobians, net, states


def test_the_pulls_are_minus_the_slopes_of_the_error():
    x = np.random.default_rng(1).uniform(-1, 1, (6, 50))
    weights, eps = np.linspace(0.1, 0.6, 6), 1e-6
    for k in range(6):
        up, down = weights + eps * np.eye(6)[k], weights - eps * np.eye(6)[k]
        slope = (told(up, x).error - told(down, x).error) / (2 * eps)
        assert told(weights, x).pulls[k] == pytest.approx(-slope, rel=1e-6)


def test_spikes_have_the_mean_squares_of_random_numbers():
    x = spikes(7)
    np.testing.assert_allclose(x @ x.T / x.shape[1], SPREAD * np.eye(7), atol=1e-15)


def test_a_door_has_one_weight_or_two():
    assert (fixed(0.3) == 0.3).all()
    assert fixed(1.0, 0.2)[PLACE] == 1.0 and (np.delete(fixed(1.0, 0.2), PLACE) == 0.2).all()


def test_the_factor_of_the_picture_is_that_of_the_engine():
    n = net("tanh", [[1.7]])
    h = states(n, np.zeros(4), [0.6])[1:, 0]
    np.testing.assert_allclose(factor(1.7, h), jacobians(n, np.zeros(4), [0.6])[:, 0, 0], rtol=1e-12)
