"""Evolino: units that find each other, readouts that are the best there are, networks that go on alone."""

import pickle

import numpy as np
import pytest

from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.teacherless import esp, evolino
from lstm_viz.teacherless.freerun import driven, fitted, side_by_side, signal
from lstm_viz.teacherless.recipes import evolino_spec

SPEC = evolino_spec(2, 0)._replace(members=8, hidden=4, washout=20, steps=60, stall=2)


def flat(state):
    return [*state.genes.values(), *state.best.values(), state.errors, state.since, state.step]


def test_one_chunk_and_three_are_equal_bit_for_bit():
    whole, metrics, _ = evolino.advance(SPEC, evolino.first_state(SPEC), 7)
    state, parts = evolino.first_state(SPEC), []
    for steps in (1, 2, 4):
        state, part, broke = evolino.advance(SPEC, pickle.loads(pickle.dumps(state)), steps)
        parts.append(part)
        assert not broke
    for one, other in zip(flat(state), flat(whole), strict=True):
        np.testing.assert_array_equal(one, other)
    for joined, one in zip(zip(*parts, strict=True), metrics, strict=True):
        np.testing.assert_array_equal(np.concatenate(joined), one)
    assert (np.diff(metrics.best) <= 0).all()


def test_two_sines_are_learnt_and_held_beyond_what_was_seen():
    """The errors that the state tells are those of the network that it gives."""
    spec = evolino_spec(2, seed=4)
    state, metrics, _ = evolino.advance(spec, evolino.first_state(spec), 4)
    assert metrics.best[-1] < 0.01 and metrics.beyond[-1] < 0.05 and metrics.mean[0] > 1
    assert metrics.best[-1] < metrics.best[0]
    target, output, free, beyond = evolino.played_by(spec, evolino.best(spec, state))
    seen, unseen = ((output - target)[part] for part in (slice(free, beyond), slice(beyond, None)))
    assert state.errors == pytest.approx(
        [np.mean(seen**2) / target[free:beyond].var(), np.mean(unseen**2) / target[beyond:].var()], rel=1e-3
    )
    assert evolino.judge(spec, evolino.best(spec, state)) == pytest.approx(state.errors[1], rel=1e-3)


def test_the_playback_is_the_engines():
    """Given its inputs, a network of the library says the same."""
    state = evolino.advance(SPEC, evolino.first_state(SPEC), 1).state
    target, output, free, _ = evolino.played_by(SPEC, evolino.best(SPEC, state))
    read = np.concatenate([[0.0], target[:free], output[free:-1]])[:, None, None]
    _, y = forward(evolino.cell_of(SPEC), evolino.best(SPEC, state), read)
    np.testing.assert_allclose(y[:, 0, 0], output, rtol=0, atol=1e-9)


def test_no_other_readout_is_nearer():
    rng, target = np.random.default_rng(1), signal(2, 80)
    genes = evolino.first_state(SPEC).genes
    h, _ = driven(side_by_side(evolino.cell_of(SPEC), genes), target, 20)
    W = fitted(h[20:], target[20:])

    def errors(W_y, b_y):
        said = np.einsum("pkh,tph->tp", W_y, h[20:]) + b_y[:, 0, 0]
        return ((said - target[20:, None]) ** 2).sum(axis=0)

    best = errors(**W)
    for _ in range(20):
        assert (errors(*(w + 1e-3 * rng.normal(size=w.shape) for w in W.values())) >= best).all()


def test_an_overflowing_network_does_not_spoil_the_others():
    h = np.random.default_rng(2).normal(size=(30, 3, 2))
    h[4:, 1] = np.inf
    W = fitted(h, signal(1, 30))
    assert np.isfinite(W["W_y"]).all() and not W["W_y"][1].any() and W["W_y"][0].any()


def test_each_unit_is_in_one_network_and_gets_its_loss():
    rng = np.random.default_rng(3)
    team = esp.teams(rng, 6, 3)
    assert all(sorted(column) == list(range(6)) for column in team.T)
    genes = {"W": np.arange(18.0).reshape(6, 3, 1)}
    networks, worth = esp.assembled(genes, team), esp.credited(team, np.arange(6.0))
    for p in range(6):
        for j in range(3):
            assert networks["W"][p, j] == genes["W"][team[p, j], j] and worth[team[p, j], j] == p


def test_the_best_quarter_stays_and_children_are_of_two_of_it():
    rng = np.random.default_rng(4)
    genes = {"W": rng.normal(size=(8, 2, 5))}
    losses = np.stack([np.arange(8.0), np.arange(8.0)[::-1]], axis=1)
    after = esp.bred(rng, genes, losses, share=0.0, size=1.0)["W"]
    for j, kept in enumerate(([0, 1], [7, 6])):
        np.testing.assert_array_equal(after[:2, j], genes["W"][kept, j])
        one, two = genes["W"][kept, j]
        assert ((after[2:, j] == one) | (after[2:, j] == two)).all()
    mutated = esp.bred(rng, genes, losses, share=0.5, size=0.01)["W"][2:]
    changed = ~np.isin(mutated, genes["W"])
    assert 0.2 < changed.mean() < 0.8


def test_a_burst_keeps_the_best():
    genes = {"W": np.arange(4.0).reshape(2, 2)}
    after = esp.burst(np.random.default_rng(5), genes, 9, 0.1)["W"]
    assert np.array_equal(after[0], genes["W"]) and len(np.unique(after[:, 0, 0])) == 9


def test_a_run_that_breaks_keeps_its_last_state():
    spec = SPEC._replace(
        equations="h = exp(exp(exp(W_h @ x + U_h @ h_prev + b_h)))", constants=(("b_h", 9.0),)
    )
    first = evolino.first_state(spec)
    state, metrics, broke = evolino.advance(spec, first, 3)
    assert broke == "No network of this generation has finite numbers. Try a smaller spread."
    assert state is first and metrics.best.shape == (0,)


def test_there_is_no_best_before_the_first_generation():
    with pytest.raises(LearnerError, match="No network has been tried yet"):
        evolino.best(SPEC, evolino.first_state(SPEC))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"members": 7}, "7 units in a population cannot be. Allowed: a whole number from 8 to 200."),
        ({"sines": 4}, "4 sines cannot be. Allowed: a whole number from 1 to 3."),
        ({"hidden": 0}, "0 hidden units"),
        ({"seed": -1}, "-1 as a seed"),
        ({"steps": 49}, "49 steps to learn from"),
        ({"washout": 1001}, "1001 steps of washout"),
        ({"spread": 11.0}, "11.0 as the genes' spread cannot be. Allowed: above 0, up to 10."),
        ({"feedback": 0.0}, "share of the feedback"),
        ({"mutation": float("inf")}, "size of mutations"),
        ({"share": 1.5}, "1.5 as the share of genes that mutate cannot be. Allowed: from 0 to 1."),
        ({"members": 200, "hidden": 64, "steps": 1000}, "are too many"),
        ({"stall": 0}, "without a better network"),
        ({"equations": LIBRARY["lmu"].equations}, "has no row for each unit"),
        ({"equations": LIBRARY["highway"].equations}, "cannot be in a population"),
    ],
)
def test_what_cannot_be_is_told(change, sentence):
    with pytest.raises(LearnerError) as error:
        evolino.check(SPEC._replace(**change))
    assert sentence in str(error.value)
