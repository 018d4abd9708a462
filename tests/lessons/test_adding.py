"""What the lesson on adding says of products, against counting."""

import numpy as np

from lessons.adding.experiments import LENGTHS, errors
from lessons.adding.products import best


def test_the_best_of_a_sum_is_the_mean_of_the_products_with_that_sum():
    """In narrow strips of a million pairs."""
    pairs = np.random.default_rng(3).random((2, 1_000_000))
    total, product = pairs.sum(axis=0), pairs.prod(axis=0)
    for s in (0.3, 0.9, 1.0, 1.4, 1.8):
        near = np.abs(total - s) < 0.01
        assert abs(product[near].mean() - best(np.array(s))) < 0.002


def test_a_leak_costs_more_the_longer_the_sequence():
    """Without one there is no error at any length; a wrong bias of the gate lets every number in."""
    assert max(errors(1.0, -1.0)) < 1e-25
    leaking = errors(0.99, -1.0)
    assert len(leaking) == len(LENGTHS) and list(leaking) == sorted(leaking) and leaking[0] > 1e-5
    assert errors(1.0, -0.9)[-1] > 1
