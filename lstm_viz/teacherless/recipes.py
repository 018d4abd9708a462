"""Settings for learning without a teacher, and those of the gradient that each is set beside."""

from typing import NamedTuple

from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono, Variant
from lstm_viz.teacherless import evolino, evolution, policy
from lstm_viz.training import spec_for
from lstm_viz.training.spec import Descent, Spec

LSTM = LIBRARY["lstm"]
STEPS, UNITS, RATE = 50, 4, 0.02


class Recipe(NamedTuple):
    """For a task: the sequences that every child reads in a generation, the error at which it is solved."""

    batch: int
    goal: float


# The one sequence without inputs needs no second; of the others some are read, so that no child is lucky.
EVOLVED = {"periodic": Recipe(1, 0.005), "spikes": Recipe(8, 0.05), "sines": Recipe(8, 0.02)}
# The more sines, the more units, and the more nearly linear these must be: with weights this small from the
# input, least squares alone can do almost all.
FEEDBACK = {1: 1.0, 2: 0.3, 3: 0.05}
UNITS_A_SINE = 5
WALKING = 16  # hidden units in a maze
FREE, TURNED = 0.02, 0.99  # a free run's error at most, right turns at least, that count as learnt


def evolution_spec(task: str, seed: int, variant: Variant = LSTM) -> evolution.Spec:
    """Evolution on one of the tasks in EVOLVED; all sequences have STEPS steps."""
    descent = Descent(batch=EVOLVED[task].batch, rate=RATE)
    return evolution.Spec(spec_for(variant, task, STEPS, UNITS, seed, descent)._replace(shortest=STEPS))


def evolino_spec(sines: int, seed: int, variant: Variant = LSTM) -> evolino.Spec:
    """Evolino on one to three sines, five units a sine."""
    constants = tuple(sorted(variant.start.items()))
    return evolino.Spec(
        variant.equations, constants, UNITS_A_SINE * sines, sines, seed, feedback=FEEDBACK[sines]
    )


def sines_spec(spec: evolino.Spec, variant: Variant = LSTM) -> Spec:
    """The gradient beside Evolino on two sines: it learns to tell the next value from the true ones before.

    Each of its sequences has as many true values as a network of Evolino's reads. Its sines begin at any
    phase; Evolino's readouts are solved for on the very signal that goes on where both are judged.
    """
    T = spec.washout + spec.steps
    taught = spec_for(variant, "sines", T, spec.hidden, spec.seed, Descent(batch=8, rate=RATE))
    return taught._replace(shortest=T)


def maze_spec(corridor: int, seed: int, variant: Variant = LSTM) -> policy.Spec:
    """A maze for a variant; the LSTM's first memories outlast the corridor (Tallec & Ollivier 2018)."""
    longest = 2 * corridor + 10
    memory = {"b_f": Chrono(1, longest), "b_i": Chrono(-1, longest)} if variant.name == LSTM.name else {}
    constants = tuple(sorted((variant.start | memory).items()))
    return policy.Spec(variant.equations, constants, WALKING, corridor, seed)
