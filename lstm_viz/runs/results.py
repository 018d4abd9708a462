"""The results of a sweep as a table: one row a run, its settings and what came of it, in full precision."""

import csv
import io

import numpy as np

from lstm_viz.errors import LearnerError
from lstm_viz.runs.drive import Heard
from lstm_viz.runs.options import told
from lstm_viz.runs.tape import Tape
from lstm_viz.tasks import task_of
from lstm_viz.training.exam import examine
from lstm_viz.training.measure import Exam
from lstm_viz.training.optimisers import State
from lstm_viz.training.recipes import Job
from lstm_viz.training.spec import Spec
from lstm_viz.weights import stored

LAST = 100  # steps over which the means at the end are taken


def exam(spec: Spec, state: State) -> float:
    """The error on fresh sequences of the weights, as a file would keep them; nan where they give none."""
    params = {name: p.astype(float) for name, p in stored(state.params).items()}
    try:
        return examine(spec, params, Exam(spec.T))
    except LearnerError:
        return float("nan")


def row(job: Job, heard: Heard) -> dict[str, object]:
    """One run of the table: its settings, then the steps that were made and what they led to."""
    spec, tape = job.spec, heard.tape
    return settings(job) | {
        "steps_made": tape.steps,
        **means(tape),
        "test_error": heard.result,
        "baseline": task_of(spec.task, spec.data).baseline(spec.T)[0],
        "seconds": round(tape.seconds, 3),
        "broke": tape.broke,
    }


def settings(job: Job) -> dict[str, object]:
    """The settings of a run, by the names of the options."""
    spec = job.spec
    starts = " ".join(f"{name}={told(value)}" for name, value in spec.constants)
    of_spec = {name: getattr(spec, name) for name in ("task", "T", "shortest", "hidden", "precision", "seed")}
    return {"cell": job.cell, **of_spec, "set": starts, **spec.descent._asdict(), "steps": job.steps}


def means(tape: Tape) -> dict[str, float | None]:
    """The mean of each measurement over the last steps, None where no step was made."""
    names = ("loss", "error", "norm", "first")
    return {
        name: float(np.mean(getattr(tape.metrics, name)[-LAST:])) if tape.steps else None for name in names
    }


def table(rows: list[dict[str, object]]) -> bytes:
    """The rows as CSV, with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
