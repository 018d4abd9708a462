"""Settings that are known to work, and the races that they make against the gradient.

What was seen with LSTMs, seeds 0 to 5, all of which came to the goal unless it says otherwise:

- Evolution, against the gradient: the periodic function in 140 to 300 generations, 5,600 to 12,000 sequences
  (120 to 400 updates of one sequence each); spikes in 220 to 320, 70,400 to 102,400 sequences (5 of 6 in
  4,160 to 9,600, one not in 24,000); sines in 60 to 130, 19,200 to 41,600 sequences (480 to 640).
- Evolino, two sines: 3 to 8 generations, 300 to 800 networks. The gradient, on the next value, comes to an
  error of a thousandth there and yet in no free run below 1 in 16,000 sequences. Genes drawn anew in every
  generation, the readout solved for in the same way, took 23 to 36 to an error of 0.002 (2 of 5 seeds not in
  40), evolution 6 to 15: much of it is the readout. Three sines to 0.005: 2 to 15 generations, anew 11 to 21.
- Mazes, rewards against a teacher: corridor 5 in 960 to 3,200 walks (960 to 1,920), 10 in 2,880 to 4,800 (320
  to 2,880), 20 in 3,840 to 7,360 (1,600 to 6,400). The tanh RNN by rewards: corridor 5 in 3,200 to 7,680, 10
  with two seeds of six within 25,600.
"""

from functools import partial
from typing import NamedTuple

from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono, Variant
from lstm_viz.teacherless import evolino, evolution, mazes, policy
from lstm_viz.teacherless.race import Race, Runner
from lstm_viz.training import advance, first_state, spec_for
from lstm_viz.training.optimisers import State
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


def evolution_spec(task: str, seed: int, variant: Variant = LSTM) -> evolution.Spec:
    """Evolution on one of the tasks in EVOLVED; all sequences have STEPS steps."""
    descent = Descent(batch=EVOLVED[task].batch, rate=RATE)
    return evolution.Spec(spec_for(variant, task, STEPS, UNITS, seed, descent)._replace(shortest=STEPS))


def evolution_race(task: str, seed: int, variant: Variant = LSTM) -> Race:
    """Evolution and the gradient on the same sequences: the same start, the same batch at each step."""
    spec = evolution_spec(task, seed, variant)
    judge = partial(evolution.judge, spec)
    read, how = spec.members * spec.run.descent.batch, evolution
    evolved = Runner("Evolution", spec, how.first_state, how.advance, how.best, judge, read)
    return Race((evolved, by_gradient(spec.run, judge)), EVOLVED[task].goal, True, "error on fresh sequences")


def evolino_spec(sines: int, seed: int, variant: Variant = LSTM) -> evolino.Spec:
    """Evolino on one to three sines, five units a sine."""
    constants = tuple(sorted(variant.start.items()))
    return evolino.Spec(
        variant.equations, constants, UNITS_A_SINE * sines, sines, seed, feedback=FEEDBACK[sines]
    )


def evolino_race(seed: int, variant: Variant = LSTM) -> Race:
    """Evolino and the gradient on two sines, judged alone: each reads its own outputs for 600 steps.

    The gradient learns what the task asks for, the next value from the true ones before.
    """
    spec = evolino_spec(2, seed, variant)
    judge = partial(evolino.judge, spec)
    evolved = Runner("Evolino", spec, evolino.first_state, evolino.advance, evolino.best, judge, spec.members)
    taught = spec_for(variant, "sines", 100, spec.hidden, seed, Descent(batch=8, rate=RATE))
    return Race((evolved, by_gradient(taught, judge)), 0.02, True, "error of a free run, over the variance")


def maze_spec(corridor: int, seed: int, variant: Variant = LSTM) -> policy.Spec:
    """A maze for a variant; the LSTM's first memories outlast the corridor (Tallec & Ollivier 2018)."""
    longest = 2 * corridor + 10
    memory = {"b_f": Chrono(1, longest), "b_i": Chrono(-1, longest)} if variant.name == LSTM.name else {}
    constants = tuple(sorted((variant.start | memory).items()))
    return policy.Spec(variant.equations, constants, WALKING, corridor, seed)


def maze_race(corridor: int, seed: int, variant: Variant = LSTM) -> Race:
    """Rewards alone and a teacher who tells the right action at every step, judged when they walk alone."""
    spec = maze_spec(corridor, seed, variant)
    judge, batch = partial(policy.judge, spec), spec.descent.batch
    runners = (
        Runner(title, spec, how.first_state, how.advance, how.best, judge, batch)
        for title, how in (("By rewards", policy), ("With a teacher", mazes))
    )
    return Race(tuple(runners), 0.99, False, "right turns in fresh mazes")


def by_gradient(spec: Spec, judge) -> Runner:
    """Backpropagation through time, as the training lab has it."""
    return Runner("By gradient", spec, first_state, advance, trained, judge, spec.descent.batch)


def trained(_spec: Spec, state: State) -> dict:
    """The network as it is."""
    return state.params
