"""`python -m lstm_viz verify`: agrees with the reference vectors, sees through files that are none."""

import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

from lstm_viz.__main__ import main
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.verify import LIMIT, TRAINING_LIMIT, compare

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"


def meta_of(path: Path) -> dict:
    """What a reference file says of itself."""
    with np.load(path, allow_pickle=False) as file:
        return json.loads(str(file["meta"]))


VECTORS = [p for p in sorted(GOLDEN.glob("*.npz")) if meta_of(p)["cell"] not in ("losses", "optim")]
RUN, PADDED, TRAINING, SMALLEST = (
    GOLDEN / f"{name}.npz"
    for name in ("lstm__small_init", "lstm_lengths__padded", "train__lstm_adding_adam", "rnn_tanh__one")
)


def arrays_of(path: Path) -> dict:
    """A copy of all that a file holds."""
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name].copy() for name in file.files}


def verify(capsys, *paths) -> tuple[int, list[str]]:
    """The exit status and the lines of the command."""
    status = main(["verify", *map(str, paths)])
    out, err = capsys.readouterr()
    assert err == ""
    return status, out.splitlines()


def sentence(capsys, tmp_path: Path, arrays: dict) -> str:
    """What the command says of a bad file with these arrays, a good file after it still being checked."""
    bad = tmp_path / "bad.npz"
    np.savez(bad, **arrays)
    return sentence_of(capsys, bad)


def sentence_of(capsys, bad: Path) -> str:
    """The same for a file that is there already."""
    status, lines = verify(capsys, bad, SMALLEST)
    assert status == 1 and len(lines) == 3
    assert lines[0].startswith("FAIL  ") and lines[1].startswith("ok    ")
    assert lines[2] == "1 file passed, 1 failed"
    assert lines[0].isprintable()
    return lines[0].partition("npz: ")[2]


@pytest.mark.parametrize("path", VECTORS, ids=lambda p: p.stem)
def test_the_engine_agrees_with_the_vectors(path):
    """Far within the limits: rounding is all that differs."""
    found = compare(path)
    assert found.limit == (TRAINING_LIMIT if "train" in path.stem else LIMIT)
    assert found.error <= 1e-12


def test_all_files_pass_and_are_counted(capsys):
    """One line a file, a summary, status 0."""
    status, lines = verify(capsys, *VECTORS)
    assert status == 0
    assert [line.split()[0] for line in lines[:-1]] == ["ok"] * len(VECTORS)
    assert lines[-1] == f"{len(VECTORS)} files passed, 0 failed"
    assert {meta_of(p)["cell"] for p in VECTORS} == {
        "rnn_tanh",
        "lstm",
        "gru_reset_after",
        "gru_reset_before",
    }


def changed(path: Path, name: str, by: float, tmp_path: Path):
    """What is found in a copy of the file, under another name, with one number of one array moved."""
    arrays = arrays_of(path)
    arrays[name].flat[0] += by
    np.savez(tmp_path / "some.npz", **arrays)
    return compare(tmp_path / "some.npz")


@pytest.mark.parametrize("path", [GOLDEN / "lstm__one.npz", PADDED], ids=lambda p: p.stem)
def test_every_array_is_an_input_or_compared(path, tmp_path):
    """One number moved by a millionth is seen in any array at all, and its array named."""
    names = set(arrays_of(path)) - {"meta", "lengths"}
    results = {n for n in names if n[0] not in "xGWUb" and n not in ("h0", "c0")}
    assert len(results) == compare(path).compared
    for name in names:
        found = changed(path, name, 1e-6, tmp_path)
        assert found.error > found.limit
        assert found.array == name or name not in results


@pytest.mark.parametrize("name", ["losses", "grad_norms", "W_f_end", "b_c_end", "W_y_end", "b_y_end"])
def test_every_result_of_a_training_run_is_compared(name, tmp_path):
    """Losses, norms and each weight at the end."""
    found = changed(TRAINING, name, 1e-6, tmp_path)
    assert found.array == name and found.error > found.limit


@pytest.mark.parametrize("name", ["X", "Y", "U_o_start", "b_y_start"])
def test_every_input_of_a_training_run_is_read(name, tmp_path):
    """Batches, targets and each weight at the start."""
    found = changed(TRAINING, name, 1e-2, tmp_path)
    assert found.error > found.limit


def test_a_changed_length_is_seen(tmp_path):
    """A sequence that ends a step earlier ends elsewhere."""
    arrays = arrays_of(PADDED)
    arrays["lengths"][1] -= 1
    np.savez(tmp_path / "a.npz", **arrays)
    assert compare(tmp_path / "a.npz").error > 1e-3


def test_the_name_of_a_file_decides_nothing(tmp_path, capsys):
    """Each kind under the name of another still passes."""
    names = ["train__rnn_tanh_adding_adam.npz", "lstm__small.npz", "lstm_lengths__padded.npz"]
    for path, name in zip([RUN, PADDED, TRAINING], names, strict=True):
        (tmp_path / name).write_bytes(path.read_bytes())
    assert verify(capsys, *(tmp_path / name for name in names))[0] == 0


def test_padding_is_not_read(tmp_path):
    """Inputs and loss weights after the end change nothing."""
    arrays = arrays_of(PADDED)
    for b, length in enumerate(arrays["lengths"]):
        arrays["x"][length:, b] = 1e6
        arrays["G"][length:, b] = 1e6
    np.savez(tmp_path / "a.npz", **arrays)
    assert compare(tmp_path / "a.npz").error < 1e-12


def test_a_sequence_of_no_steps_ends_where_it_begins(tmp_path):
    """Its final state is the initial one, and so is the gradient."""
    arrays = arrays_of(PADDED)
    arrays["lengths"][:] = 0
    for s in "hc":
        arrays[f"{s}T"], arrays[f"d{s}0"] = arrays[f"{s}0"], arrays[f"G_{s}T"]
    arrays["loss"] = sum(np.sum(arrays[f"{s}0"] * arrays[f"G_{s}T"]) for s in "hc")
    for name in [n for n in arrays if n == "y" or (n[0] == "d" and n not in ("dh0", "dc0"))]:
        arrays[name] = np.zeros_like(arrays[name])
    np.savez(tmp_path / "a.npz", **arrays)
    assert compare(tmp_path / "a.npz").error < 1e-12


@pytest.mark.parametrize("name", LIBRARY)
def test_padding_works_for_every_cell(name, tmp_path):
    """Sequences of full length, padded, are a plain run with a loss at the end too."""
    path = next(p for p in VECTORS if meta_of(p)["cell"] == name and meta_of(p).get("case") == "small_init")
    arrays, cell = arrays_of(path), parse(LIBRARY[name].equations)
    keep = {"meta", "x", "G", "loss", "dx", *cell.params, *(f"d{p}" for p in cell.params)}
    keep |= {f"{s}0" for s in cell.states} | {f"d{s}0" for s in cell.states}
    full = {n: a for n, a in arrays.items() if n in keep}
    full |= {"y": arrays["h"], "lengths": np.full(arrays["x"].shape[1], len(arrays["x"]))}
    full |= {f"{s}T": arrays[s][-1] for s in cell.states}
    np.savez(tmp_path / "a.npz", **full)
    assert compare(tmp_path / "a.npz").error < 1e-12


def test_a_tampered_file_fails(tmp_path, capsys):
    """One number of one gradient, changed by a millionth: the array is named."""
    arrays = arrays_of(RUN)
    arrays["dU_o"][2, 3] += 1e-6
    assert "in dU_o, more than 1e-09" in sentence(capsys, tmp_path, arrays)


def with_meta(**changes) -> dict:
    """The run with other meta; None removes a key."""
    arrays = arrays_of(RUN)
    meta = {k: v for k, v in (meta_of(RUN) | changes).items() if v is not None}
    return arrays | {"meta": np.array(json.dumps(meta))}


def training_with_meta(**changes) -> dict:
    """The training run with other meta."""
    return arrays_of(TRAINING) | {"meta": np.array(json.dumps(meta_of(TRAINING) | changes))}


def put(path: Path, name: str, k, value) -> dict:
    """The arrays of a file with one number replaced."""
    arrays = arrays_of(path)
    arrays[name] = arrays[name].astype(float)
    arrays[name][k] = value
    return arrays


def without(path: Path, name: str) -> dict:
    """The arrays of a file but one."""
    return {n: a for n, a in arrays_of(path).items() if n != name}


BAD_ARRAYS = {
    "no meta": (lambda: without(RUN, "meta"), "meta is missing."),
    "meta not JSON": (lambda: arrays_of(RUN) | {"meta": np.array("{cell: lstm")}, "meta is not JSON."),
    "meta deeply nested": (lambda: arrays_of(RUN) | {"meta": np.array("[" * 90_000)}, "meta is not JSON."),
    "meta a list": (lambda: arrays_of(RUN) | {"meta": np.array("[1]")}, "meta is not a JSON object."),
    "meta of numbers": (lambda: arrays_of(RUN) | {"meta": np.ones(3)}, "‘meta’ has the type float64"),
    "meta of two texts": (lambda: arrays_of(RUN) | {"meta": np.array(["{}", "{}"])}, "meta is not JSON."),
    "an unknown cell": (
        lambda: with_meta(cell="slstm"),
        "no cell named ‘slstm’ in the library; known: rnn_tanh, lstm",
    ),
    "a cell on two lines": (lambda: with_meta(cell="ls\ntm\x1b[2J"), "no cell named ‘ls?tm?[2J’"),
    "a cell that is no name": (lambda: with_meta(cell=["lstm"]), "no cell named"),
    "no cell": (lambda: with_meta(cell=None), "no cell named ‘None’"),
    "another cell": (lambda: with_meta(cell="rnn_tanh"), "W_h is missing."),
    "no size": (lambda: with_meta(T=None), "meta gives no whole number from 1 to 5,000,000 as T."),
    "a size of zero": (lambda: with_meta(B=0), "as B."),
    "a size of a half": (lambda: with_meta(H=4.5), "as H."),
    "a size in words": (lambda: with_meta(D="3"), "as D."),
    "a size of true": (lambda: with_meta(D=True), "as D."),
    "a size of many digits": (lambda: with_meta(T=10**4000), "as T."),
    "too many steps": (lambda: with_meta(T=20_001), "more than 20,000 time steps"),
    "too many signals": (lambda: with_meta(T=20_000, B=1_000), "more than 20,000,000 numbers"),
    "a size that does not fit": (
        lambda: with_meta(T=8),
        "x has the shape 7×2×3; by meta and the equations it is 8×2×3.",
    ),
    "another size": (lambda: with_meta(H=5), "G has the shape 7×2×4"),
    "no inputs": (lambda: without(RUN, "x"), "x is missing."),
    "no parameter": (lambda: without(RUN, "U_o"), "U_o is missing."),
    "no initial state": (lambda: without(RUN, "c0"), "c0 is missing."),
    "no gradient": (lambda: without(RUN, "dU_o"), "dU_o is missing."),
    "no loss": (lambda: without(RUN, "loss"), "loss is missing."),
    "no end of a weight": (lambda: without(TRAINING, "U_o_end"), "U_o_end is missing."),
    "a wrong shape": (lambda: arrays_of(RUN) | {"b_f": np.ones((4, 1))}, "b_f has the shape 4×1"),
    "a result of a wrong shape": (lambda: arrays_of(RUN) | {"dc0": np.ones((2, 3))}, "dc0 has the shape 2×3"),
    "a loss for each step": (lambda: arrays_of(RUN) | {"loss": np.ones(7)}, "loss has the shape 7; by meta"),
    "not a number": (
        lambda: put(RUN, "U_f", (0, 0), np.nan),
        "U_f holds a value that is not a finite number.",
    ),
    "infinite": (lambda: put(RUN, "x", (0, 0, 0), -np.inf), "x holds a value that is not a finite number."),
    "a result not a number": (lambda: put(RUN, "dh", (0, 0, 0), np.nan), "dh holds a value that is not"),
    "huge numbers": (lambda: put(RUN, "dh", (0, 0, 0), 1e308), "in dh, more than"),
    "texts": (lambda: arrays_of(RUN) | {"x": np.full((7, 2, 3), "1.0")}, "‘x’ has the type <U3, not numbers"),
    "complex numbers": (
        lambda: arrays_of(RUN) | {"x": np.ones((7, 2, 3), complex)},
        "‘x’ has the type complex128",
    ),
    "an unknown array": (
        lambda: arrays_of(RUN) | {"dgate_q": np.ones(3)},
        "it holds ‘dgate_q’, which is nothing",
    ),
    "a strange name": (lambda: arrays_of(RUN) | {"a\nb" + "c" * 99: np.ones(3)}, "it holds ‘a?bccc"),
    "a state after an end": (
        lambda: arrays_of(PADDED) | {"h": np.ones((8, 4, 4))},
        "it holds ‘h’, which is nothing",
    ),
    "a longer length": (
        lambda: put(PADDED, "lengths", 0, 9),
        "lengths are not whole numbers from 0 to T = 8.",
    ),
    "a negative length": (lambda: put(PADDED, "lengths", 0, -1), "lengths are not whole numbers"),
    "a broken length": (lambda: put(PADDED, "lengths", 0, 2.5), "lengths are not whole numbers"),
    "no rate": (lambda: training_with_meta(lr=None), "meta gives no positive number as lr."),
    "a rate below zero": (lambda: training_with_meta(lr=-0.1), "as lr."),
    "an infinite clip": (lambda: training_with_meta(clip=float("inf")), "as clip."),
    "a clip of many digits": (lambda: training_with_meta(clip=10**400), "as clip."),
    "another clip": (lambda: training_with_meta(clip=0.4), "more than 1e-07"),
    "no steps": (lambda: training_with_meta(steps=0), "as steps."),
    "other steps": (lambda: training_with_meta(steps=19), "X has the shape 20×20×5×2"),
    "many steps of training": (lambda: training_with_meta(steps=2_000), "more than 20,000 time steps"),
}


@pytest.mark.parametrize("name", BAD_ARRAYS)
def test_a_file_with_bad_arrays_gets_a_sentence(name, capsys, tmp_path):
    """On its line, with status 1, and the next file is checked all the same."""
    make, expected = BAD_ARRAYS[name]
    assert expected in sentence(capsys, tmp_path, make())


def npy(header: str, data: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    """The bytes of an array whose header says anything."""
    text = header.ljust(117).encode() + b"\n"
    size = len(text).to_bytes(2 if version[0] == 1 else 4, "little")
    return b"\x93NUMPY" + version + size + text + data


def zipped(members: dict, method=zipfile.ZIP_DEFLATED) -> bytes:
    """The bytes of a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def pickled() -> bytes:
    """The run with an array of Python objects in place of x."""
    file = io.BytesIO()
    np.savez(file, **(arrays_of(RUN) | {"x": np.array([{"a": 1}, None], dtype=object)}))
    return file.getvalue()


def twice() -> bytes:
    """An archive that holds x two times."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': ()}", b"\0" * 8))
        archive.writestr("x", b"")
    return file.getvalue()


def flipped() -> bytes:
    """The run with one bit turned in the middle of the data."""
    data = bytearray(RUN.read_bytes())
    data[len(data) // 2] ^= 1
    return bytes(data)


F8 = "{'descr': '<f8', 'fortran_order': False, 'shape': %s}"
UNREADABLE = "it cannot be read as an .npz file."
CLAIMS = "it claims to hold more than 5,000,000 numbers."
BAD_BYTES = {
    "empty": (lambda: b"", UNREADABLE),
    "text": (lambda: b"not a zip archive\n" * 50, UNREADABLE),
    "a single array": (lambda: npy(F8 % "()", b"\0" * 8), UNREADABLE),
    "truncated": (lambda: RUN.read_bytes()[:-500], UNREADABLE),
    "the end only": (lambda: RUN.read_bytes()[-3000:], UNREADABLE),
    "a flipped bit": (flipped, ""),
    "an empty archive": (lambda: zipped({}), "meta is missing."),
    "a text inside": (lambda: zipped({"x.npy": b"hello, world"}), UNREADABLE),
    "pickled objects": (pickled, "‘x’ holds pickled objects, which are never loaded."),
    "a name twice": (twice, "it holds two arrays of one name."),
    "another method": (lambda: zipped({"x.npy": b""}, zipfile.ZIP_BZIP2), "‘x’ is packed in a way"),
    "a structure": (
        lambda: zipped({"x.npy": npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': ()}")}),
        "‘x’ has the type",
    ),
    "a header of gigabytes": (
        lambda: zipped({"x.npy": npy(F8 % "()", version=b"\x02\x00")}),
        "‘x’ is not a plain",
    ),
    "a huge shape": (lambda: zipped({"x.npy": npy(F8 % "(100000, 100000)")}), CLAIMS),
    "a huge negative shape": (lambda: zipped({"x.npy": npy(F8 % "(-100000, 100000)")}), CLAIMS),
    "a negative shape": (lambda: zipped({"x.npy": npy(F8 % "(-1,)", b"\0" * 8)}), UNREADABLE),
    "a shape of many digits": (lambda: zipped({"x.npy": npy(F8 % f"({'9' * 60},)")}), CLAIMS),
    "a huge shape of nothing": (lambda: zipped({"x.npy": npy(F8 % "(0, 10**9)")}), UNREADABLE),
    "a huge text": (
        lambda: zipped({"meta.npy": npy("{'descr': '<U99999999', 'fortran_order': False, 'shape': ()}")}),
        CLAIMS,
    ),
    "many large arrays": (lambda: zipped({f"a{k}.npy": npy(F8 % "(1000000,)") for k in range(6)}), CLAIMS),
    "a bomb": (lambda: zipped({"x.npy": npy(F8 % "(9000000,)", bytes(72_000_000))}), CLAIMS),
    "a bomb behind a number": (
        lambda: zipped({"x.npy": npy(F8 % "()", bytes(72_000_000))}),
        "‘x’ goes on after its last",
    ),
    "too few numbers": (lambda: zipped({"x.npy": npy(F8 % "(9,)", bytes(64))}), UNREADABLE),
    "a header that is code": (lambda: zipped({"x.npy": npy("__import__('os').getcwd()")}), UNREADABLE),
    "a nested header": (lambda: zipped({"x.npy": npy("(" * 9_000)}), UNREADABLE),
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_a_file_of_bad_bytes_gets_a_sentence(name, capsys, tmp_path):
    """Nothing in it is run, nothing large is unpacked."""
    make, expected = BAD_BYTES[name]
    (tmp_path / "bad.npz").write_bytes(make())
    assert expected in sentence_of(capsys, tmp_path / "bad.npz")


def test_a_bomb_is_not_unpacked(tmp_path):
    """A file of 70 KB that claims 72 MB takes less than a megabyte to refuse."""
    bomb = tmp_path / "bad.npz"
    bomb.write_bytes(BAD_BYTES["a bomb"][0]())
    tracemalloc.start()
    with pytest.raises(ValueError, match="claims"):
        compare(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1e6


def test_what_is_no_file_gets_a_sentence(tmp_path, capsys):
    """A directory, a path that leads nowhere, a name that no file system takes."""
    (tmp_path / "folder.npz").mkdir()
    assert sentence_of(capsys, tmp_path / "folder.npz") == "this is not a file."
    assert sentence_of(capsys, tmp_path / "nowhere.npz") == "there is no such file."
    assert verify(capsys, tmp_path / ("n" * 300))[1][0].endswith(f"…: {UNREADABLE}")


def test_the_command_is_a_program():
    """As typed: status 0 for good files, 1 where one is bad, 2 without any."""

    def program(*args):
        command = [sys.executable, "-m", "lstm_viz", *map(str, args)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")

    good, bad, none = program("verify", RUN), program("verify", RUN, "nowhere.npz"), program("verify")
    assert (good.returncode, good.stderr) == (0, "") and good.stdout.endswith("1 file passed, 0 failed\n")
    assert (bad.returncode, bad.stderr) == (1, "") and "nowhere.npz: there is no such file." in bad.stdout
    assert none.returncode == 2 and "Traceback" not in none.stderr
