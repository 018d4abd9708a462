"""Jacobians against central differences, and the two counterexamples to the spectral radius rule."""

import numpy as np
import pytest

from lstm_viz.cell import parse
from lstm_viz.engine import run
from lstm_viz.flow.jacobians import between, jacobians, running, steps, transitions
from lstm_viz.library import LIBRARY
from lstm_viz.network import start


def example(name, H=3, T=5):
    variant = LIBRARY[name]
    cell, rng = parse(variant.equations), np.random.default_rng(1)
    params = {n: p for n, p in start(variant, 2, 1, H, rng).items() if n in cell.params}
    return cell, params, rng.normal(size=(T, 2, 1))


@pytest.mark.parametrize("name", ["rnn_tanh", "lstm", "gru_reset_before", "peephole_gers"])
def test_the_first_states_jacobian_is_what_a_small_change_does(name):
    cell, params, x = example(name)
    found, eps = jacobians(cell, params, x), 1e-6
    for s in cell.states:
        for unit in range(3):
            ends = []
            for sign in (1, -1):
                begin = np.zeros((3, 1))
                begin[unit] = sign * eps
                ends.append(run(cell, params, x, {s: begin}).values["h"][-1, :, 0])
            np.testing.assert_allclose(found[s][0][:, unit], (ends[0] - ends[1]) / (2 * eps), atol=1e-8)


def test_the_last_states_jacobian_is_one():
    cell, params, x = example("lstm")
    np.testing.assert_array_equal(jacobians(cell, params, x)["h"][-1], np.eye(3))


def test_radius_zero_can_explode():
    """W = [[8, 8], [-8, -8]] squares to 0, yet held at (0, artanh 1/2) the Jacobian has the eigenvalue 2."""
    cell = parse("h = tanh(U @ h_prev + b + V @ x)")
    W, at = np.array([[8.0, 8.0], [-8.0, -8.0]]), np.tanh([[0.0], [np.arctanh(0.5)]])
    params = {"U": W, "V": np.zeros((2, 1)), "b": np.arctanh(at) - W @ at}
    assert not (W @ W).any()
    norms = steps(jacobians(cell, params, np.zeros((20, 1, 1)), initial={"h": at})["h"])[::-1]
    assert norms[1] < norms[2] < norms[5] < norms[10] and norms[20] > 1e6


def test_radius_above_one_can_vanish():
    """A tanh unit with w = 5 and an input of 0.3 saturates: after 100 steps nothing is left."""
    cell = parse("h = tanh(U @ h_prev + b + V @ x)")
    params = {"U": np.array([[5.0]]), "V": np.zeros((1, 1)), "b": np.array([[0.3]])}
    assert steps(jacobians(cell, params, np.zeros((100, 1, 1)))["h"])[0] < 1e-100


def drawn(name, T=7, H=3):
    """A library cell with random weights and a random sequence."""
    variant, rng = LIBRARY[name], np.random.default_rng(3)
    cell = parse(variant.equations)
    params = {n: p for n, p in start(variant, 2, 1, H, rng).items() if n in cell.params}
    return cell, params, rng.normal(size=(T, 2, 1)), variant.initial


@pytest.mark.parametrize("name", ["rnn_tanh", "lstm", "gru_reset_after", "peephole_gers"])
def test_products_of_single_steps_are_the_jacobians_of_the_whole(name):
    """The chain rule, step by step, gives what backpropagation gives at once, in every state."""
    cell, params, x, initial = drawn(name)
    found, whole = transitions(cell, params, x, initial), jacobians(cell, params, x, "h", initial)
    product = np.eye(len(found.matrices[0]))
    for t in range(len(x), 0, -1):
        product = product @ found.matrices[t - 1]
        rows = product[found.rows["h"]]
        np.testing.assert_allclose(rows[:, found.rows["h"]], whole["h"][t - 1], atol=1e-14)


def test_transitions_are_the_same_in_parts_of_a_batch(monkeypatch):
    cell, params, x, initial = drawn("lstm")
    whole = transitions(cell, params, x, initial).matrices
    monkeypatch.setattr("lstm_viz.flow.jacobians.COLUMNS", 10)
    np.testing.assert_array_equal(transitions(cell, params, x, initial).matrices, whole)


def test_transitions_read_the_time_between_inputs():
    cell, params, x, initial = drawn("tlstm")
    one, three = (transitions(cell, params, x, initial, np.full((7, 1, 1), dt)).matrices for dt in (1.0, 3.0))
    assert np.abs(one - three).max() > 1e-3


def test_an_exploding_lstm_is_the_one_that_was_measured():
    """One unit at rest, gates open, 60 steps, experiments of the gradient lab: 6e17, 2e28, 5e41, 1e57."""
    cell = parse(LIBRARY["lstm"].equations)
    for weight, wanted in ((1, 6e17), (2, 2e28), (4, 5e41), (8, 1e57)):
        params = {n: np.full((1, 1), float(weight) * (n[0] == "U")) for n in cell.params}
        params |= {f"b_{gate}": np.full((1, 1), 5.0) for gate in "fio"}
        norms = running(transitions(cell, params, np.zeros((60, 1, 1))).matrices)
        assert norms[-1] == pytest.approx(wanted, rel=0.15)


def test_running_products_end_at_infinity():
    norms = running(np.broadcast_to(1e200 * np.eye(2), (3, 2, 2)))
    assert norms[0] == 1e200 and np.isinf(norms[1:]).all()


def test_between_holds_every_pair_of_steps():
    """Its last row is that of the whole Jacobians; the diagonal is 1; nothing stands above it."""
    cell, params, x, initial = drawn("lstm")
    found, steps_shown = transitions(cell, params, x, initial), np.array([1, 3, 4, 7])
    norms = between(found.matrices, found.rows["h"], steps_shown)
    whole = jacobians(cell, params, x, "h", initial)["h"]
    np.testing.assert_allclose(norms[-1], np.linalg.norm(whole[steps_shown], 2, axis=(1, 2)), rtol=1e-12)
    np.testing.assert_allclose(np.diagonal(norms), 1.0)
    assert np.isnan(norms[np.triu_indices(4, 1)]).all() and np.isfinite(norms[np.tril_indices(4)]).all()
