"""The store: what is kept comes back bit for bit and goes on as the run does; anything else is a sentence."""

import io
import zipfile

import numpy as np
import pytest

from lstm_viz import files
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.runs import store
from lstm_viz.runs.key import key
from lstm_viz.runs.kinds import first, work
from lstm_viz.runs.pack import Foreign, Pile, alike, pack, unpack
from lstm_viz.runs.store import load, path_of, save
from lstm_viz.runs.tape import blank, record, rewound, size
from lstm_viz.training import Descent, advance, first_state, spec_for
from lstm_viz.training.labelling import Labelling, Losses
from lstm_viz.training.optimisers import OPTIMISERS, State
from lstm_viz.weights import MODELS

SPEC = spec_for(LIBRARY["lstm"], "adding", T=8, hidden=3, seed=1, descent=Descent(batch=4))


def grown(tape, *chunks):
    for steps in chunks:
        done = work(tape.spec, tape.state, steps)
        tape = record(tape, done.chunk, done.seconds)
    return tape


def begun(spec=SPEC):
    return blank(spec, first(spec))


def assert_same(one, other):
    """Equal in every bit, type and order."""
    assert type(one) is type(other)
    if isinstance(one, np.ndarray):
        assert (one.dtype, one.shape) == (other.dtype, other.shape)
        assert one.tobytes() == other.tobytes()
    elif isinstance(one, dict):
        assert list(one) == list(other)
        for name in one:
            assert_same(one[name], other[name])
    elif isinstance(one, tuple):
        assert len(one) == len(other)
        for ours, theirs in zip(one, other, strict=True):
            assert_same(ours, theirs)
    else:
        assert one == other or (one != one and other != other)


def packed(part):
    pile = Pile(bytearray(), {})
    tree = pack(part, pile)
    return unpack(tree, bytes(pile.data))


def test_a_tape_comes_back_as_it_was(tmp_path):
    tape = grown(begun(), 1, 1, 3, 2)
    save(tmp_path, tape)
    assert_same(load(tmp_path, SPEC), tape)
    assert [path.name for path in tmp_path.iterdir()] == [f"{key(SPEC)}.npz"]


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_what_was_kept_goes_on_as_one_long_run(tmp_path, optimiser, precision):
    spec = SPEC._replace(descent=Descent(4, optimiser=optimiser, schedule="cosine"), precision=precision)
    save(tmp_path, grown(begun(spec), 1, 4))
    tape = grown(load(tmp_path, spec), 7)
    whole = advance(spec, first_state(spec), 12)
    assert_same(tape.state, whole.state)
    assert_same(tape.metrics, whole.metrics)


def test_every_kind_of_run_can_be_kept(tmp_path):
    spec = Labelling(hidden=3, seed=1, steps=(0, 1, 3), descent=Descent(batch=2))
    save(tmp_path, grown(begun(spec), 2))
    assert_same(grown(load(tmp_path, spec), 1).state, grown(begun(spec), 3).state)


def test_a_run_that_has_not_begun_and_one_that_broke_are_kept_too(tmp_path):
    save(tmp_path, begun())
    assert_same(load(tmp_path, SPEC), begun())
    broke = begun()._replace(broke="Step 1 of training broke.")
    save(tmp_path, broke)
    assert_same(load(tmp_path, SPEC), broke)


def test_nothing_is_found_where_nothing_is(tmp_path):
    assert load(tmp_path, SPEC) is None and load(tmp_path / "none", SPEC) is None


def test_any_state_of_arrays_dicts_tuples_and_numbers_comes_back():
    for part in (
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.zeros((0, 3), np.float32),
        np.array([True, False]),
        np.array(2.5),
        np.float32(0.1),
        np.int64(-3),
        {"state": 2**127 + 1, 3: (1, -0.0, float("inf"), None, True, "ü")},
        {(1, "a"): ()},
    ):
        assert_same(packed(part), part)
        assert getattr(packed(part), "flags", None) is None or packed(part).flags.fnc == part.flags.fnc
    state = State(3, {"W": np.ones((2, 2))}, {"W": (np.zeros((2, 2)),)})
    assert_same(packed((state, {"inner": state})), (state, {"inner": state}))


def test_arrays_that_occur_twice_are_kept_once():
    pile, W = Pile(bytearray(), {}), np.ones((10, 10))
    pack((W, {"again": W}, W.copy()), pile)
    assert len(pile.data) == 2 * W.nbytes


@pytest.mark.parametrize("part", [[1], {1, 2}, np.array([object()]), np.array(["a"]), b"x", 1j])
def test_what_is_no_state_is_not_kept(part):
    with pytest.raises(TypeError, match="cannot hold"):
        packed(part)


@pytest.mark.parametrize(
    "tree",
    [
        {"named": ["os.system", "ls"]},
        {"named": ["lstm_viz.errors.LearnerError", "x"]},
        {"named": ["lstm_viz.training.optimisers.State", 1]},
        {"array": ["<f8", "C", 0, 100]},
        {"array": ["<f8", "C", -8, 1]},
        {"array": ["|O", "C", 0, 1]},
        {"array": ["<f8", "C", 0, 2**39, 2**39, 0.5]},
        {"unknown": 1},
        {"array": [], "dict": []},
    ],
)
def test_a_hostile_tree_is_refused(tree):
    with pytest.raises((Foreign, ValueError)):
        unpack(tree, bytes(64))


def test_a_state_that_could_not_have_grown_from_the_first_is_refused():
    start = first_state(SPEC)
    later = advance(SPEC, start, 2).state
    assert alike(start, later)
    for wrong in (
        later._replace(params=later.params | {"W_f": np.zeros((9, 9))}),
        later._replace(params={}),
        later._replace(step="2"),
        tuple(later),
        None,
    ):
        assert not alike(start, wrong)


MEASURED = "its measurements are not those of this run"


def bent(state):
    """A state whose optimiser keeps arrays of another shape than the parameter's."""
    return state._replace(kept=state.kept | {"b_h": (np.zeros((2, 5)),) * 2})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t._replace(spec=SPEC._replace(seed=2)), "it is not a tape of this run"),
        (lambda t: t._replace(state=t.state._replace(params={})), "its state is not one of this run"),
        (lambda t: t._replace(state=None), "its state is not one of this run"),
        (lambda t: t._replace(state=t.state._replace(kept={"b_h": "x"})), "its state is not one of this run"),
        (lambda t: t._replace(state=bent(t.state)), "its state is not one of this run"),
        (lambda t: t._replace(metrics=None), MEASURED),
        (lambda t: t._replace(metrics=tuple(t.metrics)), MEASURED),
        (lambda t: t._replace(metrics=Losses(t.metrics.loss)), MEASURED),
        (lambda t: t._replace(metrics=t.metrics._replace(loss=t.metrics.loss[:, None])), MEASURED),
        (lambda t: t._replace(snapshots={5: t.state}), "its snapshots are not those of this run"),
        (lambda t: t._replace(snapshots={}), "its snapshots are not those of this run"),
        (lambda t: t._replace(seconds=-1.0), "its time is none"),
        (lambda t: t._replace(broke="x" * 2000), "its end is none"),
    ],
)
def test_a_tape_that_is_not_of_this_run_is_refused(tmp_path, monkeypatch, change, sentence):
    monkeypatch.setattr(store, "thinned", lambda tape, _: tape)
    path = save(tmp_path, change(grown(begun(), 3)))
    path.rename(path_of(tmp_path, SPEC))
    with pytest.raises(LearnerError, match=f"{key(SPEC)}.npz: {sentence}. Allowed: "):
        load(tmp_path, SPEC)


def test_a_file_of_another_version_is_refused(tmp_path, monkeypatch):
    path = save(tmp_path, begun())
    monkeypatch.setattr(store, "ERA", 99)
    with pytest.raises(LearnerError, match="another version"):
        load(tmp_path, SPEC)
    assert path.exists()


def test_a_damaged_file_is_a_sentence_wherever_the_damage_is(tmp_path):
    """Cut anywhere, or with any byte changed: refused, or what the byte says was nothing of the tape's."""
    tape = grown(begun(), 2)
    path = save(tmp_path, tape)
    good, rng, refused = path.read_bytes(), np.random.default_rng(1), 0
    for k in range(400):
        at = int(rng.integers(len(good)))
        bad = (
            good[:at] if k % 2 else good[:at] + bytes([good[at] ^ int(rng.integers(1, 256))]) + good[at + 1 :]
        )
        path.write_bytes(bad)
        try:
            assert_same(load(tmp_path, SPEC), tape)
        except LearnerError as error:
            refused += 1
            assert str(error).startswith(str(path)) and "Allowed: " in str(error)
    assert refused > 300


def zipped(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return data.getvalue()


@pytest.mark.parametrize("content", [b"", b"text", zipped(tree=b"0" * 10**6, numbers=b""), zipped(other=b"")])
def test_a_foreign_file_is_a_sentence(tmp_path, content):
    path_of(tmp_path, SPEC).write_bytes(content)
    with pytest.raises(LearnerError, match=r"it is (damaged|no tape)"):
        load(tmp_path, SPEC)


def test_a_weights_file_is_no_tape(tmp_path):
    path_of(tmp_path, SPEC).write_bytes((MODELS / "parity-lstm-8.npz").read_bytes())
    with pytest.raises(LearnerError, match="it is no tape"):
        load(tmp_path, SPEC)


def test_an_oversized_file_is_not_read(tmp_path, monkeypatch):
    save(tmp_path, grown(begun(), 2))
    monkeypatch.setattr(store, "MAX_FILE", 1000)
    with pytest.raises(LearnerError, match="more than 1,000 bytes"):
        load(tmp_path, SPEC)


def test_a_state_that_is_too_large_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "MAX_FILE", 1000)
    with pytest.raises(LearnerError, match="too large to be kept"):
        save(tmp_path, grown(begun(), 2))
    assert not list(tmp_path.iterdir())


def test_snapshots_are_thinned_until_a_tape_is_small(tmp_path, monkeypatch):
    tape = grown(begun(), 1, 1, 3, 5, 10)
    monkeypatch.setattr(store, "MOST_KEPT", size(tape) // 2)
    save(tmp_path, tape)
    found = load(tmp_path, SPEC)
    assert list(tape.snapshots) == [0, 1, 2, 5, 10, 20] and list(found.snapshots) == [0, 20]
    assert_same(found.state, tape.state)
    assert_same(found.metrics, tape.metrics)


def test_a_stop_in_the_middle_of_writing_leaves_what_was_there(tmp_path, monkeypatch):
    save(tmp_path, grown(begun(), 2))

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path, grown(begun(), 5))
    assert load(tmp_path, SPEC).steps == 2 and len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LearnerError, match="cannot be made"):
        save(tmp_path / "file", begun())
    with pytest.raises(LearnerError, match="Allowed: "):
        load(tmp_path / "file", SPEC)


def test_a_longer_tape_goes_back_to_the_snapshot_before():
    tape = grown(begun(), 1, 1, 3, 2)
    back = rewound(tape, 6)
    assert (back.steps, list(back.snapshots), len(back.metrics.loss)) == (5, [0, 1, 2, 5], 5)
    assert_same(grown(back, 2).state, tape.state)
    assert rewound(tape, 7) is tape
    assert_same(rewound(tape, 0), begun())
