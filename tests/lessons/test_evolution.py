"""The swarm moves in the landscape that the ball moved in, and the same numbers come out each time."""

import numpy as np

from lessons.evolution.swarm import GENERATIONS, THROWN, heights, search
from lstm_viz.flow.wall import TANH, surface


def test_the_heights_are_the_landscapes():
    """At some places, walls among them."""
    places = np.random.default_rng(0).uniform(-2, 3, (40, 2))
    np.testing.assert_allclose(heights(places), surface(TANH, *places.T).loss, rtol=0, atol=1e-12)


def test_a_search_has_all_its_generations_and_no_two_seeds_the_same():
    """Children as many as asked for; a middle more than generations."""
    found = search(THROWN, 1, 6)
    assert len(found.generations) == GENERATIONS and len(found.middles) == GENERATIONS + 1
    assert found.generations[0].children.shape == (6, 2)
    assert not np.array_equal(found.middles, search(THROWN, 2, 6).middles)
