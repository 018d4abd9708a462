"""The settings of runs as options of the command line, and the runs that they describe.

What is left out comes from the task's recipe. `train` takes one value an option, `sweep` as many as one
likes: its runs are every combination.
"""

import argparse
import math
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono, Legendre, Start
from lstm_viz.network import brief, check_size
from lstm_viz.runs.settings import SCHEDULER
from lstm_viz.tasks import TASKS
from lstm_viz.training.advance import MAX_CHUNK
from lstm_viz.training.optimisers import OPTIMISERS
from lstm_viz.training.recipes import Job, job, recipe
from lstm_viz.training.schedules import SCHEDULES
from lstm_viz.training.spec import PRECISIONS, Descent, first_state

FOLDER, MAX_RUNS = Path("runs"), 1000


class Option(NamedTuple):
    """A setting of a run; without choices any value of the kind can be asked for."""

    name: str
    kind: type
    help: str
    choices: tuple[str, ...] | None = None


OPTIONS = (
    Option("task", str, "what to learn", tuple(TASKS)),
    Option("cell", str, "what learns", tuple(LIBRARY)),
    Option("T", int, "longest sequence"),
    Option("shortest", int, "shortest sequence; T/4 where not given"),
    Option("hidden", int, "hidden units"),
    Option("precision", str, "of the numbers", PRECISIONS),
    Option("seed", int, "of the start and of the sequences"),
    Option("steps", int, "batches to train on"),
    Option("batch", int, "sequences in a batch"),
    Option("optimiser", str, "how the weights follow the gradient", tuple(OPTIMISERS)),
    Option("rate", float, "learning rate"),
    Option("schedule", str, "how the rate falls", tuple(SCHEDULES)),
    Option("horizon", int, "steps over which it falls; all where not given"),
    Option("clip", float, "largest norm of the gradient"),
    Option("limit", float, "largest number of the gradient; 0 for none"),
    Option("window", int, "steps after which the gradient is cut; 0 for never"),
)
STARTS = "NUMBER, identity, orthogonal, chrono:LONGEST or -chrono:LONGEST"


def add_settings(parser: argparse.ArgumentParser, many: bool) -> None:
    """The options of a run; `many` values each for a sweep."""
    for name, kind, said, choices in OPTIONS:
        more = {"nargs": "+"} if many else {}
        parser.add_argument(f"--{name}", type=kind, choices=choices, help=said, **more)
    parser.add_argument(
        "--set",
        action="extend",
        nargs="+",
        default=[],
        metavar="NAME=START",
        help=f"start a parameter so: b_f=3; {STARTS}",
    )


def add_places(parser: argparse.ArgumentParser) -> None:
    """Where runs are kept and computed."""
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where runs are kept, to go on from")
    parser.add_argument("--scheduler", metavar="ADDRESS", help=f"of a Dask cluster; else that in {SCHEDULER}")
    parser.add_argument("--workers", type=int, help="processes on this machine; 0 for this one alone")


def one(args: argparse.Namespace) -> Job:
    """The run that the options of `train` describe; a sentence where it cannot be."""
    starts = parsed(args.set)
    for name, values in starts.items():
        if len(values) > 1:
            raise LearnerError(f"{brief(name)} is set twice. Allowed: once; a sweep takes several.")
    wish = {option.name: getattr(args, option.name) for option in OPTIONS}
    made = described(wish, {name: values[0] for name, values in starts.items()}, strict=True)
    return checked(made)


def all_of(args: argparse.Namespace) -> list[Job]:
    """Every run of a sweep, each once; a sentence where one cannot be or there are too many."""
    lists = [dict.fromkeys(getattr(args, option.name) or [None]) for option in OPTIONS]
    starts = parsed(args.set)
    count = math.prod(map(len, [*lists, *starts.values()]))
    if count > MAX_RUNS:
        raise LearnerError(f"{count:,} runs cannot be. Allowed: up to {MAX_RUNS:,} combinations.")
    check_names(starts, args.cell or ["lstm"])
    return [checked(made) for made in dict.fromkeys(combinations(lists, starts))]


def combinations(lists: list, starts: dict[str, list[Start]]) -> Iterator[Job]:
    """The run of every combination of values and starts."""
    for values in product(*lists):
        wish = dict(zip((option.name for option in OPTIONS), values, strict=True))
        for chosen in product(*starts.values()):
            yield described(wish, dict(zip(starts, chosen, strict=True)))


def described(wish: dict, starts: dict[str, Start], strict: bool = False) -> Job:
    """The run with the wished settings, None being the recipe's; a start counts where the cell has its name.

    When `strict`, a name that the cell lacks is left to be refused.
    """
    cell = wish["cell"] or "lstm"
    row = recipe(wish["task"] or "adding")
    row = row._replace(**given(wish, ("T", "hidden", "steps", "seed")))
    descent = row.descent._replace(**given(wish, Descent._fields))
    if descent.schedule != "constant" and wish["horizon"] is None:
        descent = descent._replace(horizon=row.steps)
    starts = {name: value for name, value in starts.items() if strict or has(cell, name)}
    row = row._replace(descent=descent, constants={cell: starts} if starts else row.constants)
    made = job(row, cell)
    return made._replace(spec=made.spec._replace(**given(wish, ("shortest", "precision"))))


def given(wish: dict, names: tuple[str, ...]) -> dict:
    """The wishes of those names that there are."""
    return {name: wish[name] for name in names if wish.get(name) is not None}


def checked(made: Job) -> Job:
    """The run; a sentence where it cannot be trained."""
    check_size("steps of training", made.steps, MAX_CHUNK)
    first_state(made.spec)
    return made


def check_names(starts: dict[str, list[Start]], cells: list[str]) -> None:
    """A sentence where a start is of a parameter that none of the cells has."""
    for name in starts:
        if not any(has(cell, name) for cell in cells):
            allowed = ", ".join(
                dict.fromkeys(p for cell in cells for p in parse(LIBRARY[cell].equations).params)
            )
            raise LearnerError(f"There is no parameter “{brief(name)}” to set. Allowed: {allowed}.")


def has(cell: str, name: str) -> bool:
    """Whether a network of the cell has a parameter of that name."""
    return name in parse(LIBRARY[cell].equations).params or name in ("W_y", "b_y")


def parsed(texts: list[str]) -> dict[str, list[Start]]:
    """What each parameter may start at, as NAME=START."""
    starts: dict[str, list[Start]] = {}
    for text in texts:
        name, _, value = text.partition("=")
        starts.setdefault(name.strip(), []).append(start(text, value.strip()))
    return {name: [*dict.fromkeys(values)] for name, values in starts.items()}


def start(text: str, value: str) -> Start:
    """One start of a parameter; a sentence where it is none."""
    sign, longest = (-1, value[1:]) if value.startswith("-") else (1, value)
    try:
        if longest.startswith("chrono:"):
            return Chrono(sign, int(longest.removeprefix("chrono:")))
        return value if value in ("identity", "orthogonal") else float(value)
    except ValueError:
        allowed = f"a name and a start, b_f=3; {STARTS}"
        raise LearnerError(f"--set {brief(text)} cannot be read. Allowed: {allowed}.") from None


def told(value: Start) -> str:
    """A start as it is written."""
    if isinstance(value, Chrono):
        return f"{'-' if value.sign < 0 else ''}chrono:{value.longest}"
    if isinstance(value, Legendre):
        return f"legendre:{value.matrix}:{value.method}:{value.window:g}"
    return value if isinstance(value, str) else f"{value:g}"
