"""`python -m lstm_viz train`: train one cell on one task, or every model that ships (`--all`).

One cell's run is kept in a folder as it goes, so that a command that was stopped goes on where it was. What
ships is made anew from its first step.
"""

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from lstm_viz import labeller
from lstm_viz.errors import LearnerError
from lstm_viz.labeller import FILE
from lstm_viz.runs.crew import Crew
from lstm_viz.runs.drive import Heard, Run, drive
from lstm_viz.runs.kinds import KINDS
from lstm_viz.runs.options import add_places, add_settings, one
from lstm_viz.runs.progress import Progress
from lstm_viz.runs.settings import crew
from lstm_viz.runs.tape import Tape
from lstm_viz.tasks import task_of
from lstm_viz.training.labelling import LABELLING, Labelling, labeller_of
from lstm_viz.training.model import trained
from lstm_viz.training.optimisers import State
from lstm_viz.training.progress import clock, screen, show
from lstm_viz.training.recipes import Job, jobs
from lstm_viz.weights import MODELS, Weights, file_name, save

LINES = 10  # how often progress is written where a line cannot be overwritten
LATELY = 25  # steps over which progress takes its means


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `train`; what is left out comes from the task's recipe."""
    parser.add_argument("--all", action="store_true", help="train every model of assets/models anew")
    parser.add_argument("--labeller", action="store_true", help="train the labeller of the CTC page anew")
    add_settings(parser, many=False)
    add_places(parser)
    parser.add_argument("--out", type=Path, help="the file to write; with --all, the folder")


def main(args: argparse.Namespace) -> int:
    """Train, show progress, write the weights; 0, or 1 after a sentence on what went wrong."""
    try:
        if args.labeller:
            return _labeller(args)
        return _all(args) if args.all else _one(args)
    except LearnerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        anew = "A file that was not finished was not written."
        kept = "What was learnt is kept; the same command goes on from there."
        print(f"\nStopped. {anew if args.all or args.labeller else kept}", file=sys.stderr)
        return 130


def follow(crew: Crew, runs: list[Run], folder: Path | None, hear: Callable[[Heard | None], None]) -> None:
    """Drive runs to their ends; `hear` is told of all that comes. Whatever happens, what was made is kept."""
    told = False
    try:
        with closing(drive(crew, runs, folder)) as events:
            for heard in events:
                if crew.empty and not told:
                    show(screen(), "The cluster has no workers; this goes on when one comes.", last=True)
                told = crew.empty
                hear(heard)
    finally:
        crew.close()


def check_folder(folder: Path) -> None:
    """A sentence where a folder to write to is none."""
    if not folder.is_dir():
        raise LearnerError(f"There is no folder “{folder}” to write to. Allowed: a folder that exists.")


def finished(job: Job, state: State) -> Weights | str:
    """The weights and what they were measured to be, or a sentence on why they could not be."""
    try:
        return trained(job, state)
    except LearnerError as error:
        return f"No file was written, as these weights cannot be tested. {error}"


def _one(args) -> int:
    todo = one(args)
    out = args.out or Path(file_name(todo.spec.task, todo.cell, todo.spec.hidden))
    check_folder(out.parent)
    last = _alone(args, Run(todo.spec, todo.steps, partial(finished, todo)), args.folder)
    if isinstance(last.result, Weights) and last.tape.steps:
        save(out, *last.result)
        print(f"{_verdict(last.result)}\nWritten: {out}")
    sentences = [said for said in (last.tape.broke, last.result) if said and isinstance(said, str)]
    if sentences:
        raise LearnerError("\n".join(sentences))
    return 0


def _alone(args, run: Run, folder: Path | None) -> Heard:
    """Drive one run, in this process unless workers are asked for: its end."""
    on, progress, heard, shown = screen(), Progress([run]), [], [-1]

    def hear(said):
        progress.hear(said)
        if said is None:
            return
        before, heard[:] = heard[-1:], [said]
        steps = said.tape.steps
        if not before and steps:
            show(on, f"Going on after step {steps:,}, kept in {folder}.", last=True)
        last = steps == run.steps and not said.over
        if steps and not said.over and (on.live or last or steps * LINES // run.steps > shown[0]):
            shown[0] = steps * LINES // run.steps
            show(on, f"{_line(run, said.tape)}  {progress.left}", last)

    follow(crew(args.scheduler, args.workers or 0), [run], folder, hear)
    return heard[0]


def _line(run: Run, tape: Tape) -> str:
    """How far a run is: its step, and the means of its last steps."""
    means = {name: np.mean(column[-LATELY:]) for name, column in tape.metrics._asdict().items()}
    line = f"step {tape.steps:,} of {run.steps:,}  loss {means['loss']:.4f}"
    if isinstance(run.spec, Labelling):
        return line
    task = task_of(run.spec.task, run.spec.data)
    return f"{line}  {task.measure} {means['error']:.4f} (baseline {task.baseline(run.spec.T)[0]:.4f})"


def _labeller(args) -> int:
    out = args.out or FILE
    check_folder(out.parent)
    last = _alone(args, _labelling(), None)
    if last.tape.broke:
        raise LearnerError(last.tape.broke)
    labeller.save(out, last.result)
    print(f"{_said(out.name, last.result)}\nWritten: {out}")
    return 0


def _labelling() -> Run:
    return Run(LABELLING, LABELLING.steps[-1], partial(labeller_of, LABELLING))


def _all(args) -> int:
    folder, began, on, shown = args.out or MODELS, time.monotonic(), screen(), [0]
    check_folder(folder)
    names = {Run(job.spec, job.steps, partial(trained, job)): _name(job) for job in jobs()}
    names[_labelling()] = FILE.name
    # The longest first, so that none is left alone at the end.
    runs = sorted(names, key=lambda run: -KINDS[type(run.spec)].cost(run.spec) * run.steps)
    progress = Progress(runs)

    def hear(heard):
        progress.hear(heard)
        if heard and heard.over:
            if heard.tape.broke:
                raise LearnerError(heard.tape.broke)
            show(on, _written(folder / names[heard.run], heard.result), last=True)
        elif on.live or progress.share * LINES >= shown[0] + 1:
            shown[0] = int(progress.share * LINES)
            show(on, f"{progress.share:.0%} of the work is done, {progress.left}")

    follow(crew(args.scheduler, args.workers), runs, None, hear)
    print(f"{len(runs)} models written to {folder} in {clock(time.monotonic() - began)}.")
    return 0


def _name(job: Job) -> str:
    return file_name(job.spec.task, job.cell, job.spec.hidden)


def _written(path: Path, made: Weights | labeller.Labeller) -> str:
    """Write a model; what it can do."""
    if isinstance(made, Weights):
        save(path, *made)
        return _verdict(made)
    labeller.save(path, made)
    return _said(path.name, made)


def _said(name: str, made: labeller.Labeller) -> str:
    untrained, *_, best = made.meta["errors"]
    return f"{name}: label error {best:.3g} (untrained {untrained:.3g})"


def _verdict(weights: Weights) -> str:
    meta = weights.meta
    errors = ", ".join(f"{error:.3g} at T = {T}" for T, error in meta["errors"].items())
    name = file_name(meta["task"], meta["cell"], meta["hidden"])
    measure = task_of(meta["task"]).measure
    return f"{name}: {measure} {errors} (baseline {meta['baseline']:.3g})"
