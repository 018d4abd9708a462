"""A learner's own series: a good file is read, a bad one gets a sentence, and nothing else is lost."""

import numpy as np
import pytest

from lstm_viz.tasks import own_series
from tests.app.page import chosen, healthy, opened, params, sentences, stage
from tests.test_stage import same

YEARS = "year,rain,town\n" + "\n".join(f"{1900 + k},{(7 * k) % 13 + 0.5},Y" for k in range(30))
GOOD = YEARS.encode()
BAD = {
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
    "a zip, as a spreadsheet is": (b"PK\x03\x04\x14\0\x06\0" + b"\0" * 50, "binary"),
    "empty": (b"", "empty"),
    "blanks": (b"\n\n  \n", "empty"),
    "one row": (b"a,b\n1,2\n", "1 row"),
    "five rows": (b"1\n2\n3\n4\n5\n", "5 rows"),
    "NaN": (b"a\n1\n2\nNaN\n4\n5\n6\n7\n", "line 4 holds 'NaN'"),
    "a gap": (b"a,b\n1,x\n,x\n3,x\n4,x\n5,x\n6,x\n", "line 3 is blank"),
    "no number": (b"a,b\n" + b"x,y\n" * 9, "No column holds only numbers"),
    "decimal commas": (b'a\n"1,5"\n' + b'"2,5"\n' * 9, "finite number such as 12.5"),
    "UTF-16": ("a\n1\n2\n3\n4\n5\n6\n7\n".encode("utf-16"), "UTF-16"),
    "Latin-1": ("Jahr;Höhe\n1;2\n2;3\n".encode("latin-1"), "not UTF-8"),
    "more than 1 MB": (b"a\n" + b"1.25\n" * 250_000, "bytes"),
    "50 MB": (b"1\n" * 25_000_000, "bytes"),
    "51 columns": (("\n".join([",".join("1" * 51)] * 9)).encode(), "51 columns"),
    "20,001 rows": (b"1\n" * 20_001, "20,001 rows"),
    "cells missing": (b"a,b\n1,2\n3\n4,5\n6,7\n8,9\n1,2\n3,4\n", "Line 3 has 1 cell"),
    "an open quotation mark": (b'a\n"1\n2\n3\n4\n5\n6\n7\n', "quotation marks"),
    "one name twice": (b"a,a\n" + b"1,2\n" * 8, "own name"),
    "Markdown and markup": (b"a\n" + b"**x** <b>![](//a.b/c)\n" * 9, "No column"),
}
# Files that can be read, but whose numbers leave nothing to predict.
FLAT = {"a constant column": b"a\n" + b"5\n" * 20, "nearly constant": b"a\n" + b"1e99\n" * 20}


@pytest.fixture
def at():
    """The page at its own-series task, with choices that could be lost."""
    return opened(task="own_series", right="gru_reset_after", T=77, weights="untrained", hidden=5, seed=3)


def uploaded(at, name: str, content: bytes):
    """The app after a file has been uploaded."""
    at.file_uploader[0].set_value((name, content, "text/csv"))
    return healthy(at.run())


def test_a_good_file_is_read(at):
    """The first column at once, another when chosen; the numbers are in the address."""
    uploaded(at, "rain.csv", GOOD)
    assert sentences(at) == "" and at.get_by_key("column").options == ["year", "rain"]
    assert any("town" in c.value.replace("\\", "") for c in at.caption)
    head, arrays = stage(chosen(at, column="rain"))
    values = [(7 * k) % 13 + 0.5 for k in range(30)]
    assert head["labels"] == [f"{v:.4g}" for v in values[:-1]] and head["T"] == 29
    same(arrays["x"], own_series(values).x[:, :, 0])
    np.testing.assert_array_equal(arrays["target"][:-1], arrays["x"][1:])
    low, high = head["task"]["x_range"]
    assert low <= arrays["x"].min() and arrays["x"].max() <= high
    assert params(at)["series"].split(",") == [f"{v:g}" for v in values]
    again, found = stage(opened(**params(at)))
    assert again["labels"] == head["labels"]
    np.testing.assert_array_equal(found["x"], arrays["x"])


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_sentence(at, name):
    """It says what is wrong; a series that was there stays, and so does every other choice."""
    content, words = BAD[name]
    uploaded(at, f"{name}.csv", content)
    assert words in sentences(at) and len(at.error) == 1
    uploaded(at, "rain.csv", GOOD)
    before, address = stage(at)[0]["labels"], params(at)
    uploaded(at, f"{name}.csv", content)
    assert words in sentences(at) and len(at.error[0].value) < 400
    assert stage(at)[0]["labels"] == before and params(at) == address
    assert [m["H"] for m in stage(at)[0]["models"]] == [5, 5]
    head, _ = stage(chosen(at, task="adding"))
    assert sentences(at) == "" and head["T"] == 77 and head["models"][1]["id"] == "gru_reset_after"


@pytest.mark.parametrize("name", FLAT)
def test_a_series_without_change_gets_a_sentence(at, name):
    """There is nothing to predict in it, and it says so."""
    uploaded(at, "flat.csv", FLAT[name])
    assert "vary" in sentences(at)
    uploaded(at, "rain.csv", GOOD)
    assert sentences(at) == "" and stage(at)[0]["T"] == 29


def test_long_and_huge_series(at):
    """The first 201 numbers are read, and it says so; the largest numbers that are allowed can be shown."""
    uploaded(at, "long.csv", "\n".join(str(k % 7) for k in range(5000)).encode())
    assert stage(at)[0]["T"] == 200 and "5,000 numbers" in " ".join(c.value for c in at.caption)
    uploaded(at, "huge.csv", b"1e100\n-1e100\n0\n3\n4\n5e99\n1e-300\n")
    assert sentences(at) == "" and np.isfinite(stage(at)[1]["x"]).all()


def test_names_of_columns_are_not_markup(at):
    """What stands in a file is shown as it is."""
    rows = b"**a**,[b](//c.d)\n" + b"1,x\n2,x\n4,x\n3,x\n5,x\n9,x\n"
    uploaded(at, "names.csv", rows)
    assert at.get_by_key("column").options == ["**a**"]
    for caption in at.caption:
        assert "[b](" not in caption.value


def test_no_file_yet(at):
    """A sentence says what is wanted; it is not a complaint about a blank number."""
    assert not at.error and "blank" not in sentences(at)


def test_taking_the_file_away_keeps_the_series(at):
    """The numbers are the page's own by then."""
    uploaded(at, "rain.csv", GOOD)
    before = stage(at)[0]["labels"]
    at.file_uploader[0].clear()
    assert stage(healthy(at.run()))[0]["labels"] == before
