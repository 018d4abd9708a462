"""The Legendre memory unit, 2019: say what a signal was a long time ago."""

from collections.abc import Mapping
from functools import partial
from statistics import median
from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY, Legendre
from lstm_viz.library.variant import Chrono, Start
from lstm_viz.losses import loss
from lstm_viz.network import backward, forward, start
from lstm_viz.papers.loop import descended
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.tasks.delay import DELAY
from lstm_viz.tasks.waves import wave
from lstm_viz.training.measure import TEST_SEED
from lstm_viz.training.spec import START

LAG, T, FASTEST, WAVES, TESTS = 200, 300, 0.08, 8, 200  # steps, steps, radians a step, sines, sequences


class Delay(NamedTuple):
    """A cell that has to say the signal of `lag` steps before, and how long it is trained."""

    cell: str
    rate: float
    starts: tuple[tuple[str, Start], ...] = ()
    lag: int = LAG
    T: int = T
    hidden: int = 24
    steps: int = 500
    batch: int = 32


def draw(delay: Delay, rng: np.random.Generator, B: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Signals of variance 1 and limited band, (T, 1, B), the same later, and which steps count."""
    speeds, phases = rng.uniform(0, FASTEST, (WAVES, B)), rng.uniform(0, 2 * np.pi, (WAVES, B))
    x = (wave(speeds, phases, np.arange(delay.T))[:, None] * (2 / WAVES) ** 0.5).astype(np.float32)
    target, counts = np.zeros_like(x), np.zeros_like(x)
    target[delay.lag :], counts[delay.lag :] = x[: -delay.lag], 1
    return x, target, counts


def said(delay: Delay, params: dict, x: np.ndarray) -> tuple[fast.Trace, np.ndarray]:
    """What the cell computes of the signals, and what the net says."""
    return forward(parse(LIBRARY[delay.cell].equations), params, x, run=partial(fast.run, dtype=np.float32))


def gradients(delay: Delay, params: dict, rng: np.random.Generator) -> dict:
    """Of the squared error of one batch."""
    x, target, counts = draw(delay, rng, delay.batch)
    trace, y = said(delay, params, x)
    _, dy = loss("squared", "marked", y, target, counts)
    return backward(trace, params, dy, back=partial(fast.backprop, wanted=("x",))).params


def error(delay: Delay, seed: int) -> float:
    """The root mean squared error of the trained net on test signals, as a share of the signals' own size."""
    variant = LIBRARY[delay.cell]
    params = start(variant, 1, 1, delay.hidden, np.random.default_rng([seed, START]), dict(delay.starts))
    params = descended(params, partial(gradients, delay), delay.steps, delay.rate, seed, variant.fixed)
    x, target, counts = draw(delay, np.random.default_rng(TEST_SEED), TESTS)
    off, size = (said(delay, params, x)[1] - target)[counts > 0], target[counts > 0]
    return float(np.sqrt((off**2).mean() / (size**2).mean()))


LMU = Delay("lmu", 0.01, (("A", Legendre("A", "zoh", LAG)), ("B", Legendre("B", "zoh", LAG))))
LSTM = Delay("lstm", 0.01, (("b_f", Chrono(1, 2 * LAG)), ("b_i", Chrono(-1, 2 * LAG))))
RNN = Delay("rnn_tanh", 0.01, (("U_h", "orthogonal"),))


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """The Legendre memory against an LSTM with as many units, which has more weights."""
    lmu, lstm = numbers["LMU"], numbers["LSTM"]
    return grade(max(lmu) < 0.1 and 2 * max(lmu) <= min(lstm), median(lmu) < median(lstm))


ROW = Row(
    name="lmu_2019",
    title="A delay of 200 steps",
    paper=Paper(
        source="Voelker, Kajić & Eliasmith 2019, Legendre memory units",
        claim="A memory made by mathematics holds a window of the past over delays at which LSTMs of equal "
        "size fail.",
        number="delays of up to 100,000 steps; a capacity two orders of magnitude beyond the LSTM's",
        sure="notes",
    ),
    ours=Ours(
        setup=f"Noise of a limited band, to be said again {LAG} steps later, in sequences of {T} steps. "
        f"{LMU.hidden} units; the LMU's window is {LAG} steps, the LSTM's b_f and b_i are for memories of "
        f"up to {2 * LAG}, the RNN starts orthogonal. {LMU.steps * LMU.batch:,} sequences in batches of "
        f"{LMU.batch}, Adam at {LMU.rate} with a cosine schedule.",
        unit="root mean squared error as a share of the signal's size (1: says 0)",
        arms={"LMU": LMU, "LSTM": LSTM, "tanh RNN": RNN},
        run=error,
        criterion="The LMU's error is below 0.1 with every seed and at most half of the LSTM's best; in "
        "part, if its median is below the LSTM's.",
        verdict=verdict,
        better="less",
    ),
    opens="training?task=delay&cells=lmu,lstm,rnn_tanh&T=100&shortest=100"
    f"&hidden={LMU.hidden}&rate={LMU.rate}&keep=chrono&schedule=cosine&steps={LMU.steps}&horizon={LMU.steps}"
    "&seed=1",
    opened=f"A delay of {DELAY} steps for {LAG}, in sequences of 100 for {T}, of faster signals. The LMU's "
    "window and the LSTM's memories are shorter too; the tanh RNN's start is not orthogonal.",
)
