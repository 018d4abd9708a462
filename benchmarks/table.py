"""The table in README.md: rows that were measured take the place of the old ones, the others stay."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.row import Row

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
HEAD = "| what | target | reached | peer's best |\n|---|---|---|---|"


def line(row: Row) -> str:
    """A row in Markdown; a missed target says so."""
    reached = row.reached if row.met else f"**missed:** {row.reached}"
    return f"| {row.what} | {row.target} | {reached} | {row.peer} |"


def merged(text: str, rows: Iterable[Row], run: str) -> str:
    """The text with new rows between its markers; `run` says where and when they were measured."""
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    kept = {_what(known): known for known in old.splitlines() if known.startswith("| ")}
    kept.pop("what", None)
    kept |= {row.what: line(row) for row in rows}
    return "\n".join([f"{before}{BEGIN}", HEAD, *kept.values(), "", run, f"{END}{after}"])


def write(rows: Iterable[Row], run: str) -> None:
    """Put the rows into README.md."""
    README.write_text(merged(README.read_text("utf-8"), rows, run), "utf-8")


def _what(text: str) -> str:
    return text.split("|")[1].strip()
