"""The lesson on learning to learn: opinions are what the net would say, the delta rule what its name says."""

import numpy as np
import pytest

from lessons.learning_to_learn.by_state import shown
from lessons.learning_to_learn.nets import delta, errors, lines, opinion, ran


def test_the_opinion_after_some_points_is_what_the_net_says_at_the_next():
    x = np.random.default_rng(1).uniform(-1, 1, (6, 1))
    batch = shown(x, 0.5 * x - 0.2)
    said = ran("LSTM", batch.x)[1][:, 0]
    for points in range(6):
        assert opinion("LSTM", batch, points, x[points])[0] == pytest.approx(said[points], abs=1e-9)


def test_errors_of_parts_are_those_of_all():
    batch = lines(2500)[2]
    said = ran("tanh RNN", batch.x)[1]
    whole = ((said - batch.target[:, 0]) ** 2).mean(axis=1)
    assert errors("tanh RNN", batch) == pytest.approx(whole, abs=1e-12)


def test_the_delta_rule_by_hand():
    batch = shown(np.array([[1.0], [0.5]]), np.array([[0.5], [0.0]]))
    # After the first answer slope and height are both 0.7 · 0.5, and 0.35 · 0.5 + 0.35 is said next.
    assert delta(batch) == pytest.approx([0.25, 0.525**2])
