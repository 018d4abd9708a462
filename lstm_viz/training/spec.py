"""What a training run is: the equations, the task and the hyperparameters, and nothing else.

Equal specs give equal numbers: a Spec is hashable and can be the key of a cache.
"""

import math
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.library.variant import Start, Variant
from lstm_viz.network import MAX_HIDDEN, begins_from_input, brief, check_size, draw, numbers
from lstm_viz.tasks import task_of
from lstm_viz.tasks.task import MIN_STEPS, map_sizes
from lstm_viz.training.optimisers import OPTIMISERS, State, begin
from lstm_viz.training.schedules import SCHEDULES

MAX_T, MAX_BATCH, MAX_RATE, MAX_CLIP, MAX_SEED = 1000, 256, 1.0, 1e6, 2**32 - 1
MAX_HORIZON, MAX_NUMBERS = 1_000_000, 50_000_000
PRECISIONS = ("float64", "float32")
# The streams of random numbers of one seed: nothing drawn for one purpose moves another.
START, SEQUENCES = 1, 2


class Descent(NamedTuple):
    """How the weights move: sequences in a batch, the learning rate, the largest norm of the gradient.

    Then the optimiser; the largest of each number of the gradient; how the rate falls, over how many steps;
    after how many steps of a sequence the gradient is cut. What is 0 is not limited, or not cut.
    """

    batch: int = 32
    rate: float = 0.01
    clip: float = 1.0
    optimiser: str = "adam"
    limit: float = 0.0
    schedule: str = "constant"
    horizon: int = 1000
    window: int = 0


DESCENT = Descent()


class Spec(NamedTuple):
    """A training run. `constants` are ("name", value) pairs: parameters that don't start at random.

    `sizes` are pairs too: what is not as large as the rest. `fixed` parameters stay as they start. Sequences
    have `shortest` to T steps; 0 means a quarter of T. `data` is what a task of the learner's own is made of.
    """

    equations: str
    constants: tuple[tuple[str, Start], ...]
    hidden: int
    task: str
    T: int
    seed: int
    descent: Descent = DESCENT
    sizes: tuple[tuple[str, int], ...] = ()
    fixed: tuple[str, ...] = ()
    shortest: int = 0
    precision: str = "float64"
    data: str = ""


def spec_for(
    variant: Variant,
    task: str,
    T: int,
    hidden: int,
    seed: int,
    descent: Descent = DESCENT,
    constants: dict | None = None,
) -> Spec:
    """The run of a library variant, with its own constants under the given ones."""
    known = parse(variant.equations).params
    own = {name: value for name, value in variant.start.items() if name in known}
    merged, sizes = (tuple(sorted(pairs.items())) for pairs in (own | (constants or {}), variant.sizes))
    return Spec(variant.equations, merged, hidden, task, T, seed, descent, sizes, variant.fixed)


def first_state(spec: Spec) -> State:
    """The state before the first step; a sentence for what cannot be trained."""
    check(spec)
    task, rng = task_of(spec.task, spec.data), np.random.default_rng([spec.seed, START])
    around = len(task.inputs), len(task.outputs), spec.hidden
    sizes = dict(spec.sizes) | map_sizes(task)
    params = draw(parse(spec.equations), *around, rng, dict(spec.constants), sizes)
    return begin({name: p.astype(spec.precision) for name, p in params.items()})


def check(spec: Spec) -> None:
    """A sentence where a number of the run is not one that can be used."""
    task_of(spec.task, spec.data)
    check_size("hidden units", spec.hidden, MAX_HIDDEN)
    check_size("steps in a sequence", spec.T, MAX_T, MIN_STEPS)
    check_size("as a seed", spec.seed, MAX_SEED, 0)
    if spec.shortest:
        check_size("steps in the shortest sequence", spec.shortest, spec.T, MIN_STEPS)
    check_name("precision", spec.precision, PRECISIONS)
    check_descent(spec.descent)
    check_work(spec)
    if spec.descent.window and begins_from_input(parse(spec.equations)):
        raise LearnerError("A net that reads its input once, below all layers, has no window. Allowed: 0.")


def check_work(spec: Spec) -> None:
    """A sentence where one update would compute more numbers than a worker's memory and patience allow."""
    cell, task = parse(spec.equations), task_of(spec.task, spec.data)
    one, batch = numbers(cell, spec.hidden, dict(spec.sizes) | map_sizes(task)), spec.descent.batch
    if one * spec.T * batch > MAX_NUMBERS:
        most = max(1, MAX_NUMBERS // (one * spec.T))
        raise LearnerError(
            f"One update would compute {one * spec.T * batch:,} numbers: {one:,} a step, {spec.T:,} steps, "
            f"{batch:,} sequences. Allowed: {MAX_NUMBERS:,}, so batches of {most:,}, or fewer steps or units."
        )


def check_descent(descent: Descent) -> None:
    """A sentence where a number or a name of the descent is not one that can be used."""
    check_size("sequences in a batch", descent.batch, MAX_BATCH)
    check_name("optimiser", descent.optimiser, OPTIMISERS)
    check_name("schedule", descent.schedule, SCHEDULES)
    check_size("steps as the schedule's horizon", descent.horizon, MAX_HORIZON)
    check_size("steps as the gradient's window", descent.window, MAX_T, 0)
    check_number("as a rate", descent.rate, MAX_RATE)
    check_number("as the largest norm", descent.clip, MAX_CLIP)
    if descent.limit:
        check_number("as the largest number of the gradient", descent.limit, MAX_CLIP)


def check_name(what: str, name, allowed) -> None:
    """A sentence where a name is none of those allowed."""
    if name not in tuple(allowed):
        raise LearnerError(f"There is no {what} “{brief(name)}”. Allowed: {', '.join(allowed)}.")


def check_number(what: str, value, largest: float) -> None:
    """A sentence where a value is not a number above 0 and up to the largest."""
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not 0 < value <= largest:
        raise LearnerError(f"{brief(value)} {what} cannot be. Allowed: above 0, up to {largest:g}.")
