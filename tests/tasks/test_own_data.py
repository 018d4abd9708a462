"""Tasks of the learner's own data: parts that don't mix, baselines that are measured, sentences."""

import numpy as np
import pytest

from lstm_viz.library import LIBRARY
from lstm_viz.tasks import InputError, task_of
from lstm_viz.tasks.alphabet import encode
from lstm_viz.tasks.text import NAMES
from lstm_viz.training import Descent, advance, first_state, spec_for

TEXT = "the rabbit ran down the hole, and alice ran after the rabbit. " * 4
SERIES = ",".join(f"{3 + np.sin(k / 3):.4f}" for k in range(100))


def test_a_text_is_drawn_from_its_own_parts():
    task, codes = task_of("own_text", TEXT), encode(TEXT)
    cut = len(codes) * 4 // 5
    letters = "".join(codes.astype("U1"))
    for draw, part in ((task.draw, codes[:cut]), (task.draw_test, codes[cut:])):
        batch = draw(np.random.default_rng(1), 10, 5)
        for b in range(5):
            window = batch.x[:, :, b].argmax(axis=1).tolist()
            assert any(window == part[k : k + 10].tolist() for k in range(len(part))), letters
            np.testing.assert_array_equal(batch.x[1:, :, b], batch.target[:-1, :, b])
    assert batch.x.shape[1] == len(NAMES)


def test_a_texts_baseline_is_its_own_pairs():
    """In a text that repeats two letters, the current one tells the next nearly for sure."""
    sure, unsure = task_of("own_text", "ab" * 500), task_of("own_text", TEXT)
    assert sure.baseline(10)[0] < 0.3 < 1.0 < unsure.baseline(10)[0]


def test_a_series_is_standardised_by_its_training_part():
    task = task_of("own_series", SERIES)
    numbers = np.array([float(v) for v in SERIES.split(",")])
    train = numbers[:80]
    batch = task.draw(np.random.default_rng(1), 79, 1)
    np.testing.assert_allclose(batch.x[:, 0, 0], (train[:-1] - train.mean()) / train.std())
    z = (numbers - train.mean()) / train.std()
    assert task.baseline(5)[0] == pytest.approx(np.mean(np.diff(z[79:]) ** 2))
    assert task.x_range[1] >= np.abs(z).max()


@pytest.mark.parametrize("name, data", [("own_text", TEXT), ("own_series", SERIES)])
def test_own_data_can_be_learnt(name, data):
    spec = spec_for(LIBRARY["lstm"], name, 10, 8, 1, Descent(batch=8, rate=0.02))._replace(data=data)
    loss = advance(spec, first_state(spec), 60).metrics.loss
    assert loss[-10:].mean() < 0.8 * loss[:10].mean()


@pytest.mark.parametrize(
    "name, data, sentence",
    [
        ("own_text", "too short", "The text to learn has 9 characters; 60 to 4,000 are allowed"),
        ("own_text", "", "The text to learn has 0 characters"),
        ("own_text", "x" * 4001, "The text to learn has 4,001 characters"),
        ("own_series", "1,2,3", "The series to learn has 3 numbers; at least 60"),
        ("own_series", ",".join(["2.5"] * 80), "All numbers are 2.5.*has to vary"),
        ("own_series", ",".join(["2.5"] * 80 + ["3"] * 20), "All numbers are 2.5.*has to vary"),
        ("own_series", ",".join(["1e-300", "2e-300"] * 40), "All numbers are 0, or so near to it"),
        ("own_series", "1,two", "Number 2 of the series is 'two'"),
        ("juggling", "", "There is no task 'juggling'. Allowed: adding"),
    ],
)
def test_data_that_cannot_be_used_get_a_sentence(name, data, sentence):
    with pytest.raises(InputError, match=sentence):
        task_of(name, data)


def test_a_window_longer_than_the_test_part_gets_a_sentence():
    with pytest.raises(InputError, match="A window of 30 steps is too long; these data allow 19"):
        task_of("own_series", SERIES).draw_test(np.random.default_rng(1), 30, 1)
