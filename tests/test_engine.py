"""The reference engine: its gradients are slopes, at every signal and step; its errors are sentences."""

import numpy as np
import pytest

from lstm_viz.cell import Apply, CellError, parse, source
from lstm_viz.engine import backprop, fit, flow, run
from lstm_viz.library import LIBRARY
from lstm_viz.ops import OPS
from tests.oracle import differences

T, D, H, B = 4, 3, 2, 3

CELLS = {name: variant.equations for name, variant in LIBRARY.items()} | {
    "a name used twice": "h = tanh(W @ x + h_prev * h_prev + h_prev)",
    "a signal used by two lines": "a = W @ x + U @ h_prev\nh = sigmoid(a) * tanh(a)",
    "a parameter in a product of parameters": "h = tanh((W * M) @ x + U @ h_prev)",
    "a matrix scaled by a vector": "k = exp(a)\nh = tanh((k * W) @ x + U @ h_prev)",
    "a matrix read twice": "h = tanh(W @ x + U @ (U @ h_prev))",
    "a bias multiplied": "h = tanh(W @ x + U @ b + b)",
    "a number as a signal": "k = 0.5\nh = k * h_prev + (1 - k) * tanh(W @ x)",
    "a number plus a bias": "k = 1 + b\nh = tanh(k * (W @ x) + h_prev)",
    "a state that only feeds itself": "m = 0.9 * m_prev + 1\nh = tanh(W @ x)",
    "a state that is read, h that is not": "c = 0.5 * c_prev + W @ x\nh = tanh(c)",
    "a state passed on": "c = h_prev\nh = tanh(W @ x + U @ c_prev)",
    "two names of one value": "c = tanh(W @ x + c_prev)\nh = c",
    "h without a state": "h = -tanh(W @ x + b)",
    "divided": "h = (W @ x) / (1 + exp(-h_prev)) - b / 3",
    "every function": "h = relu(W @ x) + log(1 + exp(U @ h_prev)) * sigmoid(b)",
}


def example(text: str, T=T, D=D, H=H, B=B, seed=5):
    """A cell with random parameters, inputs, initial states and loss weights G of h."""
    rng, cell, size = np.random.default_rng(seed), parse(text), {"H": H, "D": D, "1": 1}
    params = {p: rng.normal(size=[size[letter] for letter in cell.shapes[p]]) for p in cell.params}
    initial = {s: rng.normal(size=(H, B)) for s in cell.states}
    return cell, params, rng.normal(size=(T, D, B)), initial, rng.normal(size=(T, H, B))


def assert_gradients_are_slopes(cell, params, x, initial, G):
    """Central differences of sum(h * G) by every parameter, input and initial state."""

    def loss():
        return np.sum(run(cell, params, x, initial).values["h"] * G)

    grads = backprop(run(cell, params, x, initial), {"h": G})
    moved = {"x": x} | params | {f"{s}_prev": initial[s] for s in initial}
    found = {"x": grads.signals["x"]} | grads.params | {f"{s}_prev": grads.initial[s] for s in initial}
    assert moved.keys() == found.keys()
    for name, a in moved.items():
        np.testing.assert_allclose(found[name], differences(loss, a), rtol=1e-6, atol=1e-8, err_msg=name)


@pytest.mark.parametrize("name", CELLS)
def test_gradients_of_parameters_inputs_and_initial_states(name):
    """They are the slopes of the loss, in the library's cells and in odd ones."""
    assert_gradients_are_slopes(*example(CELLS[name]))


def opened(cell) -> tuple[str, dict[str, str]]:
    """The cell with a line for each operation and on each a term E_k @ x, which can push the result.

    Beyond the cell's own inputs, x has one for each step t and sequence b, which is 1 there and 0 elsewhere:
    in its column, E_k holds what is added to the result at that step, right after it is computed.
    """
    names = {"x": "v"} | {f"{s}_prev": f"p{k}" for k, s in enumerate(cell.states)}
    names |= {n.name: n.name if n.name in (*cell.states, "h") else f"n{k}" for k, n in enumerate(cell.nodes)}
    lines = ["v = V @ x"] + [f"{names[s]} = {s}" for s in names if s.endswith("_prev")]
    for node in cell.nodes:
        args = tuple(names.get(a, a) for a in node.args)
        lines.append(f"{names[node.name]} = {source(Apply(node.op, args)).removeprefix('identity')}")
    return "\n".join(f"{line} + E_{line.split()[0]} @ x" for line in lines), names


@pytest.mark.parametrize("name", LIBRARY)
def test_gradients_of_every_signal_at_every_step(name):
    """What is added to any intermediate result at one step changes the loss by the gradient found there."""
    cell, params, x, initial, G = example(LIBRARY[name].equations, T=3, D=H, B=2)
    grads = backprop(run(cell, params, x, initial), {"h": G})

    text, names = opened(cell)
    pushable, (steps, _, sequences) = parse(text), x.shape
    one_hot = np.eye(steps * sequences).reshape(steps, sequences, -1).swapaxes(1, 2)
    inputs = np.concatenate([x, one_hot], axis=1)
    width = inputs.shape[1]
    params = params | {"V": np.eye(H, width)} | {f"E_{n}": np.zeros((H, width)) for n in names.values()}

    def loss():
        return np.sum(run(pushable, params, inputs, initial).values["h"] * G)

    assert names.keys() == grads.signals.keys()
    for signal, new in names.items():
        slopes = differences(loss, params[f"E_{new}"][:, H:]).reshape(H, steps, sequences).swapaxes(0, 1)
        np.testing.assert_allclose(grads.signals[signal], slopes, rtol=1e-6, atol=1e-8, err_msg=signal)


@pytest.mark.parametrize("name", CELLS)
def test_flows_along_the_edges_sum_to_the_gradients(name):
    """A gradient is the loss's own, plus what each edge brings, plus what the next step's state brings."""
    cell, params, x, initial, G = example(CELLS[name])
    trace = run(cell, params, x, initial)
    grads = backprop(trace, {"h": G})
    sums = {name: np.zeros(d.shape) for name, d in (grads.signals | grads.params).items()}
    sums["h"] += G
    for s in cell.states:
        sums[s][:-1] += grads.signals[f"{s}_prev"][1:]
    for node in cell.nodes:
        for k, arg in enumerate(node.args):
            if isinstance(arg, str):
                sums[arg] += fit(flow(trace, grads.signals, node, k), sums[arg].shape)
    for name, found in (grads.signals | grads.params).items():
        np.testing.assert_allclose(sums[name], found, rtol=1e-12, atol=1e-14, err_msg=name)


@pytest.mark.parametrize("op", ["tanh", "sigmoid", "mul", "add", "matmul"])
def test_a_wrong_derivative_is_seen(op, monkeypatch):
    """The check of the gradients can fail: with a derivative one part in ten thousand off it does."""
    wrong = tuple(f"1.0001 * ({text})" for text in OPS[op].derivatives)
    monkeypatch.setitem(OPS, op, OPS[op]._replace(derivatives=wrong))
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        assert_gradients_are_slopes(*example(CELLS["lstm"]))


def test_seeds_may_be_of_any_signal():
    """A loss of c and of a gate, not only of h."""
    cell, params, x, initial, G = example(CELLS["lstm"])

    def loss():
        values = run(cell, params, x, initial).values
        return np.sum(G * values["c"]) + np.sum(values["f"][1] ** 2)

    trace = run(cell, params, x, initial)
    df = np.zeros(G.shape)
    df[1] = 2 * trace.values["f"][1]
    grads = backprop(trace, {"c": G, "f": df})
    np.testing.assert_allclose(grads.params["W_f"], differences(loss, params["W_f"]), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", LIBRARY)
def test_sequences_of_a_batch_do_not_meet(name):
    """Each column alone gives its own values, and parameter gradients that add up."""
    cell, params, x, initial, G = example(CELLS[name])
    whole = backprop(run(cell, params, x, initial), {"h": G})
    alone = []
    for b in range(B):
        one = slice(b, b + 1)
        first = {s: h[:, one] for s, h in initial.items()}
        alone.append(backprop(run(cell, params, x[..., one], first), {"h": G[..., one]}))
        np.testing.assert_allclose(
            alone[b].signals["x"], whole.signals["x"][..., one], rtol=1e-12, atol=1e-14
        )
    for p in cell.params:
        np.testing.assert_allclose(sum(a.params[p] for a in alone), whole.params[p], rtol=1e-12, atol=1e-14)


def test_states_begin_at_zero():
    """An initial state that is not given is zero."""
    cell, params, x, initial, _ = example(CELLS["lstm"])
    zeros = {s: np.zeros(h.shape) for s, h in initial.items()}
    given, absent = run(cell, params, x, zeros), run(cell, params, x)
    np.testing.assert_array_equal(given.values["h"], absent.values["h"])


def test_a_run_does_not_change_what_it_is_given():
    """Parameters, inputs, initial states and loss gradients stay as they were."""
    cell, *arrays = example(CELLS["gru_reset_before"])
    copies = example(CELLS["gru_reset_before"])[1:]
    params, x, initial, G = arrays
    backprop(run(cell, params, x, initial), {"h": G})
    for before, after in zip(copies, arrays, strict=True):
        np.testing.assert_equal(after, before)


def test_the_range_of_numbers_is_left_in_a_sentence():
    """exp(800) is infinite: the first step and line where that happens are named."""
    cell = parse("k = 0.1\nm = m_prev + 1\nh = exp(400 * m) * (W @ x)")
    with pytest.raises(CellError, match=r"^Line 3, “h”: at step 2 .* finite number.*Allowed: numbers up to"):
        run(cell, {"W": np.ones((H, D))}, np.ones((T, D, B)))


@pytest.mark.parametrize(
    ("text", "line"), [("h = log(W @ x)", 1), ("a = W @ x\nh = a / (a - a)", 2), ("h = (W @ x) / 0", 1)]
)
def test_what_is_not_a_number_is_a_sentence(text, line):
    """The logarithm of a negative number, division by zero."""
    with pytest.raises(CellError, match=f"^Line {line}, “h”: at step 1 .*Allowed: "):
        run(parse(text), {"W": -np.ones((H, D))}, np.ones((T, D, B)))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_inputs_that_are_not_finite_are_a_sentence(value):
    """In a parameter or in x."""
    cell = parse("h = W @ x")
    for W, x in ((value, 1.0), (1.0, value)):
        with pytest.raises(CellError, match="finite number"):
            run(cell, {"W": np.full((H, D), W)}, np.full((T, D, B), x))


WRONG_PARAMS = {
    "a bias as a row": {"b": np.ones((1, H))},
    "a bias without columns": {"b": np.ones(H)},
    "too many inputs": {"W": np.ones((H, D + 1))},
    "transposed": {"W": np.ones((D, H))},
    "not square": {"U": np.ones((H, H + 1))},
    "another H": {"U": np.ones((H + 1, H + 1))},
    "a single number": {"U": np.array(1.0)},
}


@pytest.mark.parametrize("name", WRONG_PARAMS)
def test_a_parameter_of_the_wrong_shape_is_a_sentence(name):
    """It names the line, the parameter, its shape and the one that fits."""
    cell = parse("a = b + U @ h_prev\nh = tanh(W @ x + a)")
    params = {"W": np.ones((H, D)), "U": np.ones((H, H)), "b": np.ones((H, 1))} | WRONG_PARAMS[name]
    with pytest.raises(CellError, match=r"^Line \d, “\w”: its value has the shape .*Allowed: \("):
        run(cell, params, np.ones((T, D, B)))


@pytest.mark.parametrize("absent", ["W", "U"])
def test_a_missing_parameter_is_a_sentence(absent):
    """It names the parameter."""
    cell = parse("a = b + U @ h_prev\nh = tanh(W @ x + a)")
    params = {"W": np.ones((H, D)), "U": np.ones((H, H)), "b": np.ones((H, 1))}
    with pytest.raises(CellError, match=f"“{absent}”.*nothing"):
        run(cell, {p: value for p, value in params.items() if p != absent}, np.ones((T, D, B)))


@pytest.mark.parametrize("first", [{}, {"b": np.array(1.0)}], ids=["missing", "a number"])
def test_the_first_parameter_decides_nothing_alone(first):
    """H is read from a parameter that has rows: the one that is missing or has none gets its sentence."""
    cell = parse("a = b + U @ h_prev\nh = tanh(W @ x + a)")
    with pytest.raises(CellError, match="“b”: its value has the shape"):
        run(cell, {"W": np.ones((H, D)), "U": np.ones((H, H))} | first, np.ones((T, D, B)))


def test_an_initial_state_of_the_wrong_shape_is_a_sentence():
    """As a parameter's is."""
    with pytest.raises(CellError, match="h_prev"):
        run(
            parse("h = tanh(W @ x + h_prev)"),
            {"W": np.ones((H, D))},
            np.ones((T, D, B)),
            {"h": np.ones((H + 1, B))},
        )
