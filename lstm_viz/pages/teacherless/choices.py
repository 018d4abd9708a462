"""What can be chosen on the page without a teacher: every choice with its default, its bounds, its words."""

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import reads_maps
from lstm_viz.pages.address import Choice, number, one_of, whole
from lstm_viz.pages.choices import VIEW
from lstm_viz.pages.training.choices import CELLS, NEWEST
from lstm_viz.tasks import TASKS
from lstm_viz.teacherless.evolino_spec import MAX_MEMBERS as MOST_UNITS
from lstm_viz.teacherless.evolution import MAX_MEMBERS, MIN_MEMBERS
from lstm_viz.teacherless.freerun import SPEEDS
from lstm_viz.teacherless.recipes import EVOLVED

EVOLUTION, EVOLINO, MAZE = "evolution", "evolino", "maze"
TITLES = {EVOLUTION: "Evolution strategy", EVOLINO: "Evolino", MAZE: "Policy gradient"}
WORDS = {
    EVOLUTION: "**No error is sent back.** Each child, a network with slightly different weights, is told "
    "one number: how far off its answers were. The better half says where the next are born. **Watch** the "
    "best child's loss, and σ, which the strategy sets itself; then compare how much both have read.",
    EVOLINO: "**The cells are bred, the readout is solved for:** least squares fits it to the known signal "
    "in one go, then each network must go on alone, reading what it said itself. **Watch** where a free run "
    "leaves its target, and whether the gradient's network, which learnt from true values alone, keeps up.",
    MAZE: "**No answers are shown, only rewards:** 4 for the correct turn at the end of the corridor, −0.1 "
    "for the wrong one and for each step against a wall. A sign at the start tells which way to turn. What "
    "was done before a reward becomes likelier. **Watch** when correct turns rise above a guess, and which "
    "gate lets the sign in and which state keeps it.",
}
TASK_TITLES = {name: TASKS[name].title for name in EVOLVED}
UNITS = {EVOLUTION: "generation", EVOLINO: "generation", MAZE: "update"}
MOST_CELLS, MOST_STEPS, MOST_CORRIDOR = 2, 2000, 50
# A walk is seen by one vector a step, and every unit has one number.
CELLS = tuple(n for n in CELLS if not LIBRARY[n].sizes and not reads_maps(parse(LIBRARY[n].equations)))


def _cells(said: str) -> str:
    names = said.split(",")
    if not 1 <= len(names) <= MOST_CELLS or len(set(names)) < len(names) or not {*names} <= {*CELLS}:
        raise ValueError
    return said


def _moment(said: str) -> int | str:
    return said if said == NEWEST else whole(0, 0, MOST_STEPS).read(said)


# By way: what its runs depend on, beside the seed; "…_steps" is how long they go on.
OF = {
    EVOLUTION: {
        "task": one_of("spikes", *EVOLVED),
        "children": whole(40, MIN_MEMBERS, MAX_MEMBERS),
        "generations": whole(400, 1, MOST_STEPS),
        "sigma": number(0.3, 0.001, 10.0),
        "units": whole(4, 2, 16),
    },
    EVOLINO: {
        "sines": whole(2, 1, len(SPEEDS)),
        "members": whole(100, 8, MOST_UNITS),
        "breedings": whole(30, 1, 200),
        "share": number(0.1, 0.0, 1.0),
        "mutation": number(0.03, 0.001, 10.0),
    },
    MAZE: {
        "corridor": whole(20, 1, MOST_CORRIDOR),
        "cells": Choice(
            "rnn_tanh,lstm", _cells, "1 or 2 different cells of the library that read vectors, with a comma"
        ),
        "updates": whole(400, 1, MOST_STEPS),
        "hidden": whole(16, 2, 32),
        "curiosity": number(0.1, 0.0, 1.0),
        "rate": number(0.02, 1e-6, 1.0),
    },
}
STEPS = {EVOLUTION: "generations", EVOLINO: "breedings", MAZE: "updates"}
LEARN = {"way": one_of(EVOLUTION, *TITLES), "seed": whole(1, 0, 9999)}
LEARN |= {name: choice for of in OF.values() for name, choice in of.items()}
PLACE = VIEW | {
    "t": whole(20, 1, 200),
    "model": whole(1, 1, 2),
    "at": Choice(NEWEST, _moment, f"{NEWEST}, or whole numbers from 0 to {MOST_STEPS}"),
    "walker": one_of("", *CELLS),
}
ALL = LEARN | PLACE
