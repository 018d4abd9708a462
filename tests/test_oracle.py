"""The engine equals backward passes written by hand."""

import numpy as np
import pytest

from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run
from lstm_viz.library import LIBRARY
from tests.oracle import gru_backward, gru_forward, lstm_backward, lstm_forward

T, D, H = 9, 3, 5
BY_HAND = {"lstm": (lstm_forward, lstm_backward), "gru_reset_after": (gru_forward, gru_backward)}


@pytest.mark.parametrize("B", [1, 3])
@pytest.mark.parametrize("name", BY_HAND)
def test_engine_equals_the_pass_by_hand(name, B):
    """Every signal, every gradient of a signal, of a parameter and of an initial state, to 1e-12."""
    rng, cell, (there, back) = np.random.default_rng(2), parse(LIBRARY[name].equations), BY_HAND[name]
    size = {"H": H, "D": D, "1": 1}
    params = {p: rng.normal(size=[size[letter] for letter in cell.shapes[p]]) for p in cell.params}
    x, G = rng.normal(size=(T, D, B)), rng.normal(size=(T, H, B))
    initial = {s: rng.normal(size=(H, B)) for s in ("h", "c") if s in cell.states}

    trace = run(cell, params, x, initial)
    grads = backprop(trace, {"h": G})
    steps = there(params, x, *initial.values())
    dparams, dsteps = back(params, steps, G)

    for field in set(steps[0]._fields) - {"v"}:
        close(trace.values[field], [getattr(s, field) for s in steps])
        close(grads.signals[field], [getattr(d, field) for d in dsteps])
    for p in cell.params:
        close(grads.params[p], dparams[p])
    for s in initial:
        close(grads.initial[s], getattr(dsteps[0], f"{s}_prev"))


def close(ours, theirs):
    """Equal to 1e-12, relative to the size of what is compared."""
    theirs = np.array(theirs)
    assert ours.shape == theirs.shape
    assert np.max(np.abs(ours - theirs)) <= 1e-12 * (1 + np.max(np.abs(theirs)))
