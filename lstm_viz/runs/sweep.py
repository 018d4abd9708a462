"""`python -m lstm_viz sweep`: train every combination of settings, many at a time, and write the results.

Every run is kept in a folder as it goes: a sweep that was stopped goes on where it was, and runs that another
command has made are not made again.
"""

import argparse
import sys
import time
from functools import partial
from pathlib import Path

from lstm_viz.errors import LearnerError
from lstm_viz.files import write_whole
from lstm_viz.runs.command import LINES, check_folder, follow
from lstm_viz.runs.drive import Run
from lstm_viz.runs.options import add_places, add_settings, all_of
from lstm_viz.runs.progress import Progress
from lstm_viz.runs.results import exam, row, settings, table
from lstm_viz.runs.settings import crew
from lstm_viz.tasks import task_of
from lstm_viz.training.progress import clock, screen, show
from lstm_viz.training.recipes import Job

OUT = Path("sweep.csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `sweep`: those of `train`, with a list of values each."""
    add_settings(parser, many=True)
    add_places(parser)
    parser.add_argument("--out", type=Path, default=OUT, help="the table to write, as CSV")


def main(args: argparse.Namespace) -> int:
    """Make the runs, show progress, write the table; 0, or 1 after a sentence on what went wrong."""
    rows: dict[Run, dict] = {}
    try:
        return sweep(args, all_of(args), rows)
    except LearnerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        went = "What was learnt is kept; the same command goes on from there and writes the table."
        print(f"\nStopped after {len(rows):,} runs. {went}", file=sys.stderr)
        return 130


def sweep(args: argparse.Namespace, todo: list[Job], rows: dict[Run, dict]) -> int:
    """Make the runs; `rows` gets the results as they come."""
    check_folder(args.out.parent)
    jobs = {Run(job.spec, job.steps, partial(exam, job.spec)): job for job in todo}
    names, began, on = titles(todo), time.monotonic(), screen()
    progress, shown = Progress([*jobs]), [0]

    def hear(heard):
        progress.hear(heard)
        if heard and heard.over:
            job = jobs[heard.run]
            rows[heard.run] = row(job, heard)
            show(on, f"{len(rows):,} of {len(jobs):,}: {names[job]}: {said(job, rows[heard.run])}", last=True)
        elif on.live or progress.share * LINES >= shown[0] + 1:
            shown[0] = int(progress.share * LINES)
            show(
                on, f"{len(rows):,} of {len(jobs):,} runs, {progress.share:.0%} of the work, {progress.left}"
            )

    follow(crew(args.scheduler, args.workers), [*jobs], args.folder, hear)
    write_whole(args.out, table([rows[run] for run in jobs]))
    broke = sum(bool(done["broke"]) for done in rows.values())
    ended = f", {broke:,} of which broke" if broke else ""
    print(f"{len(jobs):,} runs in {clock(time.monotonic() - began)}{ended}. Written: {args.out}")
    return 0


def titles(todo: list[Job]) -> dict[Job, str]:
    """What tells each run from the others."""
    told = [settings(job) for job in todo]
    differ = [name for name in told[0] if len({one[name] for one in told}) > 1]
    if len({(one["cell"], one["set"]) for one in told}) == len({one["cell"] for one in told}):
        differ = [name for name in differ if name != "set"]  # each cell's own
    return {
        job: " ".join(f"{name}={one[name]}" for name in differ or ["cell"])
        for job, one in zip(todo, told, strict=True)
    }


def said(job: Job, done: dict) -> str:
    """What came of a run, in a few words."""
    if done["broke"]:
        return done["broke"]
    return f"{task_of(job.spec.task).measure} {done['test_error']:.4g} (baseline {done['baseline']:.4g})"
