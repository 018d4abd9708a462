"""Without a gradient on the delays of spikes: an evolution strategy and the gradient from the same start."""

from collections.abc import Mapping

from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.teacherless import evolution
from lstm_viz.teacherless.recipes import EVOLVED, evolution_spec
from lstm_viz.training import advance, first_state

TASK, GENERATIONS, UPDATES = "spikes", 400, 800
GOAL = EVOLVED[TASK].goal


def error(arm: tuple[str], seed: int) -> float:
    """The error on fresh sequences after all generations, or all updates."""
    spec = evolution_spec(TASK, seed)
    if arm == ("evolution",):
        state = evolution.advance(spec, evolution.first_state(spec), GENERATIONS).state
        return evolution.judge(spec, evolution.best(spec, state))
    return evolution.judge(spec, advance(spec.run, first_state(spec.run), UPDATES).state.params)


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Evolution with every seed, or with some."""
    return grade(max(numbers["evolution"]) < GOAL, min(numbers["evolution"]) < GOAL)


ROW = Row(
    name="evolution_spikes",
    title="Delays of spikes without a gradient",
    paper=Paper(
        source="Ros & Hansen 2008, A simple modification in CMA-ES achieving linear time and space "
        "complexity",
        claim="A strategy that adapts a spread for each number searches many numbers without a gradient.",
        number="in words alone, on functions and not on networks",
        sure="notes",
    ),
    ours=Ours(
        setup=f"Delays of spikes over 50 steps, an LSTM of 4 units. {GENERATIONS} generations of 40 "
        f"children, each of which reads 8 sequences; or {UPDATES} updates of Adam at 0.02, on 8 each.",
        unit=f"mean squared error on fresh sequences; solved below {GOAL}",
        arms={"evolution": ("evolution",), "gradient": ("gradient",)},
        run=error,
        criterion=f"Evolution below {GOAL} with every seed; in part, with some.",
        verdict=verdict,
        better="less",
    ),
    opens="lessons?lesson=evolution",
    opened="The lesson on evolution.",
)
