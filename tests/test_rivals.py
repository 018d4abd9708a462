"""What the engine is measured against computes the same as the engine."""

import numpy as np
import pytest

from benchmarks import contest, frameworks, rivals
from benchmarks.contest import Data, Size, data, stacked
from benchmarks.engine import EDITED
from lstm_viz import engine, fast
from lstm_viz.library import LIBRARY

SIZE = Size(B=3, T=5, D=2, H=4)


def reference(name: str) -> tuple[Data, np.ndarray, engine.Gradients]:
    """A library cell's numbers, its h and its gradients."""
    d = data(LIBRARY[name].equations, SIZE, np.float64)
    trace = engine.run(d.cell, d.params, d.x)
    return d, trace.values["h"], engine.backprop(trace, {"h": d.G})


def close(a: np.ndarray, b: np.ndarray, tolerance=1e-12) -> None:
    np.testing.assert_allclose(a, b, rtol=0, atol=tolerance)


def close_stacked(back: engine.Gradients, d: Data, order: str, dW: np.ndarray, db: np.ndarray) -> None:
    """The gradients of stacked weights against those of each."""
    W, b = stacked(d._replace(params=back.params), order)
    close(dW, W)
    close(db, b)


def test_textbook_lstm():
    d, h, back = reference("lstm")
    mine, dx, dp = rivals.textbook_lstm(d.params, d.x, d.G)
    close(mine, h)
    close(dx, back.signals["x"])
    for name, value in dp.items():
        close(value, back.params[name])


def test_fused_lstm():
    d, h, back = reference("lstm")
    mine, dx, (dW, db) = rivals.fused_lstm(stacked(d, "fioc"), d.x, d.G)
    close(mine, h)
    close(dx, back.signals["x"])
    close_stacked(back, d, "fioc", dW, db)


def test_fused_peephole():
    d, h, back = reference("peephole_gers")
    V = np.stack([d.params[f"V_{gate}"] for gate in "fio"])
    mine, dx, (dW, db, dV) = rivals.fused_peephole((*stacked(d, "fico"), V), d.x, d.G)
    close(mine, h)
    close(dx, back.signals["x"])
    close_stacked(back, d, "fico", dW, db)
    close(dV, np.stack([back.params[f"V_{gate}"] for gate in "fio"]))


def test_fused_gru():
    d, h, back = reference("gru_reset_after")
    mine, dx, (dW, dU, db, dbU) = rivals.fused_gru(contest.gru_weights(d), d.x, d.G)
    close(mine, h)
    close(dx, back.signals["x"])
    for gradient, kind in ((dW, "W"), (dU, "U"), (db, "b")):
        close(gradient, np.concatenate([back.params[f"{kind}_{gate}"] for gate in "rzh"]))
    close(dbU[-SIZE.H :], back.params["bU_h"])


def test_the_edited_cell_is_the_lstm():
    d = data(LIBRARY["lstm"].equations, SIZE, np.float64)
    names = {"a": "c", "k": "f", "p": "i", "s": "o"}
    edited = data(EDITED, SIZE, np.float64)
    params = {p: d.params[f"{p[:2]}{names[p[2]]}"] for p in edited.cell.params}
    close(fast.run(edited.cell, params, d.x).values["h"], fast.run(d.cell, d.params, d.x).values["h"])


def test_torch_lstm():
    pytest.importorskip("torch")
    d, _, back = reference("lstm")
    call, dx = frameworks.torch_lstm(*stacked(d, "fioc"), d.x, d.G)
    call()
    close(dx(), back.signals["x"])


def test_onnx_lstm():
    pytest.importorskip("onnxruntime")
    d, h, _ = reference("lstm")
    W, b = (a.astype(np.float32) for a in stacked(d, "fioc"))
    assert frameworks.onnx_lstm(*stacked(d, "fioc"), d.x) is None
    close(frameworks.onnx_lstm(W, b, d.x.astype(np.float32))[1](), h, 1e-5)


def test_what_is_not_installed_is_none(monkeypatch):
    monkeypatch.setattr(frameworks, "torch", None)
    monkeypatch.setattr(frameworks, "onnx", None)
    calls = contest.lstm(SIZE, np.float64)
    assert calls["torch"] is None and calls["onnxruntime"] is None
    ms = contest.take_turns(calls, seconds=0.01)
    assert set(ms) == set(calls) and ms["torch"] is None and ms["ours"] > 0


def test_turns_alternate_and_the_median_counts(monkeypatch):
    order, clock = [], [0.0]
    cost = {"a": 0.003, "b": 0.007}
    monkeypatch.setattr(contest.time, "process_time", lambda: clock[0])

    def call(name):
        order.append(name)
        clock[0] += cost[name]

    ms = contest.take_turns({n: (lambda n=n: call(n)) for n in cost}, seconds=0)
    assert ms == pytest.approx({"a": 3.0, "b": 7.0})
    assert "".join(order[-6:]) == "ab" * 3
