"""Files of results: written whole, read back equal, and refused in a sentence where they do not fit."""

import json

import pytest

from lstm_viz.errors import LearnerError
from lstm_viz.papers.results import (
    MAX_BYTES,
    Result,
    ResultError,
    digest,
    file_of,
    jobs,
    load,
    read,
    verdict,
    write,
)
from lstm_viz.papers.row import CONFIRMED, NOT_CONFIRMED, Ours, Paper, Row, grade

ROW = Row(
    name="made",
    title="A made row",
    paper=Paper("Somebody 1999, A paper", "One is less than two.", "1", "read"),
    ours=Ours(
        setup="None.",
        unit="units",
        arms={"one": (1,), "two": (2,)},
        run=lambda arm, seed: arm[0] + seed / 10,
        criterion="One is less.",
        verdict=lambda numbers: grade(max(numbers["one"]) < min(numbers["two"]), False),
    ),
    opens="?T=20",
    opened="Something else.",
)
RESULTS = {(arm, seed): Result(ROW.ours.run(ROW.ours.arms[arm], seed), 0.5) for arm, seed in jobs(ROW)}


@pytest.fixture
def written(tmp_path):
    """The row's file in a folder of its own, as JSON to be changed, and a function that writes it back."""
    write(file_of(ROW, tmp_path), ROW, RESULTS)
    path = file_of(ROW, tmp_path)

    def change(edit):
        said = json.loads(path.read_text("utf-8"))
        edit(said)
        path.write_text(json.dumps(said), "utf-8")
        return tmp_path

    return change


def test_what_is_written_is_read_back_equal(tmp_path):
    """To the last digit, and nothing else stays in the folder."""
    write(file_of(ROW, tmp_path), ROW, RESULTS)
    assert read(ROW, tmp_path) == RESULTS
    assert [path.name for path in tmp_path.iterdir()] == ["made.json"]
    assert verdict(ROW, RESULTS) == CONFIRMED


def test_the_verdict_follows_the_file(written):
    """Other numbers, another verdict."""
    folder = written(lambda said: said["arms"]["one"]["3"].update(value=9))
    assert verdict(ROW, read(ROW, folder)) == NOT_CONFIRMED


@pytest.mark.parametrize(
    "other",
    [
        ROW.ours._replace(arms={"one": (1,), "two": (3,)}),
        ROW.ours._replace(arms={"two": (2,), "one": (1,)}),
        ROW.ours._replace(seeds=(1, 2, 3, 4, 6)),
        ROW.ours._replace(unit="other units"),
    ],
)
def test_a_changed_set_up_makes_the_file_stale(tmp_path, other):
    """The digest is another one, and the sentence names the command."""
    changed = ROW._replace(ours=other)
    assert digest(changed) != digest(ROW)
    write(file_of(ROW, tmp_path), ROW, RESULTS)
    with pytest.raises(ResultError, match=r"stale.*python -m lstm_viz papers made"):
        read(changed, tmp_path)


def test_a_missing_file_says_how_to_make_it(tmp_path):
    """Not an empty row."""
    with pytest.raises(ResultError, match="python -m lstm_viz papers made"):
        read(ROW, tmp_path)


def test_a_file_of_some_results_is_not_one_of_all(tmp_path):
    """What is there can be loaded to go on from; the page does not show it."""
    some = dict(list(RESULTS.items())[:3])
    write(file_of(ROW, tmp_path), ROW, some)
    assert load(file_of(ROW, tmp_path), ROW) == some
    with pytest.raises(ResultError, match="lacks 7 results, among them of “one” with seed 4"):
        read(ROW, tmp_path)


@pytest.mark.parametrize(
    "edit",
    [
        lambda said: said["arms"]["one"]["3"].update(value="5"),
        lambda said: said["arms"]["one"]["3"].update(value=float("nan")),
        lambda said: said["arms"]["one"]["3"].update(value=True),
        lambda said: said["arms"]["one"]["3"].update(value=10**400),
        lambda said: said["arms"]["one"]["3"].update(value=-1e13),
        lambda said: said["arms"]["one"]["3"].update(seconds=10**400),
        lambda said: said["arms"]["one"]["3"].update(seconds=float("inf")),
        lambda said: said["arms"]["one"]["3"].update(seconds=-1),
        lambda said: said["arms"]["one"]["3"].pop("seconds"),
        lambda said: said["arms"]["one"].update({"3": [1, 2]}),
        lambda said: said["arms"].update(one=7),
        lambda said: said.update(arms=[]),
        lambda said: said.update(row="another"),
        lambda said: said.pop("digest"),
        lambda said: said.update(more="x" * MAX_BYTES),
    ],
)
def test_a_damaged_file_gets_a_sentence(written, edit):
    """It names the file, and is no KeyError."""
    with pytest.raises(ResultError, match=r"made\.json"):
        read(ROW, written(edit))


@pytest.mark.parametrize("bytes_", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 50_000, b'{"arms": 1e999}'])
def test_what_is_no_json_of_ours_gets_a_sentence(tmp_path, bytes_):
    """However deep or broken."""
    file_of(ROW, tmp_path).write_bytes(bytes_)
    with pytest.raises(ResultError, match=r"made\.json"):
        read(ROW, tmp_path)


def test_what_cannot_be_written_gets_a_sentence_and_leaves_nothing(tmp_path):
    """A folder that is not there; a number that is none."""
    with pytest.raises(LearnerError, match="cannot be written"):
        write(tmp_path / "none" / "made.json", ROW, RESULTS)
    with pytest.raises(ValueError, match="nan"):
        write(file_of(ROW, tmp_path), ROW, RESULTS | {("one", 1): Result(float("nan"), 1.0)})
    assert list(tmp_path.iterdir()) == []
