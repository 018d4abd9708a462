"""An uploaded CSV file -> Table: its columns of numbers, and why the others cannot be used.

Every file that cannot be used raises one InputError: what is wrong, in which line, what is allowed.
"""

import csv
import io
import re
from collections import Counter
from typing import NamedTuple

from lstm_viz.tasks.number import finite, number
from lstm_viz.tasks.task import MIN_OWN, InputError, count, quote

MAX_BYTES, MAX_ROWS, MAX_COLUMNS, MAX_NAME = 1_000_000, 20_000, 50, 40

DECIMAL = re.compile(r"^(\s*[+-]?\d+),(\d+)(?=\s*$)")


class Table(NamedTuple):
    """Columns of finite numbers by name; for every other column a sentence on its first bad cell."""

    columns: dict[str, tuple[float, ...]]
    unusable: dict[str, str]


class Row(NamedTuple):
    """The cells of a row, and the line of the file that it ends in, from 1."""

    line: int
    cells: list[str]


def read_csv(data: bytes) -> Table:
    """The numeric columns of a CSV file.

    UTF-8 with or without a byte order mark; tab, semicolon or comma between cells, the first of
    these that stands in the first line; the first line is a header if none of its cells is a
    number, and gives names of up to 40 characters. InputError if no column can be used.
    """
    names, rows = _split(_rows(_decode(data)))
    _check_size(names, rows)
    bad = {name: _first_bad(rows, k) for k, name in enumerate(names)}
    columns = {
        name: tuple(float(row.cells[k]) for row in rows) for k, name in enumerate(names) if bad[name] is None
    }
    if not columns:
        # The column that stays good for longest is most likely the one that was meant.
        name = max(names, key=lambda name: bad[name][0])
        raise InputError(f"No column holds only numbers. {_complaint(name, bad[name])}")
    return Table(columns, {name: _complaint(name, cell) for name, cell in bad.items() if cell})


def _decode(data):
    if len(data) > MAX_BYTES:
        raise InputError(f"The file has {len(data):,} bytes; at most {MAX_BYTES:,} (1 MB) are allowed.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError("The file is text in UTF-16; save it as “CSV UTF-8”, which is allowed.")
    if b"\0" in data:
        raise InputError("The file is binary (it has zero bytes); a CSV text file is allowed.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        raise InputError(
            f"Line {line} is not UTF-8 text (byte 0x{byte:02X}); save the file as “CSV UTF-8”."
        ) from error


def _rows(text):
    text = text.rstrip(" \r\n")
    if not text:
        raise InputError("The file is empty; a CSV file with a column of numbers is allowed.")
    lines = io.StringIO(text, newline="")
    sign = _delimiter(text)
    reader = csv.reader(lines, delimiter=sign, strict=True)
    rows = []
    try:
        for cells in reader:
            # Where the comma does not stand between cells, it may be the decimal point.
            cells = cells if sign == "," else [DECIMAL.sub(r"\1.\2", cell) for cell in cells]
            rows.append(Row(reader.line_num, cells))
            _check_width(rows[-1], rows[0])
    except csv.Error as error:
        raise InputError(
            f"Line {reader.line_num} cannot be read as CSV ({error}); quotation marks come in pairs."
        ) from error
    return rows


def _delimiter(text):
    # Before the comma: where a comma is the decimal point, a semicolon stands between the cells.
    first = re.sub(r'"[^"]*"', "", text.splitlines()[0])
    return next((sign for sign in "\t;" if sign in first), ",")


def _check_width(row, first):
    if not row.cells:
        raise InputError(f"Line {row.line} is blank; blank lines are allowed only at the end.")
    if len(row.cells) != len(first.cells):
        raise InputError(
            f"Line {row.line} has {count(len(row.cells), 'cell')}, line {first.line} has "
            f"{len(first.cells)}; all lines need the same number of cells."
        )


def _split(rows):
    first = rows[0].cells
    headed = all(number(cell) is None for cell in first)
    given = [cell.strip()[:MAX_NAME] if headed else "" for cell in first]
    names = [name or f"column {k}" for k, name in enumerate(given, start=1)]
    return names, rows[headed:]


def _check_size(names, rows):
    if len(names) > MAX_COLUMNS:
        raise InputError(f"The file has {len(names)} columns; at most {MAX_COLUMNS} are allowed.")
    if not MIN_OWN <= len(rows) <= MAX_ROWS:
        raise InputError(
            f"The file has {count(len(rows), 'row')} of data; {MIN_OWN} to {MAX_ROWS:,} are allowed."
        )
    name, times = Counter(names).most_common(1)[0]
    if times > 1:
        raise InputError(f"{times} columns are called {quote(name)}; each column needs its own name.")


def _first_bad(rows, k):
    bad = ((row.line, row.cells[k]) for row in rows if finite(row.cells[k]) is None)
    return next(bad, None)


def _complaint(name, bad):
    line, cell = bad
    found = f"holds {quote(cell)}" if cell.strip() else "is blank"
    return f"Column {quote(name)}, line {line} {found}; a finite number such as 12.5 is needed."
