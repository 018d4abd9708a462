"""Scores: right in each measure, at the steps that count, and honest about broken networks."""

import numpy as np
import pytest

from lstm_viz.tasks import TASKS, score


def batch(name, T=12, B=9):
    return TASKS[name].draw(np.random.default_rng(0), T, B)


@pytest.mark.parametrize("name", TASKS)
def test_a_perfect_readout_scores_zero_and_a_blown_up_one_never_does(name):
    task, target = TASKS[name], batch(name).target
    assert score(task, target * 1000, target * 1000) == pytest.approx(0)
    for broken in (np.nan, np.inf):
        assert not score(task, np.full_like(target, broken), target) <= task.baseline(12)[0]


@pytest.mark.parametrize("name", TASKS)
def test_only_the_steps_that_count_count(name):
    task, target = TASKS[name], batch(name).target
    y = 1000 * (1 - target)
    y[-1] = 1000 * target[-1]
    assert (score(task, y, target * 1000) == 0) == (task.when == "end")


def test_bits_per_character_by_an_independent_loop():
    task, target = TASKS["text"], batch("text").target
    y = np.random.default_rng(1).normal(0, 3, target.shape)
    bits = []
    for t in range(12):
        for b in range(9):
            p = np.exp(y[t, :, b]) / np.exp(y[t, :, b]).sum()
            bits.append(-np.log2(p[target[t, :, b] == 1][0]))
    assert score(task, y, target) == pytest.approx(np.mean(bits))
    assert score(task, y + 1e6, target) == pytest.approx(np.mean(bits))
    assert score(task, 0 * y, target) == pytest.approx(5)  # 32 symbols


def test_wrong_answers_by_an_independent_loop():
    task, target = TASKS["parity"], batch("parity").target
    y = np.random.default_rng(2).normal(size=target.shape)
    wrong = [y[t, 0, b] > y[t, 1, b] for t in range(12) for b in range(9) if target[t, 1, b]]
    wrong += [y[t, 0, b] < y[t, 1, b] for t in range(12) for b in range(9) if target[t, 0, b]]
    assert score(task, y, target) == pytest.approx(sum(wrong) / len(wrong))


def test_mean_squared_error_by_an_independent_loop():
    task, target = TASKS["sunspots"], batch("sunspots").target
    y = np.random.default_rng(3).normal(size=target.shape)
    errors = [(a - b) ** 2 for a, b in zip(y.ravel(), target.ravel(), strict=True)]
    assert score(task, y, target) == pytest.approx(sum(errors) / len(errors))
