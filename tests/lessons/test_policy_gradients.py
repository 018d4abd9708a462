"""What the lesson counts of walks is what the maze does."""

import numpy as np
import pytest

from lessons.policy_gradients.pupil import CORRIDOR, Walked, learnt, walked
from lessons.policy_gradients.walks import arrives
from lstm_viz.tasks import t_maze
from lstm_viz.teacherless import policy
from lstm_viz.teacherless.recipes import maze_spec


def test_a_walker_at_random_arrives_as_often_as_computed():
    """Within four standard errors of 4,000 walks."""
    rng, length, n = np.random.default_rng(0), 5, 4000
    maze = t_maze.start(rng, length, n)
    for _ in range(policy.longest(length)):
        maze, _ = t_maze.act(maze, rng.integers(0, len(t_maze.ACTIONS), n))
    chance = arrives(length)
    assert abs(maze.won.mean() - chance) < 4 * np.sqrt(chance * (1 - chance) / n)


def test_walks_begin_at_the_sign_and_end_in_one_of_three_ways():
    """Places lie in the corridor, and what is behind the end is nan."""
    found = walked(0)
    assert (found.places[0] == 0).all() and np.nanmax(found.places) <= CORRIDOR
    assert found.correct + found.wrong + found.lost == pytest.approx(1)
    assert Walked(found.places, 0.5, 0.5).lost == 0


def test_two_stretches_of_updates_are_one():
    """Ten updates and ten more are twenty, bit for bit."""
    spec = maze_spec(CORRIDOR, 1)
    whole = policy.advance(spec, policy.first_state(spec), 20).state
    assert learnt(20).step == 20
    for name, p in whole.params.items():
        np.testing.assert_array_equal(learnt(20).params[name], p)
