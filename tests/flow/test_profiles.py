"""Profiles over seeds: norms of what is tiny, bands of real seeds, and the direct path's own share."""

import numpy as np
import pytest

from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run
from lstm_viz.flow.profiles import band, columns, direct, keeper, reaches
from lstm_viz.library import LIBRARY
from lstm_viz.network import start


def gone_back(name, T=9, H=4, B=3, cut=()):
    """A run of a library cell with a gradient of ones at its end."""
    variant, rng = LIBRARY[name], np.random.default_rng(5)
    cell = parse(variant.equations)
    params = {n: p for n, p in start(variant, 2, 1, H, rng).items() if n in cell.params}
    trace = run(cell, params, rng.normal(size=(T, 2, B)), variant.initial)
    seed = np.zeros(trace.values["h"].shape)
    seed[-1] = 1.0
    return trace, backprop(trace, {"h": seed}, cut)


def test_columns_are_the_norms_of_each_sequence():
    gradient = np.random.default_rng(1).normal(size=(5, 4, 3))
    np.testing.assert_allclose(columns(gradient), np.linalg.norm(gradient, axis=1))


def test_the_norm_of_what_has_no_square_is_not_zero():
    """1e-200 squared is no number of 64 bits; zero stays zero, infinite stays infinite."""
    gradient = np.zeros((3, 2, 2))
    gradient[0, :, 0], gradient[1, :, 0] = (3e-200, 4e-200), (np.inf, 1.0)
    found = columns(gradient)
    assert found[0, 0] == pytest.approx(5e-200) and np.isinf(found[1, 0])
    assert (found[:, 1] == 0).all() and found[2, 0] == 0


def test_a_band_is_made_of_seeds_with_the_last_step_first():
    norms = np.array([[1.0, 2.0, 3.0, 4.0, 5.0], [10.0, 20.0, 30.0, 40.0, 50.0]])
    found = band(norms)
    assert found.middle.tolist() == [30.0, 3.0]
    assert found.low.tolist() == [10.0, 1.0] and found.high.tolist() == [50.0, 5.0]


def test_reaches_are_medians_over_the_seeds():
    lags = np.arange(50)[::-1, None]
    found = reaches(0.5 ** (lags / np.array([4.0, 5.0, 6.0])))
    assert found.half == 5 and found.hundredth == 33 and found.steps == 50


def test_who_keeps_the_memory():
    """The forget gate scales c, the update gate h; in 1997 nothing did; a plain net has no such path."""
    kept = {name: keeper(parse(LIBRARY[name].equations)) for name in LIBRARY}
    assert kept["lstm"] == ("c", "f") and kept["gru_reset_after"] == ("h", "z")
    assert kept["lstm1997"] == ("c", 1.0) and kept["rnn_tanh"] is None


def test_the_direct_path_is_the_truncated_gradient_of_the_memory():
    """With h cut an LSTM's dL/dc comes back through f alone; the whole gradient is another one."""
    trace, grads = gone_back("lstm", cut=("h",))
    alone = direct(trace.cell, trace.values, grads.signals["c"][-1])
    np.testing.assert_allclose(alone, columns(grads.signals["c"]), rtol=1e-12)
    _, whole = gone_back("lstm")
    assert not np.allclose(alone, columns(whole.signals["c"]), rtol=1e-2)


def test_where_nothing_is_scaled_the_direct_path_keeps_everything():
    trace, grads = gone_back("lstm1997")
    alone = direct(trace.cell, trace.values, grads.signals["c"][-1])
    np.testing.assert_allclose(alone, np.broadcast_to(alone[-1], alone.shape))


def test_a_factor_without_a_name_of_its_own_is_computed():
    text = "i = sigmoid(W @ x + U @ h_prev + b)\nc = (1 - i) * c_prev + i\nh = tanh(c)"
    cell, rng = parse(text), np.random.default_rng(2)
    params = {"W": rng.normal(size=(3, 2)), "U": rng.normal(size=(3, 3)), "b": np.zeros((3, 1))}
    trace = run(cell, params, rng.normal(size=(6, 2, 1)))
    kept = {name: v for name, v in trace.values.items() if "." not in name}
    alone = direct(cell, kept, np.ones((3, 1)))
    np.testing.assert_allclose(alone[-2], np.linalg.norm(1 - kept["i"][-1], axis=0))


def test_a_cell_without_a_direct_path_has_no_share():
    trace, grads = gone_back("rnn_tanh")
    assert direct(trace.cell, trace.values, grads.signals["h"][-1]) is None
