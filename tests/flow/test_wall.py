"""Error surfaces: right by hand and by differences, with walls that clipping survives."""

import numpy as np
import pytest

from lstm_viz.flow.wall import LOGISTIC, TANH, descent, descents, surface

BY_HAND = {
    LOGISTIC: lambda w, b, x: w / (1 + np.exp(-x)) + b,
    TANH: lambda w, b, x: np.tanh(w * x + b),
}
LANDS = pytest.mark.parametrize("land", BY_HAND)


@LANDS
def test_the_loss_is_the_recurrence(land):
    w, b = np.meshgrid([0.5, 2.0, 5.0], [-2.0, 0.1])
    x = np.full(w.shape, land.begin)
    for _ in range(land.steps):
        x = BY_HAND[land](w, b, x)
    np.testing.assert_allclose(surface(land, w, b).loss, (x - land.target) ** 2, rtol=1e-9)


@LANDS
def test_the_slopes_are_those_of_the_surface(land):
    w, b, eps = np.array([1.1, 3.0]), np.array([0.1, -2.0]), 1e-6
    at = surface(land, w, b)
    dw = (surface(land, w + eps, b).loss - surface(land, w - eps, b).loss) / (2 * eps)
    db = (surface(land, w, b + eps).loss - surface(land, w, b - eps).loss) / (2 * eps)
    np.testing.assert_allclose(at.dw, dw, rtol=1e-4, atol=1e-8)
    np.testing.assert_allclose(at.db, db, rtol=1e-4, atol=1e-8)


def test_a_surface_has_a_wall():
    w, b = np.meshgrid(np.linspace(0.8, 2.0, 121), np.linspace(-0.6, 0.4, 101))
    at = surface(TANH, w, b)
    norm = np.hypot(at.dw, at.db)
    assert norm.max() > 1000 * np.median(norm)


def test_a_wall_throws_a_plain_step_and_not_a_clipped_one():
    plain, clipped = (descent(TANH, (1.3, 0.1), 0.2, limit, 200) for limit in (0.0, 0.5))
    longest = [np.hypot(*np.diff(way, axis=0).T).max() for way in (plain, clipped)]
    assert longest[1] <= 0.1 + 1e-12 < 1 < longest[0]
    ends = [surface(TANH, way[-1:, 0], way[-1:, 1]).loss[0] for way in (plain, clipped)]
    assert ends[1] < ends[0]


def test_several_limits_at_once_are_the_same_descents():
    """An exploding one ends by itself and does not hold up the others."""
    limits = (0.0, 0.5, 1.0)
    for land, start, rate in ((TANH, (1.3, 0.1), 0.2), (LOGISTIC, (6.0, -2.0), 0.5)):
        together = descents(land, start, rate, limits, 30)
        for way, limit in zip(together, limits, strict=True):
            np.testing.assert_allclose(way, descent(land, start, rate, limit, 30), rtol=1e-8)
