"""Evolution: the same numbers however it is cut, losses that are the engine's, weights that get better."""

import pickle

import numpy as np
import pytest

from lstm_viz import network
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.losses import loss
from lstm_viz.tasks import TASKS
from lstm_viz.teacherless import evolution, strategy
from lstm_viz.teacherless.recipes import evolution_spec
from lstm_viz.training import Descent, spec_for
from lstm_viz.training.advance import sequences

SPEC = evolution.Spec(spec_for(LIBRARY["lstm"], "spikes", 20, 3, 1, Descent(batch=4)), members=8)


def test_one_chunk_and_three_are_equal_bit_for_bit():
    whole, metrics, _ = evolution.advance(SPEC, evolution.first_state(SPEC), 6)
    state, parts = evolution.first_state(SPEC), []
    for steps in (1, 2, 3):
        state, part, broke = evolution.advance(SPEC, pickle.loads(pickle.dumps(state)), steps)
        parts.append(part)
        assert not broke
    assert state.step == whole.step == 6
    for one, other in zip(state, whole, strict=True):
        np.testing.assert_array_equal(one, other)
    for joined, one in zip(zip(*parts, strict=True), metrics, strict=True):
        np.testing.assert_array_equal(np.concatenate(joined), one)


@pytest.mark.parametrize("name", ["lstm", "gru_reset_after", "lmu", "tlstm", "slstm"])
@pytest.mark.parametrize("task", ["spikes", "events"])
def test_a_childs_loss_is_the_engines(name, task):
    spec = SPEC._replace(run=spec_for(LIBRARY[name], task, 12, 3, 2, Descent(batch=3)))
    state, rng = evolution.first_state(spec), np.random.default_rng(0)
    children = strategy.children(state, rng.normal(size=(5, len(state.mean))))
    batch = sequences(spec.run, 0)
    found, params = evolution.losses(spec, children, batch), evolution.weights(spec, children)
    for p in range(5):
        own = {n: value[p] for n, value in params.items()}
        cell = evolution.cell_of(spec)
        _, y = network.forward(cell, own, batch.x, dt=batch.dt if "dt" in cell.inputs else None)
        value, _ = loss(TASKS[task].loss, TASKS[task].when, y, batch.target, batch.counts)
        assert found[p] == pytest.approx(value, rel=1e-11)


def test_evolution_begins_where_training_does():
    from lstm_viz import training

    start, begun = training.first_state(SPEC.run).params, evolution.best(SPEC, evolution.first_state(SPEC))
    assert start.keys() == begun.keys()
    for name, p in start.items():
        np.testing.assert_array_equal(p, begun[name])


def test_fixed_parameters_stay():
    spec = SPEC._replace(run=spec_for(LIBRARY["lmu"], "sines", 10, 3, 1, Descent(batch=2)))
    first = evolution.first_state(spec)
    before, after = (evolution.best(spec, s) for s in (first, evolution.advance(spec, first, 2).state))
    same = {name for name in before if np.array_equal(before[name], after[name])}
    assert same == {"A", "B"}


def test_the_strategy_finds_the_bottom_of_a_bowl():
    """Also of a narrow one, whose weights need steps of very different sizes."""
    narrow, rng = np.logspace(0, 4, 12), np.random.default_rng(5)
    state = strategy.begin(np.full(12, 3.0), 1.0)
    for _ in range(400):
        z = rng.standard_normal((16, 12))
        state = strategy.selected(state, z, (narrow * strategy.children(state, z) ** 2).sum(axis=1))
    assert (narrow * state.mean**2).sum() < 1e-6
    assert state.spread[0] > 100 * state.spread[-1]


def test_steps_shrink_where_nothing_is_to_be_gained():
    """On losses that are pure chance the mean goes nowhere in particular: sigma stays near what it was."""
    rng, state = np.random.default_rng(6), strategy.begin(np.zeros(30), 1.0)
    for _ in range(100):
        z = rng.standard_normal((12, 30))
        state = strategy.selected(state, z, rng.random(12))
    assert 0.2 < state.sigma < 5


@pytest.mark.parametrize("task", ["periodic", "sines"])
def test_error_falls_far_below_the_start(task):
    spec = evolution_spec(task, seed=0)
    first = evolution.first_state(spec)
    state, metrics, _ = evolution.advance(spec, first, 60)
    before, after = (evolution.judge(spec, evolution.best(spec, s)) for s in (first, state))
    assert after < 0.25 * before
    assert (metrics.best <= metrics.mean).all() and (metrics.mean <= metrics.worst).all()


def test_a_run_that_breaks_keeps_its_last_state():
    cell = LIBRARY["rnn_tanh"]._replace(equations="h = exp(exp(W_h @ x + U_h @ h_prev))")
    spec = evolution.Spec(spec_for(cell, "parity", 10, 3, 1, Descent(batch=2)), members=4, sigma=9.0)
    first = evolution.first_state(spec)
    state, metrics, broke = evolution.advance(spec, first, 50)
    assert broke == (
        f"Generation {state.step + 1} broke: no child has a finite loss. Try a smaller first step size."
    )
    assert len(metrics.best) == state.step < 50 and np.isfinite(state.mean).all()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"members": 3}, "3 children in a generation cannot be. Allowed: a whole number from 4 to 200."),
        ({"members": "all"}, "children in a generation"),
        ({"sigma": 0.0}, "0.0 as the first step size cannot be. Allowed: above 0, up to 10."),
        ({"sigma": float("nan")}, "first step size"),
        ({"run": SPEC.run._replace(hidden=65)}, "hidden units"),
        ({"run": SPEC.run._replace(task="juggling")}, "juggling"),
        ({"run": spec_for(LIBRARY["convlstm_peephole"], "dot", 10, 2, 1)}, "cannot be in a population"),
        (
            {"run": SPEC.run._replace(T=1000, hidden=64), "members": 200},
            "too many. Allowed: sequences",
        ),
    ],
)
def test_what_cannot_be_is_told(change, sentence):
    with pytest.raises(LearnerError) as error:
        evolution.check(SPEC._replace(**change))
    assert sentence in str(error.value)
