"""A trial whose cell is one of the library with its equations changed."""

from typing import NamedTuple

from lstm_viz.cell import parse
from lstm_viz.papers.trial import Trial, spec
from lstm_viz.tasks import TASKS
from lstm_viz.training import Exam, Spec, State, advance, first_state, measure


class Edited(NamedTuple):
    """A trial, and the equations that stand in place of its cell's; none where it is trained as it is."""

    trial: Trial
    equations: str = ""


def spec_of(edited: Edited, seed: int) -> Spec:
    """The run of a trial with its own equations; a start that they have no parameter for is left out."""
    made = spec(edited.trial, seed)
    equations = edited.equations or made.equations
    known = (*parse(equations).params, "W_y", "b_y")
    return made._replace(equations=equations, constants=tuple(c for c in made.constants if c[0] in known))


def trained(edited: Edited, seed: int) -> State:
    """The state after the trial's steps; where training diverged, the last before."""
    made = spec_of(edited, seed)
    return advance(made, first_state(made), edited.trial.steps).state


def per_cent(edited: Edited, seed: int, exam: Exam) -> float:
    """The task's measure of the trained net, a share of wrong answers, in per cent."""
    cell, task = parse(edited.equations or spec(edited.trial, seed).equations), TASKS[edited.trial.task]
    return 100 * measure(cell, trained(edited, seed).params, task, exam)
