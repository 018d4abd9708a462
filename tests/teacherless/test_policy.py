"""Policy gradient: that of the expected reward, by steps that are the engine's; mazes are learnt."""

import pickle
from itertools import product

import numpy as np
import pytest

from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.tasks import t_maze
from lstm_viz.teacherless import mazes, policy
from lstm_viz.teacherless.recipes import maze_spec
from lstm_viz.teacherless.walk import Walk, chances, chosen, walk
from lstm_viz.training.spec import Descent

SPEC = maze_spec(4, 1)._replace(hidden=3, descent=Descent(batch=6, rate=0.02))
TINY = maze_spec(1, 2)._replace(hidden=2, curiosity=0.0, discount=1.0)


def moved(params, name, index, by):
    p = params[name].copy()
    p[index] += by
    return params | {name: p}


@pytest.mark.parametrize("method", [policy, mazes])
def test_one_chunk_and_three_are_equal_bit_for_bit(method):
    whole, metrics, _ = method.advance(SPEC, method.first_state(SPEC), 6)
    state, parts = method.first_state(SPEC), []
    for steps in (1, 2, 3):
        state, part, broke = method.advance(SPEC, pickle.loads(pickle.dumps(state)), steps)
        parts.append(part)
        assert not broke
    for name, p in whole.params.items():
        np.testing.assert_array_equal(state.params[name], p)
    for joined, one in zip(zip(*parts, strict=True), metrics, strict=True):
        np.testing.assert_array_equal(np.concatenate(joined), one)


@pytest.mark.parametrize("name", ["lstm", "rnn_tanh", "gru_reset_before"])
def test_what_is_said_step_by_step_is_the_engines(name):
    spec = maze_spec(4, 1, LIBRARY[name])
    params, rng = policy.first_state(spec).params, np.random.default_rng(0)
    seen = walk(policy.cell_of(spec), params, t_maze.start(rng, 4, 7), 20, rng)
    _, said = forward(policy.cell_of(spec), params, seen.seen)
    np.testing.assert_allclose(seen.said, said, rtol=0, atol=1e-12)
    assert not seen.worth[~seen.on].any() and seen.on[0].all()


def test_the_gradient_is_the_surrogates_by_central_differences():
    params, rng = policy.first_state(SPEC).params, np.random.default_rng(3)
    seen = walk(policy.cell_of(SPEC), params, t_maze.start(rng, 4, 6), 22, rng)
    worth = policy.advantages(seen, SPEC.discount)
    grads = policy.gradient(SPEC, params, seen)

    def value(params):
        said = forward(policy.cell_of(SPEC), params, seen.seen)[1]
        return policy.surrogate(said, seen, worth, SPEC.curiosity)

    for name, d in grads.items():
        index = tuple(rng.integers(n) for n in d.shape)
        slope = (value(moved(params, name, index, 1e-5)) - value(moved(params, name, index, -1e-5))) / 2e-5
        assert d[index] == pytest.approx(slope, rel=1e-5, abs=1e-8), name


def all_walks(params):
    """Every walk of two steps there is in both mazes with a corridor of one: 32, and the chance of each."""
    pairs = np.array(list(product(range(4), repeat=2)))
    done = np.concatenate([pairs, pairs]).T
    maze = t_maze.start(np.random.default_rng(0), 1, 32)._replace(north=np.arange(32) < 16)
    rows = []
    for t in range(2):
        seen, on = t_maze.observe(maze), ~maze.over
        maze, worth = t_maze.act(maze, done[t])
        rows.append((seen, np.zeros((4, 32)), done[t], worth, on))
    found = Walk(*map(np.stack, zip(*rows, strict=True)), maze.won)
    said = forward(policy.cell_of(TINY), params, found.seen)[1]
    taken = np.take_along_axis(chances(said), done[:, None], axis=1)[:, 0]
    return found, taken.prod(axis=0) / 2


def test_on_average_the_gradient_is_that_of_the_expected_reward():
    """Over all walks of a tiny maze, each as likely as it is: REINFORCE is exact, without any sampling."""
    params = policy.first_state(TINY).params
    found, chance = all_walks(params)
    assert chance.sum() == pytest.approx(1)
    returns = np.cumsum(found.worth[::-1], axis=0)[::-1]
    said = forward(policy.cell_of(TINY), params, found.seen)[1]
    # A walk's weight is its chance, and not one in 32.
    dy = policy.slope(said, found, 32 * chance * returns, 0.0)

    def expected(params):
        found, chance = all_walks(params)
        return float(chance @ found.worth.sum(axis=0))

    trace, _ = forward(policy.cell_of(TINY), params, found.seen)
    grads = policy.backward(trace, params, dy).params
    for name in ("W_y", "b_y", "U_f", "W_c", "b_i"):
        index = (0,) * grads[name].ndim
        slope = (
            expected(moved(params, name, index, 1e-5)) - expected(moved(params, name, index, -1e-5))
        ) / 2e-5
        assert -grads[name][index] == pytest.approx(slope, rel=1e-5, abs=1e-9), name


def test_the_baseline_leaves_the_expected_gradient_as_it_is():
    """Averaged over many batches, with and without it."""
    params, cell = policy.first_state(TINY).params, policy.cell_of(TINY)
    with_it, without = [], []
    for k in range(300):
        rng = np.random.default_rng(k)
        seen = walk(cell, params, t_maze.start(rng, 1, 20), 4, rng)
        returns = np.cumsum(seen.worth[::-1], axis=0)[::-1] * seen.on
        with_it.append(policy.slope(seen.said, seen, policy.advantages(seen, 1.0), 0.0).sum(axis=(0, 2)))
        without.append(policy.slope(seen.said, seen, returns, 0.0).sum(axis=(0, 2)))
    (a, b), (da, db) = ([f(g, axis=0) for g in (with_it, without)] for f in (np.mean, np.std))
    assert (np.abs(a - b) < 4 * np.sqrt(da**2 + db**2) / np.sqrt(300)).all()


def test_advantages_by_hand():
    worth, on = np.array([[0.0, -0.1], [4.0, 0.0]]), np.array([[True, True], [True, False]])
    seen = Walk(np.zeros((2, 3, 2)), np.zeros((2, 4, 2)), np.zeros((2, 2), int), worth, on, np.array([1, 0]))
    np.testing.assert_allclose(policy.advantages(seen, 0.5), [[2.1, -2.1], [4.0, 0.0]])


def test_actions_are_drawn_by_their_chances():
    said = np.log(np.array([[0.5], [0.3], [0.15], [0.05]])) * np.ones(20_000)
    done = chosen(said, np.random.default_rng(1))
    np.testing.assert_allclose(np.bincount(done, minlength=4) / 20_000, [0.5, 0.3, 0.15, 0.05], atol=0.012)
    assert (chosen(said, None) == 0).all()


def test_rewards_alone_teach_an_lstm_to_remember_the_sign():
    spec = maze_spec(3, 0)
    first = policy.first_state(spec)
    state, metrics, _ = policy.advance(spec, first, 90)
    assert metrics.right[-10:].mean() > 0.9 and metrics.reward[-10:].mean() > 3.4 > metrics.reward[:5].mean()
    assert policy.judge(spec, policy.best(spec, state)) > 0.95 > policy.judge(spec, first.params)


def test_a_teacher_teaches_the_turn():
    spec = maze_spec(3, 0)
    first = mazes.first_state(spec)
    state, metrics, _ = mazes.advance(spec, first, 80)
    assert metrics.right[-5:].mean() == 1 and metrics.loss[-1] < 0.2 < metrics.loss[0]
    assert mazes.judge(spec, mazes.best(spec, state)) == 1 > mazes.judge(spec, first.params)


def test_the_teachers_gradient_is_right():
    rng = np.random.default_rng(0)
    y, target = rng.normal(size=(4, 4, 3)), mazes.taught(np.array([0, 2, 0]), 4)
    assert target[:-1, t_maze.EAST].all() and target[-1, [0, 2, 0], range(3)].all() and target.sum() == 12
    e, (_, dy) = np.zeros(y.shape), mazes.told(y, target)
    for index in ((0, 1, 2), (3, 0, 1)):
        e[...] = 0
        e[index] = 1e-6
        slope = (mazes.told(y + e, target)[0] - mazes.told(y - e, target)[0]) / 2e-6
        assert dy[index] == pytest.approx(slope, rel=1e-6)


def test_who_is_led_sees_the_sign_first_and_the_junction_last():
    x, turn = mazes.led(np.random.default_rng(0), 5, 40)
    assert x.shape == (6, 3, 40)
    np.testing.assert_array_equal(turn == t_maze.NORTH, (x[0].T == t_maze.NORTHERN).all(axis=1))
    assert (x[-1].T == t_maze.JUNCTION).all() and (x[1:-1].swapaxes(1, 2) == t_maze.CORRIDOR).all()


def test_an_episode_can_be_shown():
    state = policy.first_state(SPEC)
    shown = policy.episode(SPEC, state, 7)
    again = policy.episode(SPEC, state, 7)
    assert all(np.array_equal(a, b) for a, b in zip(shown, again, strict=True))
    T = len(shown.actions)
    assert shown.x.shape == (T, 3, 1) and shown.chances.shape == (T, 4) and shown.rewards.shape == (T,)
    np.testing.assert_allclose(shown.chances.sum(axis=1), 1)
    _, said = forward(policy.cell_of(SPEC), state.params, shown.x)
    np.testing.assert_allclose(chances(said)[..., 0], shown.chances, atol=1e-12)


@pytest.mark.parametrize("method", [policy, mazes])
def test_a_run_that_breaks_keeps_its_last_state(method):
    spec = SPEC._replace(equations="h = exp(exp(W_h @ x + b_h))", constants=(("b_h", 6.7),))
    first = method.first_state(spec)
    state, metrics, broke = method.advance(spec, first, 5)
    assert broke.startswith(f"Step {state.step + 1} of training broke: no finite number in")
    assert len(metrics.right) == state.step < 5


@pytest.mark.parametrize("method", [policy, mazes])
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"corridor": 0},
            "0 steps from the sign to the junction cannot be. Allowed: a whole number from 1 to 100.",
        ),
        ({"corridor": 101}, "101 steps from the sign"),
        ({"hidden": 100}, "100 hidden units"),
        ({"seed": 0.5}, "0.5 as a seed"),
        ({"descent": Descent(batch=0)}, "0 sequences in a batch"),
        ({"descent": Descent(rate=2.0)}, "2.0 as a rate"),
        ({"descent": Descent(batch=256), "corridor": 90, "hidden": 64}, "are too many"),
        ({"discount": 1.1}, "1.1 as a discount cannot be. Allowed: from 0 to 1."),
        ({"curiosity": -0.1}, "-0.1 as curiosity"),
        ({"equations": LIBRARY["convlstm_peephole"].equations}, "cannot be in a population"),
        (
            {"equations": LIBRARY["lmu"].equations},
            "of their own cannot walk. Allowed: cells",
        ),
    ],
)
def test_what_cannot_be_is_told(method, change, sentence):
    with pytest.raises(LearnerError) as error:
        method.advance(SPEC._replace(**change), method.first_state(SPEC), 1)
    assert sentence in str(error.value)
