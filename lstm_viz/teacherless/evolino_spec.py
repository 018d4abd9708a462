"""What a run of Evolino is: the cell, the signal, how units are bred; and what of it can be used."""

from typing import NamedTuple

from lstm_viz.cell import Cell, parse
from lstm_viz.errors import LearnerError
from lstm_viz.library.variant import Start
from lstm_viz.network import MAX_HIDDEN, check_size
from lstm_viz.teacherless.freerun import SPEEDS
from lstm_viz.teacherless.population import check_cell
from lstm_viz.teacherless.steps import check_between, check_work
from lstm_viz.training.spec import MAX_SEED, check_number

MIN_MEMBERS, MAX_MEMBERS, MIN_STEPS, MAX_STEPS = 8, 200, 50, 1000
MAX_WORK = 5_000_000  # units times steps times networks of one generation


class Spec(NamedTuple):
    """A run: the cell, `constants` around which some genes are drawn, how many sines, units in a population.

    Genes are drawn in ±`spread`; a `share` of them mutates, by Cauchy noise of the size `mutation`. `stall`
    generations without a better network bring a burst of that size. `washout` and `steps` are those of the
    signal: the first are not learnt from; as many as the second are tested beyond.
    """

    equations: str
    constants: tuple[tuple[str, Start], ...]
    hidden: int
    sines: int
    seed: int
    members: int = 100
    spread: float = 0.5
    feedback: float = 0.3
    share: float = 0.1
    mutation: float = 0.03
    stall: int = 20
    washout: int = 100
    steps: int = 300


def check(spec: Spec) -> None:
    """A sentence where a number of the run is not one that can be used."""
    check_size("hidden units", spec.hidden, MAX_HIDDEN)
    check_size("sines", spec.sines, len(SPEEDS))
    check_size("as a seed", spec.seed, MAX_SEED, 0)
    check_size("units in a population", spec.members, MAX_MEMBERS, MIN_MEMBERS)
    check_size("steps of washout", spec.washout, MAX_STEPS)
    check_size("steps to learn from", spec.steps, MAX_STEPS, MIN_STEPS)
    check_size("generations without a better network", spec.stall, 10**6)
    for what, value in (
        ("as the genes' spread", spec.spread),
        ("as the share of the feedback", spec.feedback),
        ("as the size of mutations", spec.mutation),
    ):
        check_number(what, value, 10.0)
    check_between("as the share of genes that mutate", spec.share, 0.0, 1.0)
    cell = cell_of(spec)
    check_cell(cell)
    for name in cell.params:
        if cell.shapes[name][0] != "H":
            raise LearnerError(
                f"{name} has no row for each unit, so units cannot be bred. Allowed: rows of units."
            )
    check_work(spec.members, spec.washout + 2 * spec.steps, spec.hidden, largest=MAX_WORK)


def cell_of(spec: Spec) -> Cell:
    """The cell whose weights are looked for."""
    return parse(spec.equations)
