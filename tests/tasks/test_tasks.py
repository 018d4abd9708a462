"""The built-in tasks: repeatable, right at every step, and with baselines that a measurement confirms."""

import numpy as np
import pytest

from lstm_viz.tasks import TASKS, InputError, score

EVERY = pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)


def rng(seed=0):
    return np.random.default_rng(seed)


def draws(task):
    return task.draw, task.draw_test


def test_the_order_of_the_tasks_is_the_order_of_the_menu():
    assert list(TASKS) == ["adding", "recall", "parity", "sunspots", "text"]
    assert all(name == task.name for name, task in TASKS.items())


@EVERY
@pytest.mark.parametrize("T", [5, 6, 31, 200])
def test_shapes_and_ranges_are_what_the_task_declares(task, T):
    for draw in draws(task):
        x, target, labels = draw(rng(), T, 7)
        assert x.shape == (T, len(task.inputs), 7) and target.shape == (T, len(task.outputs), 7)
        assert x.dtype == target.dtype == np.float64
        assert len(labels) == T and all(isinstance(label, str) and label for label in labels)
        for values, (low, high) in ((x, task.x_range), (target, task.y_range)):
            assert low <= values.min() and values.max() <= high
        if task.loss == "cross-entropy":
            assert np.array_equal(target.sum(axis=1), np.ones((T, 7)))


@EVERY
def test_one_seed_gives_one_batch_and_another_seed_another(task):
    for draw in draws(task):
        a, b, c = draw(rng(3), 30, 4), draw(rng(3), 30, 4), draw(rng(4), 30, 4)
        assert np.array_equal(a.x, b.x) and np.array_equal(a.target, b.target) and a.labels == b.labels
        assert not np.array_equal(a.x, c.x)


@EVERY
def test_a_sequence_below_five_steps_is_refused_in_a_sentence(task):
    for draw in draws(task):
        with pytest.raises(InputError, match="A sequence of 4 steps is too short; at least 5"):
            draw(rng(), 4, 2)


@EVERY
def test_a_task_says_everything_that_a_page_shows(task):
    value, phrase = task.baseline(20)
    assert value > 0 and phrase
    assert all((task.title, task.sentence, task.source))
    assert task.loss in ("squared", "cross-entropy") and task.when in ("end", "every")


def test_adding_keeps_the_sum_of_the_marked_values_so_far():
    x, target, labels = TASKS["adding"].draw(rng(1), 40, 20)
    for b in range(20):
        total = 0.0
        for t in range(40):
            total += x[t, 0, b] if x[t, 1, b] == 1 else 0
            assert target[t, 0, b] == pytest.approx(total, abs=1e-15)
    for t, label in enumerate(labels):
        assert label == f"{x[t, 0, 0]:.2f}" + (" marked" if x[t, 1, 0] else "")


@pytest.mark.parametrize("T", [5, 6, 99, 200])
def test_adding_marks_one_step_in_each_half(T):
    marked = TASKS["adding"].draw(rng(2), T, 500).x[:, 1]
    assert set(marked.ravel()) == {0, 1}
    assert (marked[: T // 2].sum(axis=0) == 1).all() and (marked[T // 2 :].sum(axis=0) == 1).all()
    assert marked.any(axis=1).all() or T > 20  # every step can be marked


@pytest.mark.parametrize("marks", [(0, 1), (1, 0), (0, 19), (18, 19), [4, 9], np.array([4, 9])])
def test_adding_takes_the_marks_that_were_chosen(marks):
    marked = TASKS["adding"].draw(rng(), 20, 3, marks).x[:, 1]
    assert all(set(np.flatnonzero(column)) == set(map(int, marks)) for column in marked.T)


@pytest.mark.parametrize("marks", [(3, 3), (-1, 4), (4, 20), (4,), (1, 2, 3), (), (1.5, 2)])
def test_adding_refuses_other_marks_in_a_sentence(marks):
    with pytest.raises(InputError, match="two different steps from 0 to 19 are needed"):
        TASKS["adding"].draw(rng(), 20, 3, marks)


def test_recall_asks_at_the_end_for_the_symbol_of_the_start():
    task = TASKS["recall"]
    x, target, labels = task.draw(rng(5), 12, 300)
    symbols = np.array(task.inputs)[x.argmax(axis=1)]
    assert (x.sum(axis=1) == 1).all()
    assert set(symbols[0]) == set("ABCD") and set(symbols[-1]) == {"?"}
    assert set(symbols[1:-1].ravel()) == set("wxyz")
    assert (np.array(task.outputs)[target.argmax(axis=1)] == symbols[0]).all()
    assert labels == tuple(symbols[:, 0])


def test_parity_counts_the_ones_so_far():
    task = TASKS["parity"]
    x, target, labels = task.draw(rng(6), 50, 20)
    for b in range(20):
        ones = 0
        for t in range(50):
            ones += int(x[t, 0, b])
            assert task.outputs[target[t, :, b].argmax()] == ("odd" if ones % 2 else "even")
    assert labels == tuple(str(int(bit)) for bit in x[:, 0, 0])


def test_the_adding_baseline_is_what_always_saying_1_reaches():
    task = TASKS["adding"]
    target = task.draw(rng(7), 6, 20_000).target
    # The squared error has mean 1/6 and standard deviation 0.19: 5 standard errors are 0.007.
    assert score(task, np.ones_like(target), target) == pytest.approx(task.baseline(6)[0], abs=0.007)


@pytest.mark.parametrize("name", ["recall", "parity"])
def test_the_baseline_of_classes_is_what_any_fixed_guess_reaches(name):
    task = TASKS[name]
    target = task.draw(rng(8), 10, 20_000).target
    for k in range(len(task.outputs)):
        guess = np.zeros_like(target)
        guess[:, k] = 1
        assert score(task, guess, target) == pytest.approx(task.baseline(10)[0], abs=0.016)


def test_parity_cannot_be_read_from_the_current_bit():
    x, target, _ = TASKS["parity"].draw(rng(9), 30, 2000)
    odd = target[1:, 1]  # at step 0 the bit is the parity
    for bit in (0, 1):
        assert odd[x[1:, 0] == bit].mean() == pytest.approx(0.5, abs=0.015)
