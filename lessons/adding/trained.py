"""What the Explorer's LSTM for adding has learnt: its fourteenth unit, its answers to longer sequences."""

import numpy as np

from lessons.adding import nets
from lessons.seen import at
from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.engine import Trace
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.pages.scene import trained
from lstm_viz.tasks import Batch
from lstm_viz.training.measure import TEST_SEED

UNIT, MARKS = 13, [8, 32]  # the fourteenth unit; the steps that the Explorer's sequence marks, from 0
LSTM = parse(LIBRARY["lstm"].equations)
WRONG = 0.08  # the paper's 0.04, on a scale where the sums are twice as far apart


def shown() -> Trace:
    """The run that the Explorer opens with."""
    return at("/").runs[1].trace


def params() -> dict:
    """The LSTM's weights."""
    return trained("adding", "lstm", 16).params


def read(B: int = 200, T: int = 100, seed: int = 5) -> tuple[np.ndarray, Batch]:
    """The last cell states (H, B) after some sequences, and these."""
    batch = nets.ADDING.draw(np.random.default_rng(seed), T, B)
    trace, _ = forward(LSTM, params(), batch.x, run=fast.run)
    return trace.values["c"][-1].copy(), batch


def errors(T: int, B: int = 500) -> tuple[float, float]:
    """Of sequences of T steps: the mean squared error, and the share of the answers that are wrong."""
    batch = nets.ADDING.draw_test(np.random.default_rng(TEST_SEED), T, B)
    off = nets.off(LSTM, params(), batch)
    return float((off**2).mean()), float((np.abs(off) >= WRONG).mean())
