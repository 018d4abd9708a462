"""Training in chunks: PyTorch's steps, the same numbers however it is cut, a sentence where it breaks."""

import json
import math
import pickle
from pathlib import Path

import numpy as np
import pytest

from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono
from lstm_viz.losses import loss
from lstm_viz.network import backward, forward
from lstm_viz.tasks import TASKS, Batch
from lstm_viz.training import Descent, advance, begin, first_state, spec_for
from lstm_viz.training.advance import gradients, sequences, update
from lstm_viz.training.optimisers import OPTIMISERS
from lstm_viz.training.schedules import SCHEDULES

GOLDEN = Path(__file__).parents[1] / "golden"
SPEC = spec_for(LIBRARY["lstm"], "adding", T=10, hidden=4, seed=1, descent=Descent(batch=8))


def column(p):
    return p if p.ndim == 2 else p[:, None]


@pytest.mark.parametrize("name", ["rnn_tanh", "lstm", "gru_reset_after"])
def test_twenty_steps_are_pytorchs(name):
    golden = np.load(GOLDEN / f"train__{name}_adding_adam.npz", allow_pickle=False)
    meta = json.loads(str(golden["meta"]))
    descent = Descent(meta["B"], meta["lr"], meta["clip"])
    spec = spec_for(LIBRARY[meta["cell"]], "adding", meta["T"], meta["H"], 0, descent)
    ends = {key.removesuffix("_end"): column(golden[key]) for key in golden if key.endswith("_end")}
    state = begin({parameter: column(golden[f"{parameter}_start"]) for parameter in ends})
    for k in range(meta["steps"]):
        x = golden["X"][k].swapaxes(1, 2)
        target = np.broadcast_to(golden["Y"][k], (meta["T"], 1, meta["B"]))
        state, (value, _, norm, _) = update(spec, state, Batch(x, target, ()))
        assert value == pytest.approx(golden["losses"][k], rel=1e-7)
        assert norm == pytest.approx(golden["grad_norms"][k], rel=1e-7)
    assert state.params.keys() == ends.keys()
    for parameter, end in ends.items():
        np.testing.assert_allclose(state.params[parameter], end, rtol=1e-7, atol=1e-7)


def test_one_chunk_and_three_are_equal_bit_for_bit():
    whole, metrics, _ = advance(SPEC, first_state(SPEC), 9)
    state, parts = first_state(SPEC), []
    for steps in (2, 3, 4):
        # A state also travels between processes.
        state, part, _ = advance(SPEC, pickle.loads(pickle.dumps(state)), steps)
        parts.append(part)
    assert state.step == whole.step == 9
    for name in whole.params:
        np.testing.assert_array_equal(state.params[name], whole.params[name])
        np.testing.assert_array_equal(state.kept[name], whole.kept[name])
    for joined, one in zip(zip(*parts, strict=True), metrics, strict=True):
        np.testing.assert_array_equal(np.concatenate(joined), one)


def test_equal_specs_can_be_the_key_of_a_cache():
    again = spec_for(LIBRARY["lstm"], "adding", T=10, hidden=4, seed=1, descent=Descent(batch=8))
    assert {SPEC: 1}[again] == 1 and hash(SPEC) != hash(SPEC._replace(seed=2))


def test_each_step_draws_other_sequences_of_half_to_whole_length():
    drawn = [sequences(SPEC, k).x for k in range(40)]
    assert {len(x) for x in drawn} == set(range(5, 11))
    assert np.array_equal(drawn[7], sequences(SPEC, 7).x)
    assert len({x.tobytes() for x in drawn}) == 40


def test_all_cells_see_the_same_sequences():
    other = spec_for(LIBRARY["rnn_tanh"], "adding", T=10, hidden=9, seed=1, descent=Descent(batch=8))
    assert np.array_equal(sequences(SPEC, 3).x, sequences(other, 3).x)


@pytest.mark.parametrize("task", TASKS)
def test_thirty_steps_lower_the_loss(task):
    spec = spec_for(LIBRARY["gru_reset_after"], task, T=8, hidden=8, seed=1, descent=Descent(rate=0.02))
    values = advance(spec, first_state(spec), 30).metrics.loss
    assert values.shape == (30,) and values[-10:].mean() < values[:10].mean()


def test_maps_learn_from_images():
    """The kernels see the dot's pixel and its neighbours; readout and biases are one for all pixels."""
    spec = spec_for(LIBRARY["convlstm_peephole"], "dot", T=6, hidden=2, seed=1, descent=Descent(4, 0.05))
    state = first_state(spec)
    assert {name: state.params[name].shape for name in ("W_f", "U_f", "V_f", "b_f", "W_y", "b_y")} == {
        "W_f": (2, 1, 3, 3),
        "U_f": (2, 2, 3, 3),
        "V_f": (2, 8, 8, 1),
        "b_f": (2, 1, 1, 1),
        "W_y": (1, 2),
        "b_y": (1, 1),
    }
    values = advance(spec, state, 30).metrics.loss
    assert values[-5:].mean() < 0.9 * values[:5].mean()


def test_fixed_parameters_stay_and_do_not_count_in_the_norm():
    """The Legendre memory's A and B are mathematics; the rest learns."""
    spec = spec_for(LIBRARY["lmu"], "adding", T=8, hidden=4, seed=1, descent=Descent(batch=4))
    state = first_state(spec)
    after, metrics, _ = advance(spec, state, 1)
    moved = {name for name, p in state.params.items() if not np.array_equal(p, after.params[name])}
    assert moved == state.params.keys() - {"A", "B"}
    all_free = advance(spec._replace(fixed=()), state, 1)[1]
    assert metrics.loss == all_free.loss and metrics.norm < all_free.norm


@pytest.mark.parametrize("name", [name for name, variant in LIBRARY.items() if not variant.depth])
def test_every_cell_of_the_library_can_be_trained(name):
    spec = spec_for(LIBRARY[name], "parity", T=6, hidden=3, seed=1, descent=Descent(batch=4))
    _, metrics, broke = advance(spec, first_state(spec), 2)
    assert not broke
    assert np.isfinite(metrics).all()


def test_divergence_in_the_cell_names_the_step():
    cell = LIBRARY["rnn_tanh"]._replace(equations="h = W_h @ x + U_h @ h_prev")
    spec = spec_for(cell, "adding", T=200, hidden=2, seed=1, constants={"U_h": 90.0})
    broke = advance(spec, first_state(spec), 5).broke
    assert broke.startswith("Step 1 of training broke: no finite number in the cell's “h”. Try")


def test_divergence_in_the_loss_names_the_step():
    cell = LIBRARY["rnn_tanh"]._replace(equations="h = exp(exp(W_h @ x + U_h @ h_prev))")
    spec = spec_for(cell, "adding", T=5, hidden=2, seed=1, constants={"W_h": 2.0, "U_h": 0.0, "b_y": 1.0})
    state = first_state(spec)
    state = state._replace(params=state.params | {"W_y": np.full((1, 2), 1e200)}, step=41)
    chunk = advance(spec, state, 1)
    assert chunk.broke.startswith("Step 42 of training broke: no finite number in the loss")
    assert chunk.state is state and len(chunk.metrics.loss) == 0


def test_what_was_learnt_before_a_divergence_is_kept():
    cell = LIBRARY["rnn_tanh"]._replace(equations="h = W_h @ x + U_h @ h_prev")
    spec = spec_for(
        cell, "adding", T=60, hidden=4, seed=1, descent=Descent(rate=1.0, clip=1e6, optimiser="sgd")
    )
    chunk = advance(spec, first_state(spec), 200)
    assert 0 < chunk.state.step < 200
    assert f"Step {chunk.state.step + 1} of training broke" in chunk.broke
    assert all(len(column) == chunk.state.step for column in chunk.metrics)
    assert all(np.isfinite(p).all() for p in chunk.state.params.values())


def test_the_gradient_at_the_first_step_is_the_engines():
    spec, state = SPEC, first_state(SPEC)
    batch = sequences(spec, 0)
    task, cell = TASKS["adding"], parse(spec.equations)
    trace, y = forward(cell, state.params, batch.x)
    grads = backward(trace, state.params, loss(task.loss, task.when, y, batch.target)[1])
    wanted = math.sqrt(sum((d**2).sum() for d in grads.initial.values()))
    assert advance(spec, state, 1).metrics.first[0] == pytest.approx(wanted, rel=1e-9)


def test_a_window_as_long_as_the_sequence_cuts_nothing():
    whole = gradients(SPEC, first_state(SPEC).params, sequences(SPEC, 0))
    wide = SPEC._replace(descent=SPEC.descent._replace(window=10))
    for name, d in gradients(wide, first_state(SPEC).params, sequences(SPEC, 0))[2].items():
        np.testing.assert_array_equal(d, whole[2][name])


@pytest.mark.parametrize("cell", ["lstm", "gru_reset_before", "slstm"])
def test_a_window_keeps_the_states_and_cuts_the_gradient(cell):
    """The same loss; the gradient is that of runs that begin from the last window's states as constants."""
    spec = spec_for(LIBRARY[cell], "parity", T=9, hidden=3, seed=1, descent=Descent(batch=4, window=4))
    spec = spec._replace(shortest=9)
    params, batch = first_state(spec).params, sequences(spec, 0)
    value, _, found, _ = gradients(spec, params, batch)
    assert value == pytest.approx(
        gradients(spec._replace(descent=Descent(batch=4)), params, batch)[0], rel=1e-12
    )
    task, known = TASKS["parity"], parse(spec.equations)
    trace, y = forward(known, params, batch.x)
    dy, wanted = loss(task.loss, task.when, y, batch.target)[1], dict.fromkeys(found, 0.0)
    for part in (slice(0, 4), slice(4, 8), slice(8, 9)):
        before = {s: trace.values[f"{s}_prev"][part.start] for s in known.states}
        piece, _ = forward(known, params, batch.x[part], before)
        for name, d in backward(piece, params, dy[part]).params.items():
            wanted[name] = wanted[name] + d
    for name, d in found.items():
        np.testing.assert_allclose(d, wanted[name], rtol=1e-9, atol=1e-12)


def test_a_schedule_lowers_the_rate():
    """Plain descent moves the weights by rate times gradient: half-way along a line, by half."""
    descent = Descent(batch=4, optimiser="sgd", schedule="linear", horizon=10)
    spec = SPEC._replace(descent=descent)
    begun = first_state(spec)
    whole = advance(spec, begun, 1).state.params["W_y"] - begun.params["W_y"]
    steady = spec._replace(descent=descent._replace(schedule="constant"))
    assert np.array_equal(whole, advance(steady, begun, 1).state.params["W_y"] - begun.params["W_y"])
    later = begun._replace(step=5)
    half, full = (advance(s, later, 1).state.params["W_y"] - begun.params["W_y"] for s in (spec, steady))
    np.testing.assert_allclose(half, full / 2, rtol=1e-12)
    assert SCHEDULES["cosine"](0.5) == pytest.approx(0.5) and SCHEDULES["halving"](2) == 0.25
    assert all(SCHEDULES[name](3.0) == 0 for name in ("linear", "cosine"))


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_every_optimiser_trains(optimiser):
    rate = {"sgd": 0.3, "momentum": 0.05, "nesterov": 0.05, "adagrad": 0.05}.get(optimiser, 0.01)
    spec = spec_for(LIBRARY["gru_reset_after"], "parity", 6, 8, 1, Descent(rate=rate, optimiser=optimiser))
    values = advance(spec, first_state(spec), 60).metrics.loss
    assert values[-10:].mean() < values[:10].mean()


def test_values_are_clipped_after_the_norm():
    descent = Descent(batch=4, rate=1.0, optimiser="sgd", clip=1e6, limit=1e-3)
    begun = first_state(SPEC)
    after = advance(SPEC._replace(descent=descent), begun, 1).state
    moved = [np.abs(after.params[n] - p).max() for n, p in begun.params.items()]
    assert max(moved) == pytest.approx(1e-3, rel=1e-9)


def test_single_precision_stays_single_and_near():
    spec = SPEC._replace(precision="float32")
    single, double = (advance(s, first_state(s), 20) for s in (spec, SPEC))
    assert {p.dtype for p in single.state.params.values()} == {np.dtype("float32")}
    np.testing.assert_allclose(single.metrics.loss, double.metrics.loss, rtol=1e-3)


def test_an_update_that_is_too_large_is_refused_before_it_begins():
    spec = spec_for(LIBRARY["mlstm"], "adding", T=200, hidden=32, seed=1, descent=Descent(batch=256))
    with pytest.raises(
        LearnerError, match=r"One update would compute [\d,]+ numbers.* so batches of \d+, or"
    ):
        first_state(spec)


def test_sequences_have_at_least_the_shortest_length():
    spec = SPEC._replace(shortest=9)
    assert {len(sequences(spec, k).x) for k in range(30)} == {9, 10}


@pytest.mark.parametrize(
    "change",
    [
        {"task": "juggling"},
        {"T": 4},
        {"T": 10**9},
        {"T": 10.0},
        {"hidden": 65},
        {"seed": -1},
        {"seed": 2**32},
        {"seed": "1"},
        {"descent": Descent(batch=0)},
        {"descent": Descent(batch=10**6)},
        {"descent": Descent(rate=0.0)},
        {"descent": Descent(rate=math.nan)},
        {"descent": Descent(rate="fast")},
        {"descent": Descent(clip=-1.0)},
        {"descent": Descent(clip=math.inf)},
        {"descent": Descent(optimiser="luck")},
        {"descent": Descent(schedule="now and then")},
        {"descent": Descent(horizon=0)},
        {"descent": Descent(window=-1)},
        {"descent": Descent(limit=-1.0)},
        {"descent": Descent(limit=math.nan)},
        {"shortest": 11},
        {"shortest": 4},
        {"precision": "float16"},
        {"constants": (("b_f", math.inf),)},
        {"constants": (("b_q", 1.0),)},
    ],
)
def test_hostile_numbers_get_a_sentence(change):
    with pytest.raises(LearnerError, match=r"(cannot be|There is no).* Allowed: .*\.$"):
        first_state(SPEC._replace(**change))


@pytest.mark.parametrize("steps", [0, -3, 1e3, 10**9])
def test_a_bad_number_of_steps_gets_a_sentence(steps):
    with pytest.raises(LearnerError, match="steps of training cannot be"):
        advance(SPEC, first_state(SPEC), steps)


def test_an_orthogonal_start_turns_and_does_not_stretch():
    spec = SPEC._replace(constants=(("U_f", "orthogonal"),))
    U = first_state(spec).params["U_f"]
    np.testing.assert_allclose(U @ U.T, np.eye(4), atol=1e-12)
    # What was drawn decides the rotation, and every other number stays as it was drawn.
    assert not np.allclose(U, first_state(spec._replace(seed=2)).params["U_f"])
    np.testing.assert_array_equal(
        first_state(SPEC._replace(constants=())).params["U_i"], first_state(spec).params["U_i"]
    )


def test_a_chrono_start_spreads_memories_from_one_step_to_the_longest():
    """Tallec & Ollivier 2018, equation 16: the forget gate keeps 1 - 1/T, the input gate lets in 1/T."""
    spec = SPEC._replace(constants=(("b_f", Chrono(1, 100)), ("b_i", Chrono(-1, 100))))
    params = first_state(spec).params
    keeps = 1 / (1 + np.exp(-params["b_f"][:, 0]))
    np.testing.assert_allclose(1 / (1 - keeps), [2, 34.6666667, 67.3333333, 100])
    np.testing.assert_array_equal(params["b_i"], -params["b_f"])


@pytest.mark.parametrize("constant", [("W_f", "orthogonal"), ("b_f", Chrono(1, 2)), ("b_f", "diagonal")])
def test_a_start_that_cannot_be_gets_a_sentence(constant):
    with pytest.raises(LearnerError, match="Allowed: "):
        first_state(SPEC._replace(constants=(constant,)))
