"""The fast engine gives what the reference gives, for library cells, odd cells and random ones."""

import threading
import warnings

import numpy as np
import pytest

from lstm_viz import engine, fast
from lstm_viz.cell import CellError, parse
from lstm_viz.library import LIBRARY
from lstm_viz.ops import OPS
from tests.random_cells import random_cells
from tests.test_engine import CELLS, Example, example

ODD = {
    "a product of three states": "c = c_prev * h_prev + W @ x\nh = tanh(U @ (c * c_prev * h_prev))",
    "a state read late by another": "c = tanh(W @ x + h_prev)\nm = c_prev - U @ m_prev\nh = m * c_prev",
    "two loops, one after the other": "c = tanh(W @ x + U @ c_prev)\nh = tanh(V @ c + R @ h_prev)",
    "a matrix of the last step's result": "c = V @ h_prev + c_prev\nh = sigmoid(U @ (W @ x + c) - c)",
    "a matrix twice in a sum": "h = tanh(U @ h_prev - U @ (0.5 * h_prev) + W @ x + b - b * 3)",
    "the number of units": "h = tanh((W @ x) / sqrt(H) + U @ h_prev * H / 10) + 1 / H",
    "only numbers": "k = 0.5 * H\nh = 0 * (W @ x) + k",
    "nothing but a state": "h = 0.9 * h_prev + 0 * (W @ x)",
    "signals that nothing of x reaches": "k = sqrt(abs(a) + 1)\nm = k * a\nh = tanh(m + U @ h_prev + W @ x)",
    "a number made of units": "k = dot(v, h_prev)\nh = tanh(W @ x + k * b)",
    "a sigmoid of a sum that two read": "a = W @ x + U @ h_prev\nf = sigmoid(a)\nh = f * tanh(a) + a / 10",
    "diagonals": "f = sigmoid(W @ x + p * h_prev - p * b)\nh = f * tanh(p * h_prev + f)",
    "two biases, one of them computed": "h = tanh((h_prev + a) + a * b + W @ x)",
    "a parameter with a column for each sequence": "a = exp(U @ x)\nh = max(logsigmoid(dt) - b / b, W) @ a",
    "a matrix of sequences": "c = tanh(dt * a) @ c_prev\nh = V * h_prev + k * dt",
    "only h is seeded, the loop is before it": "M = c_prev\nc = exp(b) * (U @ M_prev) + W @ x\nh = c",
    "a state that is an unnamed sum": "c = W @ x + c_prev\nh = c + h_prev",
}
EVERY = CELLS | ODD


def assert_equal(e: Example, cut=(), dtype=np.float64, tolerance=1e-12, seeded=("h",)):
    """All values and gradients of both engines, as far from each other as the tolerance allows."""
    rng = np.random.default_rng(1)
    x, dt = e.inputs["x"], e.inputs.get("dt")
    one = engine.run(e.cell, e.params, x, e.initial, dt)
    other = fast.run(e.cell, e.params, x, e.initial, dt, dtype=dtype)
    seeds = {name: rng.normal(size=one.values[name].shape) for name in seeded}
    a, b = engine.backprop(one, seeds, cut), fast.backprop(other, seeds, cut)
    wanted = {n for n in one.values if "." not in n}
    assert wanted <= set(other.values) and wanted == set(b.signals)
    for mine, its in (
        ({n: v for n, v in other.values.items() if n in one.values}, one.values),
        *((b.signals, a.signals), (b.params, a.params), (b.initial, a.initial)),
    ):
        for name, value in mine.items():
            error = np.abs(value - its[name]).max()
            assert value.shape == its[name].shape and value.dtype == dtype, name
            assert error <= tolerance * (1 + np.abs(its[name]).max()), (name, error)
    assert set(b.params) == set(a.params) and set(b.initial) == set(a.initial) and b.cut == cut


@pytest.mark.parametrize("name", EVERY)
def test_equal_to_the_reference(name):
    assert_equal(example(EVERY[name]))


@pytest.mark.parametrize("name", EVERY)
def test_equal_for_one_sequence_and_many_units(name):
    assert_equal(example(EVERY[name], T=9, B=1, H=11))


@pytest.mark.parametrize("name", EVERY)
def test_equal_with_states_cut(name):
    for e in (example(EVERY[name], T=5), example(EVERY[name], T=5, B=1)):
        assert_equal(e, cut=e.cell.states[:1])
        assert_equal(e, cut=e.cell.states)


@pytest.mark.parametrize("name", EVERY)
def test_close_in_32_bits(name):
    assert_equal(example(EVERY[name], T=3), dtype=np.float32, tolerance=2e-4)


@pytest.mark.parametrize(
    "name", ["lstm", "gru_reset_before", "highway", "lmu", "a matrix scaled by a vector"]
)
def test_equal_with_parameters_of_their_own_at_every_step(name):
    assert_equal(example(EVERY[name], own_steps=True))
    assert_equal(example(EVERY[name], own_steps=True, T=7, B=1))


@pytest.mark.parametrize(
    ("T", "B", "H"), [(1, 1, 1), (2, 1, 40), (9, 1, 32), (300, 1, 3), (300, 2, 3), (140, 20, 33)]
)
@pytest.mark.parametrize("name", ["lstm", "peephole_gers", "gru_reset_before", "rnn_tanh"])
def test_equal_at_other_sizes(name, T, B, H):
    e = example(EVERY[name], T=T, B=B, H=H, D=2)
    small = e._replace(params={p: value / np.sqrt(H) for p, value in e.params.items()})
    assert_equal(small)


@pytest.mark.parametrize("name", ["lstm", "mlstm", "tlstm", "two names of one value"])
def test_equal_for_a_loss_of_any_signals(name):
    e = example(EVERY[name])
    seeded = [n for n in e.cell.shapes if "." not in n and n in engine.run(*run_of(e)).values]
    assert_equal(e, seeded=seeded)
    assert_equal(example(EVERY[name], B=1), seeded=seeded)


def run_of(e: Example) -> tuple:
    """What a run of an example is called with."""
    return e.cell, e.params, e.inputs["x"], e.initial, e.inputs.get("dt")


def test_equal_for_random_cells():
    checked = 0
    for k, text in enumerate(random_cells(400, seed=11)):
        e = example(text, T=5, B=1 + k % 2)
        try:
            with np.errstate(all="ignore"):
                whole = engine.run(*run_of(e))
                back = engine.backprop(whole, {"h": e.G})
        except CellError:
            with pytest.raises(CellError):
                fast.run(*run_of(e))
            continue
        sizes = [np.abs(g).max(initial=0) for g in (*back.signals.values(), *whole.values.values())]
        if np.isfinite(sizes).all() and max(sizes) < 1e5:  # beyond, rounding alone exceeds the tolerance
            assert_equal(e, tolerance=1e-10)
            checked += 1
    assert checked > 220


def test_a_wrong_derivative_is_noticed(monkeypatch):
    monkeypatch.setitem(OPS, "tanh", OPS["tanh"]._replace(derivatives=("d * (1 - y)",)))
    e = example("h = tanh(W @ x + U @ h_prev) + 0 * b")
    wrong = fast.backprop(fast.run(*run_of(e)), {"h": e.G})
    step = 1e-6
    slopes = []
    for sign in (1, -1):
        W = e.params["W"].copy()
        W[0, 0] += sign * step
        slopes.append(np.sum(engine.run(e.cell, e.params | {"W": W}, *run_of(e)[2:]).values["h"] * e.G))
    assert abs(wrong.params["W"][0, 0] - (slopes[0] - slopes[1]) / (2 * step)) > 1e-3


@pytest.mark.parametrize("B", [1, 3])
@pytest.mark.parametrize("text", [*CELLS.values(), "c = exp(dt)\nh = h_prev + c_prev + 0 * (W @ x)"])
def test_the_gradient_of_x_alone_is_the_same(text, B):
    e = example(text, B=B)
    trace = fast.run(*run_of(e))
    every, some = (fast.backprop(trace, {"h": e.G}, wanted=names) for names in (None, ("x",)))
    for one, other in ((every.params, some.params), (every.initial, some.initial)):
        assert one.keys() == other.keys() and set(some.signals) == {"x"}
        for name, value in {"x": every.signals["x"], **one}.items():
            np.testing.assert_allclose({**other, **some.signals}[name], value, rtol=0, atol=1e-9)


def test_only_what_is_wanted_comes_back():
    e = example(CELLS["lstm"])
    trace = fast.run(*run_of(e))
    every, some = (fast.backprop(trace, {"h": e.G}, wanted=names) for names in (None, ("x", "c")))
    assert set(some.signals) == {"x", "c"} and not fast.backprop(trace, {"h": e.G}, wanted=()).signals
    for name in ("x", "c"):
        np.testing.assert_allclose(some.signals[name], every.signals[name], rtol=0, atol=1e-12)
    for name in every.params:
        np.testing.assert_allclose(some.params[name], every.params[name], rtol=0, atol=1e-12)


@pytest.mark.parametrize("sizes", [{}, {"B": 1, "H": 5}, {"B": 32, "H": 48}])
def test_results_own_their_memory(sizes):
    e = example(CELLS["lstm"], T=40, **sizes)
    other = example(CELLS["lstm"], T=40, seed=6, **sizes)
    trace = fast.run(*run_of(e))
    back = fast.backprop(trace, {"h": e.G})
    kept = [a.copy() for a in (*trace.values.values(), *back.signals.values(), *back.params.values())]
    for _ in range(3):
        fast.backprop(fast.run(*run_of(other)), {"h": other.G})
    for before, after in zip(
        kept, (*trace.values.values(), *back.signals.values(), *back.params.values()), strict=True
    ):
        np.testing.assert_array_equal(before, after)


def test_threads_do_not_disturb_each_other():
    examples = [example(CELLS["lstm"], T=60, seed=seed, B=2, H=6) for seed in range(4)]
    wanted = [fast.backprop(fast.run(*run_of(e)), {"h": e.G}).params for e in examples]
    wrong = []

    def work(e, want):
        for _ in range(40):
            got = fast.backprop(fast.run(*run_of(e)), {"h": e.G}).params
            wrong.extend(p for p in want if not np.array_equal(got[p], want[p]))

    threads = [threading.Thread(target=work, args=pair) for pair in zip(examples, wanted, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def sentence(run, *args, **more) -> str:
    """What a run that must fail says."""
    with pytest.raises(CellError) as error, warnings.catch_warnings():
        warnings.simplefilter("error")
        run(*args, **more)
    return str(error.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e._replace(params=e.params | {"U_f": e.params["U_f"][:1]}),
        lambda e: e._replace(params={p: v for p, v in e.params.items() if p != "b_i"}),
        lambda e: e._replace(inputs={"x": e.inputs["x"][0]}),
        lambda e: e._replace(inputs={"x": e.inputs["x"][:0]}),
        lambda e: e._replace(initial={"c": np.zeros((7, 1))}),
    ],
)
def test_wrong_shapes_are_the_same_sentence(change):
    e = change(example(CELLS["lstm"]))
    assert sentence(fast.run, *run_of(e)) == sentence(engine.run, *run_of(e))


def test_times_that_do_not_pass_are_the_same_sentence():
    e = example(CELLS["tlstm"])
    dt = e.inputs["dt"].copy()
    dt[2] = 0
    args = (*run_of(e)[:4], dt)
    assert sentence(fast.run, *args) == sentence(engine.run, *args)
    assert sentence(fast.run, *args[:4]) == sentence(engine.run, *args[:4])


@pytest.mark.parametrize(
    "text",
    [
        "h = 1e200 * (h_prev + W @ x)",
        "c = 1e160 * c_prev + W @ x\nh = tanh(c * c)",
        "h = 1 / (0 * (W @ x)) + h_prev",
        "h = tanh(log(W @ x - 1000))",
        "h = tanh(exp(1000 * exp(W @ x)) + h_prev)",
        "h = tanh((1e300 * (W @ x)) * 1e300 + U @ h_prev)",
    ],
)
def test_overflow_is_the_same_sentence(text):
    e = example(text)
    assert sentence(fast.run, *run_of(e)) == sentence(engine.run, *run_of(e))


def test_what_only_32_bits_cannot_hold_is_a_sentence():
    e = example("h = 1e30 * (h_prev + W @ x)", T=2)
    fast.run(*run_of(e))
    assert "3.4e+38" in sentence(fast.run, *run_of(e), dtype=np.float32)


def test_a_state_may_begin_at_the_logarithm_of_zero():
    e = example(LIBRARY["mlstm_expf"].equations if "mlstm_expf" in LIBRARY else LIBRARY["mlstm"].equations)
    e = e._replace(initial=e.initial | {"m": np.full_like(e.initial["m"], -np.inf)})
    a, b = engine.run(*run_of(e)), fast.run(*run_of(e))
    np.testing.assert_allclose(b.values["h"], a.values["h"], rtol=0, atol=1e-12)
    one, other = engine.backprop(a, {"h": e.G}), fast.backprop(b, {"h": e.G})
    for name in one.params:
        np.testing.assert_allclose(other.params[name], one.params[name], rtol=0, atol=1e-12)


def test_vanishing_gradients_in_32_bits_stay_as_exact_as_its_numbers():
    cell, T = parse("h = w * h_prev + W @ x"), 400
    params, x = {"w": np.full((2, 1), 0.8), "W": np.ones((2, 1))}, np.ones((T, 1, 1))
    seeds = {"h": np.zeros((T, 2, 1))}
    seeds["h"][-1] = 1.0
    wanted = engine.backprop(engine.run(cell, params, x), seeds).signals["x"]
    got = fast.backprop(fast.run(cell, params, x, dtype=np.float32), seeds).signals["x"]
    # Down to 2^-126, the smallest of its numbers with all digits.
    large = wanted > 2.0**-126
    assert large.sum() > 380
    np.testing.assert_allclose(got[large], wanted[large], rtol=1e-3)
