"""Ten cells on an endless stream: which parts of the LSTM a stream that is never set back asks for."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.cell import CellError, parse
from lstm_viz.network import forward
from lstm_viz.papers.odyssey import CELLS
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.streams import correct, learn
from lstm_viz.papers.trial import Trial, spec
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.reber import remembered
from lstm_viz.training.spec import SEQUENCES

STREAMS, WINDOW, WINDOWS, ASKED = 8, 40, 1000, 2000
GUESSED = 60  # per cent of far questions: hardly better than a coin
VANILLA = Trial("peephole_gers", "reber_stream", WINDOW, WINDOW, 12, WINDOWS, STREAMS, 0.01)
ARMS = {arm.partition(",")[0]: VANILLA._replace(cell=cell) for arm, cell in CELLS.items()}
ARMS |= {"GRU": VANILLA._replace(cell="gru_reset_after")}


def examined(trial: Trial, seed: int) -> tuple[float, float]:
    """Per cent of far questions that are right, and the largest size of a memory meanwhile.

    The net learns on the windows of its streams, then reads on. Where its numbers leave all bounds, nothing
    is right and its memories are infinite.
    """
    run = spec(trial, seed)._replace(precision="float64")
    cell, learnt = parse(run.equations), WINDOWS * WINDOW
    rng = np.random.default_rng([seed, SEQUENCES])
    stream = TASKS[run.task].draw(rng, learnt + ASKED, STREAMS)
    try:
        params, states = learn(run, stream, learnt)
        trace, y = forward(cell, params, stream.x[learnt:], states)
    except CellError:
        return 0.0, np.inf
    rest = stream._replace(legal=stream.legal[learnt:])
    asked, memory = remembered(rest)[:, 0] > 0, np.abs(trace.values["c" if "c" in cell.states else "h"])
    return 100 * float(correct(y, rest.legal)[asked].mean()), float(memory.max())


def far(trial: Trial, seed: int) -> float:
    """Per cent of the far questions that are answered right."""
    return examined(trial, seed)[0]


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """No forget gate, no answer; the rest does well in the median."""
    lost = max(numbers["NFG"]) < GUESSED
    others = [np.median(values) > 95 for arm, values in numbers.items() if arm != "NFG"]
    return grade(lost and all(others), lost)


ROW = Row(
    name="ablations_stream",
    title="One part at a time, on an endless stream",
    paper=Paper(
        source="Greff, Srivastava, Koutník, Steunebrink & Schmidhuber 2015, LSTM: A search space odyssey, "
        "abstract",
        claim="None of eight variants is significantly better than the LSTM with peepholes; its forget "
        "gate and its output activation function are its most critical parts.",
        number="5,400 runs on three tasks: speech, handwriting and music",
        sure="notes",
    ),
    ours=Ours(
        setup=f"The continual embedded Reber grammar, {STREAMS} streams whose states are never set back; "
        f"the gradient is cut every {WINDOW} letters. {VANILLA.hidden} units, Adam at {VANILLA.rate}, "
        f"{STREAMS * WINDOW * WINDOWS:,} letters in {WINDOWS:,} updates; then {ASKED:,} letters more of each "
        "stream. The far question is for the letter that was the string's second.",
        unit="% of far questions answered right, where a coin has 50",
        arms=ARMS,
        run=far,
        criterion=f"Without a forget gate less than {GUESSED} with every seed, each other arm above 95 in "
        "the median; in part, if at least the first.",
        verdict=verdict,
        seeds=(1, 2, 3),
        better="more",
    ),
    opens="lessons?lesson=gru_and_ablations",
    opened="The lesson on the GRU and the ablations, where any of the ten is run with a seed of one's own.",
)
