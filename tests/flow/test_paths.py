"""The paths of the gradient: they add up to the whole, and the names are right."""

import numpy as np
import pytest

from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run
from lstm_viz.flow.paths import paths, shares
from lstm_viz.library import LIBRARY
from lstm_viz.network import reads_maps, start

VECTORS = [n for n, v in LIBRARY.items() if not v.depth and not reads_maps(parse(v.equations))]


def gradients(name, T=6, cut=()):
    variant = LIBRARY[name]
    cell, rng = parse(variant.equations), np.random.default_rng(1)
    params = {n: p for n, p in start(variant, 2, 1, 4, rng).items() if n in cell.params}
    dt = np.ones((T, 1, 1)) if "dt" in cell.inputs else None
    trace = run(cell, params, rng.normal(size=(T, 2, 1)), variant.initial, dt)
    seed = np.zeros(trace.values["h"].shape)
    seed[-1] = 1.0
    return trace, backprop(trace, {"h": seed}, cut)


@pytest.mark.parametrize("name", VECTORS)
def test_the_paths_add_up_to_the_gradient(name):
    trace, grads = gradients(name)
    for state, by in paths(trace, grads).items():
        np.testing.assert_allclose(sum(by.values()), grads.signals[f"{state}_prev"], atol=1e-14)
    np.testing.assert_allclose(sum(shares(trace, grads).values()), 1.0, rtol=1e-9)


def test_an_lstms_paths_are_the_cell_state_and_the_four_sums():
    trace, grads = gradients("lstm")
    assert set(shares(trace, grads)) == {("c", "c"), ("h", "f"), ("h", "i"), ("h", "o"), ("h", "g")}
    by = paths(trace, grads)["c"]
    np.testing.assert_allclose(by["c"], trace.values["f"] * grads.signals["c"], atol=1e-15)


def test_peepholes_are_paths_of_the_cell_state():
    keys = set(shares(*gradients("peephole_gers")))
    assert {("c", "c"), ("c", "i"), ("c", "f")} <= keys and ("c", "o") not in keys


def test_the_truncated_gradient_takes_the_cell_state_alone():
    trace, grads = gradients("lstm1997", cut=("h",))
    found = shares(trace, grads)
    assert {s for s, _ in found} == {"c"}
    np.testing.assert_allclose(sum(found.values()), 1.0)


def test_where_nothing_arrives_no_path_has_a_share():
    trace, _ = gradients("lstm")
    grads = backprop(trace, {})
    assert all((share == 0).all() for share in shares(trace, grads).values())
