"""The lesson on the forget gate: nets that have learnt on an endless stream, and what they then say of it."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.streams import correct, last, learn, step
from lstm_viz.tasks import TASKS, Batch
from lstm_viz.tasks.reber import remembered
from lstm_viz.training import Descent, Spec, State, first_state, spec_for
from lstm_viz.training.spec import SEQUENCES

WINDOW, WINDOWS, STREAMS, UNITS, RATE, ASKED = 70, 600, 8, 12, 0.02, 1400
STARTS = {"lstm": {"b_f": 3.0, "b_i": -1.0}, "lstm1997": {"b_i": -1.0}}


class Stream(NamedTuple):
    """A cell that learns for so many windows; asked about are "far", the last T or P, or "all" letters."""

    cell: str
    windows: int = WINDOWS
    asked: str = "far"


class Heard(NamedTuple):
    """The letters after the training, every signal of the cell and what the net says, all (letters, …, B)."""

    batch: Batch
    values: dict[str, np.ndarray]
    y: np.ndarray


class Learning(NamedTuple):
    """A net on its way: its weights, its states, and of every window the farthest cell state in any stream
    and the share of the last T or P that it named right."""

    state: State
    states: dict[str, np.ndarray]
    far: np.ndarray
    right: np.ndarray


def spec_of(cell: str, seed: int) -> Spec:
    """The run of one cell: Adam, the gradient cut at every window."""
    descent = Descent(batch=STREAMS, rate=RATE)
    return spec_for(LIBRARY[cell], "reber_stream", WINDOW, UNITS, seed, descent, STARTS[cell])


def heard(cell: str, windows: int, seed: int, letters: int = ASKED) -> Heard:
    """A net that learns for so many windows and then reads on with the weights and the states as they are."""
    spec, learnt = spec_of(cell, seed), windows * WINDOW
    rng = np.random.default_rng([seed, SEQUENCES])
    stream = TASKS[spec.task].draw(rng, learnt + letters, STREAMS)
    params, states = learn(spec, stream, learnt)
    later = slice(learnt, learnt + letters)
    batch = Batch(stream.x[later], stream.target[later], stream.labels[later], legal=stream.legal[later])
    run = partial(fast.run, dtype=np.float64)
    trace, y = forward(parse(spec.equations), params, batch.x, states, run=run)
    return Heard(batch, trace.values, y)


@lru_cache(maxsize=2)
def letters_of(seed: int) -> Batch:
    """All letters that the nets of one seed learn from."""
    rng = np.random.default_rng([seed, SEQUENCES])
    return TASKS["reber_stream"].draw(rng, WINDOWS * WINDOW, STREAMS)


def go_on(cell: str, seed: int, so_far: Learning | None, windows: int) -> Learning:
    """The net after so many windows more."""
    spec, stream = spec_of(cell, seed), letters_of(seed)
    state, states = (so_far.state, so_far.states) if so_far else (first_state(spec), {})
    rows = []
    for k in range(state.step, state.step + windows):
        window = slice(k * WINDOW, (k + 1) * WINDOW)
        batch = Batch(stream.x[window], stream.target[window], (), legal=stream.legal[window])
        state, trace, y = step(spec, state, states, stream, window)
        states, asked = last(parse(spec.equations), trace), remembered(batch)[:, 0] > 0
        rows.append((np.abs(trace.values["c"]).max(), correct(y, batch.legal)[asked].mean()))
    before = np.array([so_far.far, so_far.right]) if so_far else np.zeros((2, 0))
    return Learning(state, states, *np.concatenate([before, np.array(rows).T], axis=1))


def per_cent(arm: Stream, seed: int) -> float:
    """Per cent of the answers after the training that are right: all that may come above all that may not."""
    found = heard(arm.cell, arm.windows, seed)
    right = correct(found.y, found.batch.legal)
    asked = remembered(found.batch)[:, 0] > 0 if arm.asked == "far" else np.ones_like(right)
    return 100 * float(right[asked].mean())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the last T or P, for which alone one has to remember."""
    gate, none = np.array(numbers["LSTM, last T or P"]), np.array(numbers["LSTM 1997, last T or P"])
    return grade((gate > 90).mean() > 0.5 and (none < 65).all(), np.median(gate) > np.median(none))


ROW = Row(
    name="forget_stream",
    title="An endless stream",
    paper=Paper(
        source="Gers, Schmidhuber & Cummins 2000, Learning to forget, table 2",
        claim="On a stream that is never reset an LSTM needs a forget gate.",
        number="of 100 nets with forget gates 18 predicted ten streams of 100,000 symbols without an error, "
        "without forget gates none",
        sure="read",
    ),
    ours=Ours(
        setup=f"The continual embedded Reber grammar, {STREAMS} streams that are never set back, cut for the "
        f"gradient every {WINDOW} letters; {UNITS} units, Adam at {RATE}, {WINDOWS} updates. Then "
        f"{ASKED:,} more letters with the weights as they are.",
        unit="% of right answers",
        arms={
            "LSTM, last T or P": Stream("lstm"),
            "LSTM 1997, last T or P": Stream("lstm1997"),
            "LSTM, all letters": Stream("lstm", asked="all"),
            "LSTM 1997, all letters": Stream("lstm1997", asked="all"),
        },
        run=per_cent,
        criterion="More than half of the LSTMs above 90 at the last T or P, and none of 1997 above 65; in "
        "part, if they are better in the median.",
        verdict=verdict,
        seeds=(1, 2, 3, 4),
        better="more",
    ),
    opens="lessons?lesson=forget_gate",
    opened="The lesson on the forget gate, where both are trained.",
)
