"""Powers of matrices: the radius decides the end, the shear the beginning."""

import numpy as np
import pytest

from lstm_viz.flow.powers import departure, matrix, plane, power_norms, spectrum


@pytest.mark.parametrize("n", [3, 4, 8, 32])
@pytest.mark.parametrize("radius", [0.5, 0.95, 1.0, 1.1])
@pytest.mark.parametrize("shear", [0.0, 2.0])
def test_a_matrix_has_the_radius_asked_for(n, radius, shear):
    its = spectrum(matrix(np.random.default_rng(1), n, radius, shear))
    np.testing.assert_allclose(np.abs(its.eigenvalues), radius, rtol=1e-6)
    assert its.norm == pytest.approx(radius) if not shear else its.norm > radius


def test_norms_are_those_of_the_powers():
    W = matrix(np.random.default_rng(2), 6, 0.9, 1.0)
    wanted = [np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(1, 31)]
    np.testing.assert_allclose(power_norms(W, 30), wanted, rtol=1e-9)


def test_a_normal_matrix_shrinks_at_once_and_a_sheared_one_grows_first():
    normal, sheared = (power_norms(matrix(np.random.default_rng(1), 8, 0.9, s), 300) for s in (0.0, 6.0))
    assert (np.diff(normal) < 0).all() and sheared.max() > 2 * sheared[0] > sheared[-1]


def test_what_overflows_is_infinite():
    assert power_norms(np.array([[1e200]]), 5)[-1] == np.inf


@pytest.mark.parametrize("degrees", [0.0, -45.0, 30.0])
@pytest.mark.parametrize(("radius", "shear"), [(0.9, 10.0), (0.0, 16.0), (1.0, 0.0)])
def test_a_sheared_plane_has_the_spectrum_it_was_given(radius, shear, degrees):
    """Turned or not: the same radius, the same norm, the same departure."""
    W, straight = plane(radius, shear, degrees), np.array([[radius, shear], [0.0, radius]])
    assert spectrum(W).radius == pytest.approx(radius, abs=1e-6)
    assert spectrum(W).norm == pytest.approx(np.linalg.norm(straight, 2))
    assert departure(W) == pytest.approx(shear, abs=1e-6)


def test_a_turned_shear_is_the_counterexample():
    W = plane(0.0, 16.0, -45.0)
    assert W.tolist() == [[8, 8], [-8, -8]] and not (W @ W).any()


def test_a_normal_matrix_departs_from_nothing():
    W = matrix(np.random.default_rng(1), 8, 0.9, 0.0)
    assert departure(W) == pytest.approx(0.0, abs=1e-6)
    assert departure(matrix(np.random.default_rng(1), 8, 0.9, 2.0)) > 0.1
