"""Uploads: every usable column comes out exactly, every bad file gets one sentence."""

import numpy as np
import pytest

from lstm_viz.tasks import MAX_BYTES, InputError, read_csv

SIX = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)


def lines(*rows, end="\n"):
    return (end.join(rows) + end).encode()


NUMBERS = ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_all_common_kinds_of_csv_give_the_same_columns(end, delimiter, mark):
    rows = [f"{n}{delimiter}-{n}.5e1" for n in NUMBERS]
    negative = tuple(-10 * n - 5 for n in SIX)
    headed = read_csv(mark + lines(f"Größe{delimiter}b", *rows, end=end))
    assert headed == ({"Größe": SIX, "b": negative}, {})
    bare = read_csv(mark + lines(*rows, end=end))
    assert bare == ({"column 1": SIX, "column 2": negative}, {})


def test_one_column_quoted_cells_and_blank_lines_at_the_end_are_taken():
    assert read_csv(lines("v", *NUMBERS)).columns == {"v": SIX}
    assert read_csv(lines('"v, w"', *(f'"{n}"' for n in NUMBERS))).columns == {"v, w": SIX}
    assert read_csv(lines(*NUMBERS) + b"\n\r\n \n").columns == {"column 1": SIX}


def test_random_numbers_come_out_bit_for_bit():
    values = np.random.default_rng(0).normal(size=(500, 7)) * 1e6
    data = "\n".join(",".join(map(repr, row)) for row in values.tolist()).encode()
    assert np.array_equal(np.array(list(read_csv(data).columns.values())).T, values)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("", "is blank"),
        ("  ", "is blank"),
        ("NaN", "holds 'NaN'"),
        ("-inf", "holds '-inf'"),
        ("1e999", "holds '1e999'"),
        ("Bob", "holds 'Bob'"),
        ('"1,5"', "holds '1,5'"),
        ("x" * 1000, "holds 'xxxxxxxxxxxxxxxxxxx…'"),
    ],
)
def test_a_column_with_a_bad_cell_is_listed_with_the_line_of_the_first(cell, found):
    data = lines("t,v", "1,1", f"2,{cell}", "3,x", "4,4", "5,5", "6,6")
    columns, unusable = read_csv(data)
    assert columns == {"t": SIX}
    assert unusable == {"v": f"Column 'v', line 3 {found}; a finite number such as 12.5 is needed."}


@pytest.mark.parametrize("first", ["nan", "inf"])
def test_a_first_line_of_nan_is_data_and_not_a_header(first):
    with pytest.raises(InputError, match=f"Column 'column 1', line 1 holds '{first}'"):
        read_csv(lines(first, *NUMBERS))


def test_columns_without_a_name_are_numbered_and_long_names_cut():
    table = read_csv(lines("," + "n" * 100, *(f"{n},{n}" for n in NUMBERS)))
    assert list(table.columns) == ["column 1", "n" * 40]


WIDE = ",".join(["1"] * 51)
BAD = {
    "no bytes": (b"", "The file is empty; a CSV file with a column of numbers is allowed"),
    "only blanks": (b" \r\n\n", "The file is empty"),
    "only a mark": (b"\xef\xbb\xbf", "The file is empty"),
    "zero bytes": (b"PK\x03\x04\x00\x00", "The file is binary .*; a CSV text file is allowed"),
    "utf-16 little": ("﻿v\n1\n".encode("utf-16-le"), "text in UTF-16; save it as “CSV UTF-8”"),
    "utf-16 big": ("﻿v\n1\n".encode("utf-16-be"), "text in UTF-16"),
    "latin-1": ("v\n1\nä\n".encode("latin-1"), "Line 3 is not UTF-8 text .byte 0xE4.; save the file as"),
    "latin-1 after a mark": (b"\xef\xbb\xbfv\n\xe4\n", "Line 2 is not UTF-8 text"),
    "too large": (b"1" * (MAX_BYTES + 1), "has 1,000,001 bytes; at most 1,000,000 .1 MB. are allowed"),
    "a header alone": (b"a,b\n", "The file has 0 rows of data; 6 to 20,000 are allowed"),
    "one row": (b"a,b\n1,2\n", "The file has 1 row of data"),
    "five rows": (lines("a", *NUMBERS[:5]), "The file has 5 rows of data"),
    "too many rows": (b"1\n" * 20_001, "The file has 20,001 rows of data; 6 to 20,000"),
    "too many columns": (lines(*[WIDE] * 6), "The file has 51 columns; at most 50 are allowed"),
    "a short row": (lines("a,b", "1,2", "3"), "Line 3 has 1 cell, line 1 has 2; all lines need"),
    "a long row": (lines("a,b", "1,2", "3,4,5"), "Line 3 has 3 cells, line 1 has 2"),
    "a blank line first": (lines("", *NUMBERS), "Line 1 is blank; blank lines are allowed only at the end"),
    "a blank line inside": (lines("1", "", *NUMBERS), "Line 2 is blank"),
    "words": (lines("name", *"ABCDEF"), "No column holds only numbers. Column 'name', line 2 holds 'A'"),
    "the nearest miss": (
        lines("n,v", *(f"A,{n}" for n in NUMBERS), "B,7 cm"),
        "No column holds only numbers. Column 'v', line 8 holds '7 cm'",
    ),
    "a name twice": (lines("v,v", *["1,2"] * 6), "2 columns are called 'v'; each column needs its own name"),
    "an open quote": (lines('"v', *NUMBERS), "cannot be read as CSV .*; quotation marks come in pairs"),
    "an endless cell": (b'"' + b"1" * 200_000 + b'"\n', "Line 1 cannot be read as CSV"),
    "a web page": (lines("<!doctype html>", *["<p>x</p>"] * 6), "line 2 holds '<p>x</p>'"),
}


@pytest.mark.parametrize(("data", "sentence"), BAD.values(), ids=BAD)
def test_every_bad_upload_gets_its_sentence(data, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        read_csv(data)
    message = str(caught.value)
    assert len(message) < 200 and message.endswith(".") and message.isprintable()


def test_a_damaged_file_gives_finite_columns_or_a_sentence_and_nothing_else():
    rng = np.random.default_rng(1)
    good = lines("a,b,c", *(f"{n},{n}.5,1e{n}" for n in NUMBERS))
    outcomes = set()
    for _ in range(3000):
        data = bytearray(good)
        for place in rng.integers(0, len(good), rng.integers(1, 6)):
            data[place] = rng.choice(list(b'09.,;\t\n\r" e-nax\xc3\xa4\x00\xff'))
        try:
            columns, unusable = read_csv(bytes(data))
        except InputError:
            outcomes.add("refused")
            continue
        assert columns and all(np.isfinite(column).all() for column in columns.values())
        outcomes.add("partly used" if unusable else "used")
    assert outcomes == {"refused", "partly used", "used"}


def test_decimal_commas_between_semicolons():
    """Where a semicolon stands between the cells, a comma is the decimal point."""
    assert read_csv(b"v;w\n" + b"1,5;-2,25\n" * 6).columns == {"v": (1.5,) * 6, "w": (-2.25,) * 6}
