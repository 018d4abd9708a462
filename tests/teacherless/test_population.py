"""A population: member by member the engine's numbers, for every vector cell of the library."""

import numpy as np
import pytest

from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward, shapes
from lstm_viz.teacherless.population import check_cell, population, rest, run, step

T, P, D, K, H, B = 7, 5, 3, 2, 4, 6
VECTORS = [n for n, v in LIBRARY.items() if not v.depth and len(parse(v.equations).shapes["x"]) == 2]


def drawn(variant, rng):
    sizes = shapes(parse(variant.equations), D, K, H, variant.sizes)
    return {name: rng.uniform(-0.8, 0.8, (P, *shape)) for name, shape in sizes.items()}


@pytest.mark.parametrize("name", VECTORS)
def test_each_member_is_the_engines(name):
    rng, cell = np.random.default_rng(3), parse(LIBRARY[name].equations)
    params, x, dt = drawn(LIBRARY[name], rng), rng.normal(size=(T, D, B)), rng.uniform(0.1, 3, (T, 1, B))
    networks = population(cell, params)
    said = run(networks, x, dt)
    states = rest(networks, B)
    for t in range(T):
        states = step(networks, states, x[t], dt[t])
    for p in range(P):
        own = {n: value[p] for n, value in params.items()}
        trace, y = forward(cell, own, x, dt=dt if "dt" in cell.inputs else None)
        np.testing.assert_allclose(said[p], y, rtol=0, atol=1e-12)
        for s in cell.states:
            np.testing.assert_allclose(states[s][p], trace.values[s][-1], rtol=0, atol=1e-12)


def test_members_can_read_inputs_of_their_own():
    rng, cell = np.random.default_rng(4), parse(LIBRARY["gru_reset_before"].equations)
    params, x = drawn(LIBRARY["gru_reset_before"], rng), rng.normal(size=(P, D, B))
    networks = population(cell, params)
    h = step(networks, rest(networks, B), x)["h"]
    for p in range(P):
        trace, _ = forward(cell, {n: value[p] for n, value in params.items()}, x[p][None])
        np.testing.assert_allclose(h[p], trace.values["h"][0], rtol=0, atol=1e-12)


def test_a_member_that_overflows_leaves_the_others_alone():
    cell = parse("h = W_h @ x + U_h @ h_prev + b_h")
    params = {n: np.ones((2, *s)) for n, s in shapes(cell, 1, 1, 1).items()}
    params["U_h"][0] = 1e200
    said = run(population(cell, params), np.ones((9, 1, 1)))
    assert not np.isfinite(said[0]).all() and np.isfinite(said[1]).all()


@pytest.mark.parametrize("name", ["convlstm_peephole", "highway"])
def test_maps_and_layers_are_refused(name):
    with pytest.raises(LearnerError, match="Allowed: cells that read a vector at every step"):
        check_cell(parse(LIBRARY[name].equations))
