"""The results of the rows as files, one JSON a row: what is not this row's, whole and in order is refused.

A file is written by the command alone, whole or not at all. It names the set-up that it belongs to by a
digest of the arms, the seeds and the unit: when one of them changes, the file is stale and says so.
"""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from lstm_viz.errors import LearnerError
from lstm_viz.files import ASSETS, write_whole
from lstm_viz.papers.row import Row

FOLDER = ASSETS / "papers"
MAX_BYTES, MAX_VALUE, MAX_SECONDS = 200_000, 1e12, 1e6


class ResultError(LearnerError):
    """A row's file that cannot be shown."""


class Result(NamedTuple):
    """What one run of one arm with one seed gave, and how many seconds it took on one core."""

    value: float
    seconds: float


# By the arm's name and the seed.
Results = dict[tuple[str, int], Result]


def digest(row: Row) -> str:
    """A name for the row's set-up: another one for other arms, seeds or another unit."""
    said = repr((tuple(row.ours.arms.items()), row.ours.seeds, row.ours.unit))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def command(row: Row) -> str:
    """The command that makes the row's file."""
    return f"python -m lstm_viz papers {row.name}"


def file_of(row: Row, folder: Path = FOLDER) -> Path:
    """Where the row's results lie."""
    return folder / f"{row.name}.json"


def part_of(row: Row, folder: Path = FOLDER) -> Path:
    """Where they lie while some are missing."""
    return folder / f"{row.name}.part"


def jobs(row: Row) -> list[tuple[str, int]]:
    """Every arm with every seed."""
    return [(arm, seed) for arm in row.ours.arms for seed in row.ours.seeds]


def by_arm(row: Row, results: Results) -> dict[str, list[float]]:
    """The numbers of each arm in the order of the seeds."""
    return {arm: [results[arm, seed].value for seed in row.ours.seeds] for arm in row.ours.arms}


def seconds(row: Row, results: Results) -> dict[str, list[float]]:
    """The seconds of each arm in the order of the seeds."""
    return {arm: [results[arm, seed].seconds for seed in row.ours.seeds] for arm in row.ours.arms}


def verdict(row: Row, results: Results) -> str:
    """The row's verdict on the numbers."""
    return row.ours.verdict(by_arm(row, results))


def write(path: Path, row: Row, results: Results) -> None:
    """Write results, whole or not at all."""
    arms = {arm: {} for arm in row.ours.arms}
    for arm, seed in jobs(row):
        if (arm, seed) in results:
            arms[arm][str(seed)] = results[arm, seed]._asdict()
    named = {"row": row.name, "digest": digest(row), "command": command(row), "unit": row.ours.unit}
    text = json.dumps(named | {"arms": arms}, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(path, f"{text}\n".encode())


def read(row: Row, folder: Path = FOLDER) -> Results:
    """A row's results, every arm and seed of them; a sentence where its file is missing, stale or damaged."""
    path = file_of(row, folder)
    if not path.is_file():
        raise ResultError(f"There are no results yet. “{command(row)}” makes them.")
    results = load(path, row)
    missing = [job for job in jobs(row) if job not in results]
    if missing:
        arm, seed = missing[0]
        raise ResultError(
            f"{path.name} lacks {len(missing)} results, among them of “{arm}” with seed {seed}. "
            f"“{command(row)}” makes them."
        )
    return results


def load(path: Path, row: Row) -> Results:
    """What a file holds of a row's results, perhaps not all; a sentence where it is not this row's."""
    said = parsed(path)
    for name, wanted in {"row": row.name, "digest": digest(row), "unit": row.ours.unit}.items():
        if said.get(name) != wanted:
            raise ResultError(
                f"{path.name} is stale: it belongs to another set-up of the experiment (its {name} differs). "
                f"“{command(row)}” makes it anew."
            )
    return {job: result(path, said, *job) for job in jobs(row) if known(said, *job)}


def parsed(path: Path) -> dict:
    """The JSON of a file of no more than MAX_BYTES, which must be an object."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ResultError(f"{path.name} is too large. Allowed: {MAX_BYTES:,} bytes.")
        said = json.loads(path.read_bytes().decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ResultError(
            f"{path.name} cannot be read: it is damaged. Allowed: what the command wrote."
        ) from error
    if not isinstance(said, dict):
        raise ResultError(f"{path.name} holds no results. Allowed: what the command wrote.")
    return said


def known(said: dict, arm: str, seed: int) -> bool:
    """Whether a file says anything of an arm and a seed."""
    arms = said.get("arms")
    return isinstance(arms, dict) and isinstance(arms.get(arm), dict) and str(seed) in arms[arm]


def result(path: Path, said: dict, arm: str, seed: int) -> Result:
    """One result of a file; a sentence where it is not two numbers within their bounds."""
    entry = said["arms"][arm][str(seed)]
    value, took = (entry.get(name) for name in Result._fields) if isinstance(entry, dict) else (None, None)
    if not within(value, -MAX_VALUE, MAX_VALUE) or not within(took, 0, MAX_SECONDS):
        raise ResultError(
            f"{path.name} is damaged at “{arm}”, seed {seed}. Allowed: a value of {MAX_VALUE:g} at most and "
            f"the seconds it took, {MAX_SECONDS:g} at most."
        )
    return Result(float(value), float(took))


def within(number, least: float, most: float) -> bool:
    """Whether a value of the JSON is a number within bounds; no whole number is too long to be compared."""
    return isinstance(number, int | float) and not isinstance(number, bool) and least <= number <= most
