"""Own text: nothing vanishes, targets follow inputs, and what cannot be used says so."""

import numpy as np
import pytest

from lstm_viz.tasks import TASKS, InputError, normalise, outside, own_text


@pytest.mark.parametrize(
    ("typed", "read", "others"),
    [
        ("Hello, World.", "hello, world.", 0),
        ("  a\n\n b\tc  ", "a b c", 0),
        ("“Yes” — ‘no’", "'yes' - 'no'", 0),
        ("What? 42!", "what# ###", 4),
        ("naïve 日本 🙂", "na#ve ## #", 4),
        ("#", "#", 1),
        ("\0\x1b\u200b\u202e\ud800", "#####", 5),
        ("", "", 0),
    ],
)
def test_any_text_becomes_symbols_and_the_strangers_are_counted(typed, read, others):
    assert normalise(typed) == read and outside(typed) == others


def test_normalising_twice_changes_nothing():
    rng = np.random.default_rng(0)
    for _ in range(200):
        text = "".join(map(chr, rng.integers(0, 0x300, 60)))
        assert normalise(normalise(text)) == normalise(text)


def test_each_target_is_the_next_character():
    batch, names = own_text("Off with her head!"), TASKS["text"].outputs
    assert "".join(batch.labels) == "off␣with␣her␣head"
    assert "".join(names[k] for k in batch.target[:, :, 0].argmax(axis=1)) == "ff␣with␣her␣head#"
    assert batch.x.shape == batch.target.shape == (17, 32, 1)


@pytest.mark.parametrize("n", [6, 201])
def test_the_shortest_and_the_longest_text_are_taken(n):
    assert own_text("a" * n).x.shape == (n - 1, 32, 1)
    assert own_text("  " + "a" * n + "\n").x.shape == (n - 1, 32, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The text has 0 characters .*; 6 to 201 are allowed"),
        (" \n\t ", "The text has 0 characters"),
        ("a", "The text has 1 character "),
        ("hello", "The text has 5 characters"),
        ("b" * 202, "The text has 202 characters"),
        ("c" * 5000, "The text has 5,000 characters; at most 201 are allowed"),
    ],
)
def test_a_text_of_the_wrong_length_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(InputError, match=sentence):
        own_text(text)
