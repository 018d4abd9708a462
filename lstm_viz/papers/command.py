"""`python -m lstm_viz papers`: run the papers' experiments and write their results, a file a row.

Every result is kept as it comes: a command that was stopped goes on where it was. What is there already and
belongs to the same set-up is not run again, unless asked for.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from statistics import mean

from lstm_viz.errors import LearnerError
from lstm_viz.network import brief, check_size
from lstm_viz.papers import ALL
from lstm_viz.papers.results import (
    FOLDER,
    ResultError,
    Results,
    by_arm,
    file_of,
    jobs,
    load,
    part_of,
    verdict,
    write,
)
from lstm_viz.papers.row import Row
from lstm_viz.papers.words import number
from lstm_viz.papers.work import Job, work
from lstm_viz.runs.settings import MAX_WORKERS, crew
from lstm_viz.training.progress import Screen, clock, left, screen, show

LINES = 10  # how often progress is written where a line cannot be overwritten
GUESS = 5.0  # seconds of a run of which nothing is known


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `papers`."""
    parser.add_argument("rows", nargs="*", metavar="NAME", help="a row (all, if none is named)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="worker processes")
    parser.add_argument("--fresh", action="store_true", help="run again what is there already")
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder to write to")


def main(args: argparse.Namespace) -> int:
    """Run what is missing, show progress, write the files; 0, or 1 after a sentence on what went wrong."""
    try:
        rows = chosen(args.rows)
        check_size("worker processes", args.jobs, MAX_WORKERS)
        if not args.out.is_dir():
            raise LearnerError(f"There is no folder “{args.out}” to write to. Allowed: a folder that exists.")
        return make(rows, args.jobs, args.fresh, args.out)
    except LearnerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130


def chosen(names: list[str]) -> list[Row]:
    """The rows of those names, or all; a sentence for a name that is none."""
    for name in names:
        if name not in ALL:
            raise LearnerError(f"There is no row “{brief(name)}”. Allowed: {', '.join(ALL)}.")
    return [row for name, row in ALL.items() if name in names or not names]


def make(rows: list[Row], workers: int, fresh: bool, folder: Path) -> int:
    """Run the jobs of the rows that have no result, and write each row's file when it has all of them."""
    began, on = time.monotonic(), screen()
    guesses = {row.name: durations(row, folder) for row in rows}
    have = {row.name: begun(row, fresh, folder) for row in rows}
    todo = [Job(row.name, *job) for row in rows for job in jobs(row) if job not in have[row.name]]
    if not todo:
        show(on, "Every result is there. With --fresh they are made anew.", last=True)
        return 0
    todo.sort(key=lambda job: -guesses[job.row].get(job.arm, GUESS))
    total, done, shown = len(todo), [], 0
    for found in work(todo, crew("", min(workers, total))):
        if found:
            job, result = found
            done.append(job)
            have[job.row][job.arm, job.seed] = result
            guesses[job.row][job.arm] = result.seconds
            keep(ALL[job.row], have[job.row], folder, on)
        share = progress(todo, done, guesses)
        if on.live or (found and len(done) * LINES // total > shown):
            shown = len(done) * LINES // total
            show(on, f"{len(done)} of {total} runs, {left(time.monotonic() - began, share)}")
    show(on, f"{total} runs in {clock(time.monotonic() - began)}, written to {folder}.", last=True)
    return 0


def durations(row: Row, folder: Path) -> dict[str, float]:
    """About how long a run of each arm takes, from the results before, where there are any."""
    results = existing(file_of(row, folder), row) | existing(part_of(row, folder), row)
    known = {arm: [r.seconds for (a, _), r in results.items() if a == arm] for arm in row.ours.arms}
    return {arm: mean(all_of) for arm, all_of in known.items() if all_of}


def begun(row: Row, fresh: bool, folder: Path) -> Results:
    """The results to go on from; when made afresh, those of a stopped command alone are dropped too."""
    if fresh:
        part_of(row, folder).unlink(missing_ok=True)
        return {}
    return existing(file_of(row, folder), row) or existing(part_of(row, folder), row)


def existing(path: Path, row: Row) -> Results:
    """The results in a file, none where it is missing, stale or damaged."""
    try:
        return load(path, row) if path.is_file() else {}
    except ResultError:
        return {}


def keep(row: Row, results: Results, folder: Path, on: Screen) -> None:
    """Write what there is of a row: its file when it is whole, until then another beside it."""
    if len(results) < len(jobs(row)):
        write(part_of(row, folder), row, results)
        return
    write(file_of(row, folder), row, results)
    part_of(row, folder).unlink(missing_ok=True)
    show(on, f"{row.name}: {verdict(row, results)}", last=True)
    for arm, values in by_arm(row, results).items():
        show(on, f"  {arm}: {', '.join(map(number, values))}", last=True)


def progress(todo: list[Job], done: list[Job], guesses: dict[str, dict[str, float]]) -> float:
    """The share of the work that is done, in seconds as far as they are known."""
    weights = {job: guesses[job.row].get(job.arm, GUESS) for job in todo}
    return sum(weights[job] for job in done) / sum(weights.values())
