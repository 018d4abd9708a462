"""The built-in tasks: repeatable, right at every step, and with baselines that a measurement confirms."""

import numpy as np
import pytest

from lstm_viz.tasks import TASKS, InputError, dot, score
from lstm_viz.tasks.score import MEASURES

EVERY = pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
# Tasks that draw their sequences anew, and may be asked for too many.
DRAWN = pytest.mark.parametrize(
    "task", [t for t in TASKS.values() if t.name not in ("sunspots", "text", "dot")], ids=lambda t: t.name
)


def rng(seed=0):
    return np.random.default_rng(seed)


def draws(task):
    return task.draw, task.draw_test


def test_the_order_of_the_tasks_is_the_order_of_the_menu():
    classic = ["multiplication", "copy", "order2", "order3", "anbn", "anbncn", "reber", "reber_stream"]
    of_time = ["periodic", "spikes", "sines", "events", "events_told", "delay"]
    of_lessons = ["lines", "runoff"]
    first = ["adding", "recall", "parity", "sunspots", "text", "dot"]
    assert list(TASKS) == [*first, *classic, *of_time, *of_lessons]
    assert all(name == task.name for name, task in TASKS.items())


@EVERY
@pytest.mark.parametrize("T", [*range(5, 41), 200])
def test_shapes_and_ranges_are_what_the_task_declares(task, T):
    for draw in draws(task):
        batch = draw(rng(), T, 7)
        x, target, labels, *_ = batch
        assert x.shape == (T, len(task.inputs), 7) and target.shape == (T, len(task.outputs), 7)
        assert x.dtype == target.dtype == np.float64
        assert len(labels) == T and all(isinstance(label, str) and label for label in labels)
        for values, (low, high) in ((x, task.x_range), (target, task.y_range)):
            assert low <= values.min() and values.max() <= high
        if task.loss == "cross-entropy":
            assert np.array_equal(target.sum(axis=1), np.ones((T, 7)))
        assert (batch.counts is not None) == (task.when == "marked")
        check_more(batch, T)


def check_more(batch, T):
    """What only some tasks have: at least one step of each sequence counts; what was drawn is legal."""
    if batch.counts is not None:
        assert batch.counts.shape == (T, 1, 7) and set(batch.counts.ravel()) <= {0, 1}
        assert batch.counts.any(axis=0).all()
    if batch.legal is not None:
        assert batch.legal.shape == batch.target.shape and set(batch.legal.ravel()) == {0, 1}
        assert (batch.legal >= batch.target).all() and not batch.legal.all(axis=1).any()
    if batch.dt is not None:
        assert batch.dt.shape == (T, 1, 7) and (batch.dt > 0).all()


@EVERY
def test_one_seed_gives_one_batch_and_another_seed_another(task):
    for draw in draws(task):
        a, b, c = draw(rng(3), 30, 4), draw(rng(3), 30, 4), draw(rng(4), 30, 4)
        for ours, theirs in zip(a, b, strict=True):
            assert np.array_equal(ours, theirs)
        # The periodic function alone is always the same.
        assert np.array_equal(a.x, c.x) == (task.name == "periodic")


@EVERY
def test_the_sequences_of_a_batch_are_drawn_apart(task):
    x = task.draw(rng(1), 40, 30).x
    assert len(np.unique(x.reshape(-1, 30), axis=1).T) >= (1 if task.name == "periodic" else 8)


@EVERY
def test_a_sequence_below_five_steps_is_refused_in_a_sentence(task):
    for draw in draws(task):
        with pytest.raises(InputError, match="A sequence of 4 steps is too short; at least 5"):
            draw(rng(), 4, 2)


@DRAWN
def test_sequences_that_are_too_long_or_too_many_are_refused_before_any_work(task):
    for T, B, words in (
        (10**9, 1, "A sequence of 1,000,000,000 steps is too long; at most 100,000"),
        (50, 10**9, "1,000,000,000 sequences of 50 steps cannot be drawn; 1 to 100,000 are allowed"),
        (50, 0, "0 sequences of 50 steps cannot be drawn"),
        (50, -1, "-1 sequences of 50 steps"),
    ):
        with pytest.raises(InputError, match=words):
            task.draw(rng(), T, B)


@EVERY
def test_a_task_says_everything_that_a_page_shows(task):
    value, phrase = task.baseline(20)
    assert value > 0 and phrase
    assert all((task.title, task.sentence, task.source))
    assert "atch " in task.sentence or task.name == "sunspots", "what to watch"
    assert task.loss in ("squared", "cross-entropy") and task.when in ("end", "every", "marked")
    assert task.measure in MEASURES
    assert len(TASKS) == len({t.title for t in TASKS.values()}) == len({t.sentence for t in TASKS.values()})


def test_adding_keeps_the_sum_of_the_marked_values_so_far():
    x, target, labels, *_ = TASKS["adding"].draw(rng(1), 40, 20)
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
    x, target, labels, *_ = task.draw(rng(5), 12, 300)
    symbols = np.array(task.inputs)[x.argmax(axis=1)]
    assert (x.sum(axis=1) == 1).all()
    assert set(symbols[0]) == set("ABCD") and set(symbols[-1]) == {"?"}
    assert set(symbols[1:-1].ravel()) == set("wxyz")
    assert (np.array(task.outputs)[target.argmax(axis=1)] == symbols[0]).all()
    assert labels == tuple(symbols[:, 0])


def test_parity_counts_the_ones_so_far():
    task = TASKS["parity"]
    x, target, labels, *_ = task.draw(rng(6), 50, 20)
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
    x, target, *_ = TASKS["parity"].draw(rng(9), 30, 2000)
    odd = target[1:, 1]  # at step 0 the bit is the parity
    for bit in (0, 1):
        assert odd[x[1:, 0] == bit].mean() == pytest.approx(0.5, abs=0.015)


def test_the_dot_moves_one_pixel_along_both_axes_and_bounces_at_the_walls():
    task = TASKS["dot"]
    x, target, labels, *_ = task.draw(rng(10), 60, 50)
    assert (x.sum(axis=1) == 1).all() and np.array_equal(x[1:], target[:-1])
    places = np.stack(np.unravel_index(x.argmax(axis=1), task.image), axis=1)
    moves = np.diff(places, axis=0)
    assert set(np.abs(moves).ravel()) == {1}
    turned = moves[1:] != moves[:-1]
    assert np.array_equal(turned, np.isin(places[1:-1], (0, dot.SIZE - 1)))
    assert labels[3] == "row {}, column {}".format(*places[3, :, 0] + 1) == task.inputs[x[3, :, 0].argmax()]


def test_the_dot_starts_anywhere_and_in_any_direction():
    """All 196 pairs of phases are drawn: as often as each other, within 5 standard errors."""
    first = TASKS["dot"].draw(rng(11), 5, 100_000).x[:2].argmax(axis=1)
    _, seen = np.unique(first, axis=1, return_counts=True)
    # Where a wall turns it, one pair of frames tells one phase of an axis; elsewhere two frames do as well.
    assert len(seen) == dot.CYCLE**2
    assert abs(seen - 100_000 / len(seen)).max() < 5 * (100_000 / len(seen)) ** 0.5


def test_the_baseline_of_the_dot_is_what_the_best_table_of_next_pixels_reaches():
    """Counted on all 196 walks; who sees one frame can do no better than say the likeliest next pixel."""
    task = TASKS["dot"]
    phase = np.indices((dot.CYCLE, dot.CYCLE)).reshape(2, -1)
    now, then = (np.ravel_multi_index(tuple(dot.place(phase + k)), task.image) for k in (0, 1))
    pairs = np.zeros((len(task.inputs),) * 2)
    np.add.at(pairs, (now, then), 1)
    assert 1 - pairs.max(axis=1).sum() / pairs.sum() == pytest.approx(task.baseline(50)[0], abs=1e-12)
    x, target, *_ = task.draw(rng(12), 14, 20_000)
    says = np.moveaxis(np.eye(len(task.inputs))[pairs.argmax(axis=1)][x.argmax(axis=1)], -1, 1)
    # A walk's share of wrong answers has a standard deviation of 0.14.
    assert score(task, says, target) == pytest.approx(task.baseline(14)[0], abs=0.005)


def test_two_frames_of_the_dot_tell_the_next_and_one_does_not():
    """So the fewest wrong answers are those of the first step: of its best guess, as the baseline's."""
    task = TASKS["dot"]
    x, target, *_ = task.draw(rng(13), 20, 20_000)
    places = np.stack(np.unravel_index(x.argmax(axis=1), task.image), axis=1)
    ahead = 2 * places[1:] - places[:-1]
    ahead = np.where(np.isin(places[1:], (0, dot.SIZE - 1)), places[:-1], ahead)
    guess = np.where(places[:1] == dot.SIZE - 1, dot.SIZE - 2, places[:1] + 1)
    rows, columns = np.moveaxis(np.concatenate([guess, ahead]), 1, 0)
    says = np.moveaxis(np.eye(len(task.inputs))[rows * dot.SIZE + columns], -1, 1)
    assert score(task, says[1:], target[1:]) == 0
    assert score(task, says, target) == pytest.approx(dot.best(20), abs=0.0009)
