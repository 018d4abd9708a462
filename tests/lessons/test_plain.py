"""Plain networks set by hand: their Jacobians are those of the whole way, turns and rings keep lengths."""

import numpy as np
import pytest

from lessons.plain import CELLS, jacobians, net, ring, states, turn
from lstm_viz.flow.jacobians import jacobians as through_time
from lstm_viz.flow.jacobians import running


@pytest.mark.parametrize("kind", CELLS)
def test_the_product_of_the_steps_is_the_jacobian_of_the_way(kind):
    rng = np.random.default_rng(1)
    n = net(kind, rng.normal(size=(3, 3)), rng.normal(size=(3, 2)), rng.normal(size=3))
    x, start = rng.normal(size=(5, 2)), rng.normal(size=3)
    whole = np.linalg.multi_dot(jacobians(n, x, start)[::-1])
    params = {"W_h": n.W, "U_h": n.U, "b_h": n.b[:, None]}
    np.testing.assert_allclose(
        whole,
        through_time(CELLS[kind], params, x[:, :, None], "h", {"h": start[:, None]})["h"][0],
        rtol=1e-12,
        atol=1e-15,
    )


def test_the_norms_are_those_of_the_products():
    J = np.random.default_rng(2).normal(size=(3, 2, 2))
    np.testing.assert_allclose(running(J)[-1], np.linalg.norm(J[2] @ J[1] @ J[0], 2))


def test_turns_and_rings_keep_lengths_and_come_back():
    for U in (turn(30), ring(5)):
        np.testing.assert_allclose(U @ U.T, np.eye(len(U)), atol=1e-15)
    assert (states(net("linear", ring(5)), np.zeros(5), [1, 2, 3, 4, 5])[[0, -1]] == [1, 2, 3, 4, 5]).all()
    np.testing.assert_allclose(np.linalg.matrix_power(turn(30, 0.9), 12), 0.9**12 * np.eye(2), atol=1e-15)
