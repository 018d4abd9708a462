"""A T-maze by rewards alone and with a teacher: how many walks it takes until the sign is remembered."""

from collections.abc import Mapping
from typing import NamedTuple

from lstm_viz.library import LIBRARY
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.teacherless import mazes, policy
from lstm_viz.teacherless.recipes import TURNED, maze_spec

CORRIDOR, UPDATES, EVERY = 10, 400, 10
BATCH = maze_spec(CORRIDOR, 1).descent.batch
ALL_WALKS = UPDATES * BATCH


class Pupil(NamedTuple):
    """A cell of the library, whether it has a teacher, whether its memories start long."""

    cell: str
    taught: bool
    long: bool = True


ARMS = {
    "LSTM": Pupil("lstm", False),
    "LSTM, short memory": Pupil("lstm", False, False),
    "tanh RNN": Pupil("rnn_tanh", False),
    "LSTM, taught": Pupil("lstm", True),
    "tanh RNN, taught": Pupil("rnn_tanh", True),
}


def spec_of(pupil: Pupil, seed: int) -> policy.Spec:
    """The run of a pupil; with a short memory the LSTM starts as the library has it."""
    variant = LIBRARY[pupil.cell]
    spec = maze_spec(CORRIDOR, seed, variant)
    return spec if pupil.long else spec._replace(constants=tuple(sorted(variant.start.items())))


def walks(pupil: Pupil, seed: int) -> float:
    """The walks after which 99 of 100 turns are right, seen every ten updates; all, if they never are."""
    spec, way = spec_of(pupil, seed), mazes if pupil.taught else policy
    state = way.first_state(spec)
    while state.step < UPDATES:
        state, _, broke = way.advance(spec, state, EVERY)
        if broke:
            break
        if way.judge(spec, way.best(spec, state)) >= TURNED:
            return float(state.step * BATCH)
    return float(ALL_WALKS)


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """The LSTM always, the plain network not always."""
    always = max(numbers["LSTM"]) < ALL_WALKS
    return grade(always and max(numbers["tanh RNN"]) == ALL_WALKS, always)


ROW = Row(
    name="policy_tmaze",
    title="The T-maze",
    paper=Paper(
        source="Bakker 2001, Reinforcement learning with long short-term memory",
        claim="An LSTM learns from rewards alone to remember a sign along a corridor.",
        number="in words alone: tasks with long-term dependencies between events are solved",
        sure="notes",
    ),
    ours=Ours(
        setup=f"A corridor of {CORRIDOR} steps, {maze_spec(CORRIDOR, 1).hidden} units, REINFORCE on batches "
        f"of {BATCH} walks, Adam at 0.02, {ALL_WALKS:,} walks at most. Taught: led to the junction, and told "
        "at each step what is right. Short memory: forget biases of 1 in place of the logarithms of delays.",
        unit=f"walks until {100 * TURNED:.0f} % of turns are right; {ALL_WALKS:,} where they never were",
        arms=ARMS,
        run=walks,
        criterion="The LSTM with every seed, the tanh RNN not with every; in part, the first alone.",
        verdict=verdict,
        better="less",
    ),
    opens="lessons?lesson=policy_gradients",
    opened="The lesson on policy gradients.",
)
