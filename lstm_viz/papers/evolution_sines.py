"""What breeding adds: Evolino on two sines, beside as many networks drawn anew and thrown away."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.teacherless import evolino
from lstm_viz.teacherless.recipes import FREE, evolino_spec

SINES, GENERATIONS = 2, 20
BRED, FRESH = "Evolino", "drawn anew each time"


def beyond(arm: tuple[str], seed: int) -> float:
    """The error of the best network, beyond the steps that its readout was fitted to."""
    spec = evolino_spec(SINES, seed)
    state = evolino.first_state(spec)
    if arm == (BRED,):
        return evolino.advance(spec, state, GENERATIONS).state.errors[1]
    for generation in range(GENERATIONS):
        drawn = evolino.first_state(spec._replace(seed=1000 * seed + generation)).genes
        state = evolino.advance(spec, state._replace(genes=drawn), 1).state
    return state.errors[1]


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Every bred network better than every drawn one, and good enough."""
    bred, fresh = (np.array(numbers[arm]) for arm in (BRED, FRESH))
    return grade(bred.max() < min(FREE, fresh.min()), np.median(bred) < min(FREE, np.median(fresh)))


ROW = Row(
    name="evolution_sines",
    title="Bred or drawn",
    paper=Paper(
        source="Schmidhuber, Wierstra & Gomez 2005, Evolino: hybrid neuroevolution / optimal linear search "
        "for sequence learning",
        claim="Cells that evolve under a readout that is solved for generate continuous functions better "
        "than networks trained by gradients.",
        number="in words alone: higher accuracy at certain continuous functions than gradient-trained "
        "recurrent networks",
        sure="notes",
    ),
    ours=Ours(
        setup=f"Two sines, {evolino_spec(SINES, 1).hidden} LSTM units, {GENERATIONS} generations of "
        f"{evolino_spec(SINES, 1).members} networks; each readout is solved for on 300 steps, then the "
        "network reads its own outputs. Beside it as many networks drawn at random, only the best is kept.",
        unit="error of the free run beyond the fitted steps, over the signal's variance",
        arms={arm: (arm,) for arm in (BRED, FRESH)},
        run=beyond,
        criterion=f"Bred networks below {FREE} and below every drawn one, with every seed; in part, by the "
        "medians.",
        verdict=verdict,
        better="less",
    ),
    opens="lessons?lesson=evolution",
    opened="The lesson on evolution.",
)
