"""Adam and clipping against PyTorch's, step by step."""

import json
from pathlib import Path

import numpy as np
import pytest

from lstm_viz.training.optimisers import adam, begin, clip_by_norm

GOLDEN = np.load(Path(__file__).parents[1] / "golden" / "optim__trajectories.npz", allow_pickle=False)


@pytest.mark.parametrize(
    ("name", "rate", "settings"),
    [("w_adam", 0.01, {}), ("w_adam_b", 0.05, {"betas": (0.8, 0.99), "eps": 1e-6})],
)
def test_adam_takes_pytorchs_way(name, rate, settings):
    assert "adam lr .01 b .9/.999 eps 1e-8; adam_b lr .05" in json.loads(str(GOLDEN["meta"]))["settings"]
    state = begin({"w": GOLDEN["w0"]})
    for k, d in enumerate(GOLDEN["grads"]):
        state = adam(state, {"w": d}, rate, **settings)
        np.testing.assert_allclose(state.params["w"], GOLDEN[name][k], rtol=1e-9, atol=1e-9)
        assert state.step == k + 1


def test_adam_leaves_the_old_state_alone():
    before = begin({"w": np.ones(2)})
    adam(before, {"w": np.ones(2)}, 0.1)
    assert before.step == 0 and (before.params["w"] == 1).all() and not before.mean["w"].any()


@pytest.mark.parametrize("limit", [1, 100])
def test_clipping_is_pytorchs(limit):
    grads = {name: GOLDEN[f"clip_in_{name}"] for name in ("g1", "g2")}
    clipped, norm = clip_by_norm(grads, limit)
    assert norm == pytest.approx(float(GOLDEN[f"clip{limit}_norm"]), abs=1e-9)
    for name, d in clipped.items():
        np.testing.assert_allclose(d, GOLDEN[f"clip{limit}_{name}"], rtol=1e-9, atol=1e-9)


def test_clipping_never_enlarges_and_survives_zero():
    grads = {"w": np.zeros(3)}
    assert clip_by_norm(grads, 1.0)[1] == 0
    assert np.array_equal(clip_by_norm({"w": np.full(3, 0.1)}, 1.0)[0]["w"], np.full(3, 0.1))
