"""The models that ship with the repository: one row for each task and size.

Every cell of a row sees the same sequences in the same order, as many of them, and starts from the same
seed and readout. Only the constants differ: the bias by which a cell keeps what it has (Tallec & Ollivier
2018); the vanilla RNN has none.
"""

from typing import NamedTuple

from lstm_viz.library import LIBRARY
from lstm_viz.training.spec import DESCENT, Descent, Spec, spec_for

CELLS = ("rnn_tanh", "lstm", "gru_reset_after")
KEEP = {"lstm": {"b_f": 3.0}, "gru_reset_after": {"b_z": 3.0}}


class Recipe(NamedTuple):
    """How a task's models are trained; `constants` by the cell's name."""

    task: str
    T: int
    hidden: int
    steps: int
    seed: int
    descent: Descent = DESCENT
    constants: dict[str, dict[str, float]] = {}


class Job(NamedTuple):
    """One model to train: the library's name of its cell, the run, and the number of steps."""

    cell: str
    spec: Spec
    steps: int


RECIPES = (
    Recipe("adding", 100, 16, 3000, seed=2, constants=KEEP),
    Recipe("recall", 60, 16, 2000, seed=3, constants=KEEP),
    Recipe("parity", 20, 16, 1000, seed=1),
    Recipe("sunspots", 40, 16, 400, seed=1),
    Recipe("text", 48, 32, 5000, seed=1),
    Recipe("adding", 100, 8, 3000, seed=2, constants=KEEP),
    Recipe("recall", 60, 8, 2000, seed=3, constants=KEEP),
    Recipe("parity", 20, 8, 1000, seed=1),
    Recipe("sunspots", 40, 8, 400, seed=1),
    Recipe("text", 48, 8, 5000, seed=1),
)


def recipe(task: str) -> Recipe:
    """The first row of a task: its size as it is shown."""
    return next(row for row in RECIPES if row.task == task)


def jobs(recipes: tuple[Recipe, ...] = RECIPES) -> list[Job]:
    """Every model of the rows."""
    return [job(row, cell) for row in recipes for cell in CELLS]


def job(row: Recipe, cell: str) -> Job:
    """One cell's model of a row."""
    constants = row.constants.get(cell)
    spec = spec_for(LIBRARY[cell], row.task, row.T, row.hidden, row.seed, row.descent, constants)
    return Job(cell, spec, row.steps)
