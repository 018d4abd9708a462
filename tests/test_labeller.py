"""The labeller: what it says adds up, and its file is read as carefully as every other."""

import json

import numpy as np
import pytest

from lstm_viz.errors import LearnerError
from lstm_viz.labeller import FILE, chances, label_error, load, network, save, shapes_of
from lstm_viz.tasks.strokes import CLASSES, classes, draw, together, write
from lstm_viz.training.labelling import Labelling, advance_labelling, first_labelling, labeller_of
from lstm_viz.training.spec import Descent
from lstm_viz.weights import array, members

TINY = Labelling(hidden=3, seed=1, steps=(0, 2), descent=Descent(batch=2))


@pytest.fixture(scope="module")
def tiny():
    return labeller_of(TINY, advance_labelling(TINY, first_labelling(TINY), 2).state)


@pytest.fixture
def forge(tmp_path, tiny):
    """A function that writes a file with other arrays or another meta, and returns its path."""
    save(tmp_path / "good.npz", tiny)
    content = {name: array(name, data) for name, data in members(tmp_path / "good.npz").items()}

    def written(meta=None, drop=(), **arrays):
        kept = {n: a for n, a in (content | arrays).items() if n not in drop}
        if meta is not None:
            kept["meta"] = np.array(meta if isinstance(meta, str) else json.dumps(tiny.meta | meta))
        np.savez(tmp_path / "forged.npz", **kept)
        return tmp_path / "forged.npz"

    return written


def refused(path, sentence):
    with pytest.raises(LearnerError, match=sentence) as caught:
        load(path)
    assert str(caught.value).startswith("forged.npz: ") and "Allowed: " in str(caught.value)


def test_chances_sum_to_1_and_a_batch_is_its_lines(tiny):
    lines = [write(np.random.default_rng(k), word) for k, word in enumerate(("i", "union"))]
    batch = together(lines)
    log_probs = chances(tiny.net, tiny.params[1], batch.x, batch.lengths)
    assert log_probs.shape == (max(batch.lengths), len(CLASSES), 2)
    np.testing.assert_allclose(np.exp(log_probs).sum(axis=1), 1, atol=1e-12)
    for b, line in enumerate(lines):
        alone = chances(tiny.net, tiny.params[1], line.pixels[:, :, None])[:, :, 0]
        np.testing.assert_allclose(log_probs[: batch.lengths[b], :, b], alone, atol=1e-12)


def test_it_reads_in_both_directions(tiny):
    """A pixel at the end changes what is said at the beginning, and the other way round."""
    x = write(np.random.default_rng(1), "noon").pixels[:, :, None]
    for here, there in ((0, -1), (-1, 0)):
        other = x.copy()
        other[there] = 1 - other[there]
        before, after = (chances(tiny.net, tiny.params[0], a)[here] for a in (x, other))
        assert np.abs(before - after).max() > 1e-9


def test_the_label_error_counts_edits_by_letter():
    """“noon” read as “non” and “i” as nothing: two edits in five letters; and all right is none."""
    lines = together([write(np.random.default_rng(k), word) for k, word in enumerate(("noon", "i"))])

    def said(*words):
        log_probs = np.full((max(lines.lengths), len(CLASSES), 2), -9.0)
        log_probs[:, 0] = -1.0
        for b, word in enumerate(words):
            log_probs[range(1, 2 * len(word), 2), classes(word), b] = 0.0
        return log_probs

    assert label_error(said("noon", "i"), lines) == 0
    assert label_error(said("non", ""), lines) == pytest.approx(2 / 5)


def test_what_is_saved_is_loaded(tmp_path, tiny):
    save(tmp_path / "a.npz", tiny)
    save(tmp_path / "b.npz", tiny)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    found = load(tmp_path / "a.npz")
    assert found.meta == tiny.meta and len(found.params) == 2
    for ours, theirs in zip(found.params, tiny.params, strict=True):
        assert ours.keys() == theirs.keys() == shapes_of(3).keys()
        for name, value in theirs.items():
            assert ours[name].dtype == float
            np.testing.assert_array_equal(ours[name], value)


def test_a_forged_file_that_is_right_is_read(forge):
    assert load(forge(meta={})).net == network()


def test_wrong_arrays_get_a_sentence(forge):
    refused(forge(drop=["b_y"]), r"“b_y” has the shape None where the labeller needs \(2, 6\)")
    refused(forge(b_q=np.ones((2, 3))), r"“b_q” has the shape \(2, 3\) where the labeller needs None")
    refused(forge(b_y=np.ones((3, 6))), r"“b_y” has the shape \(3, 6\)")
    refused(forge(b_y=np.full((2, 6), np.nan)), "“b_y” is not finite")
    refused(forge(b_y=np.array([[{}]], dtype=object)), "“b_y” is not a plain array of floats")
    refused(forge(drop=["meta"]), "not an npz file with “meta”")


@pytest.mark.parametrize(
    ("meta", "sentence"),
    [
        ("nonsense", "Expecting value"),
        ("[]", "not that of a labeller"),
        ("[" * 9000, "forged.npz: "),
        ({"task": "adding"}, "not that of a labeller"),
        ({"long": "x" * 20_000}, "not that of a labeller"),
        ({"equations": "h = tanh(x)"}, "other equations"),
        ({"equations": 3}, "other equations"),
        ({"hidden": 0}, "whole numbers"),
        ({"hidden": 65}, "whole numbers"),
        ({"hidden": True}, "whole numbers"),
        ({"hidden": 4}, "where the labeller needs"),
        ({"seed": -1}, "whole numbers"),
        ({"test_lines": 1.5}, "whole numbers"),
        ({"rate": "fast"}, "numbers rate, clip"),
        ({"rate": float("nan")}, "numbers rate, clip"),
        ({"steps": 3}, "rows of numbers"),
        ({"steps": ["0", "2"]}, "rows of numbers"),
        ({"errors": [0.5]}, "a number of each row"),
        ({"steps": [], "errors": [], "losses": []}, "1 to 40 steps"),
        ({"steps": [0] * 41, "errors": [0] * 41, "losses": [0] * 41}, "1 to 40 steps"),
        ({"losses": [float("inf"), 1]}, "rows of numbers"),
    ],
    ids=str,
)
def test_a_wrong_meta_gets_a_sentence(forge, meta, sentence):
    refused(forge(meta=meta), sentence)


def test_a_missing_file_gets_a_sentence(tmp_path):
    with pytest.raises(LearnerError, match="No such file"):
        load(tmp_path / "none.npz")


def test_a_model_of_another_task_is_no_labeller():
    with pytest.raises(LearnerError, match="not that of a labeller"):
        load(FILE.with_name("adding-lstm-8.npz"))


def test_lines_give_the_network_no_places():
    """What it is trained on holds pixels, labels and lengths, and nothing of where the letters stand."""
    assert draw(np.random.default_rng(1), 2)._fields == ("x", "labels", "lengths")
