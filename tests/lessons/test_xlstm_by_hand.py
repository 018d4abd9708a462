"""The xLSTM's cells with weights set by hand: what the lesson's pictures and experiment show."""

import numpy as np
import pytest

from lessons.xlstm.by_hand import SCORES, VALUES, chooser, pairs, recall, share, store, stored


def test_the_sharper_the_scores_the_more_the_best_value_counts():
    """At 0 all count alike, far above only the best does."""
    assert chooser(0.0).values["h"][-1, 0, 0] == pytest.approx(VALUES.mean())
    assert chooser(300.0).values["h"][-1, 0, 0] == pytest.approx(VALUES[SCORES.argmax()])


def test_a_shut_forget_gate_shows_the_last_value_alone():
    """Whatever its score."""
    assert chooser(1.0, forget=-1000.0).values["h"][:, 0, 0] == pytest.approx(VALUES)


def test_the_memory_is_the_sum_of_its_pairs():
    """Written step by step by the cell: values times keys, and the answers that it gives to them."""
    m = stored(8, 12, 1)
    np.testing.assert_allclose(m.C, m.values.T @ m.keys, atol=1e-12)
    found = m.keys @ m.C.T / np.maximum(np.abs(m.keys @ m.keys.sum(axis=0)), 1)[:, None]
    np.testing.assert_allclose(m.answers, found, atol=1e-12)


def test_keys_that_resemble_each_other_are_confused():
    """The more alike, the fewer are found."""
    alone, alike = (share(*(lambda m: (m.answers, m.values))(stored(16, 12, 1, a))) for a in (0.0, 0.8))
    assert alike < alone
    keys, _ = pairs(16, 12, 1, 0.9)
    assert (keys @ keys.T).min() > 0.5


def test_more_pairs_are_found_by_more_units():
    """And what is at right angles, always."""
    assert recall(8, 16) < recall(16, 16) < recall(32, 16) <= 1
    values = np.random.default_rng(1).normal(size=(4, 4))
    m = store(np.eye(4), values)
    assert share(m.answers, m.values) == 1
