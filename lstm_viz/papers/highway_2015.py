"""Highway networks, 2015: what depth does to a net with gates across its layers, and to one without."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.losses import loss
from lstm_viz.network import backward, forward, start
from lstm_viz.papers.loop import descended
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.training.measure import TEST_SEED
from lstm_viz.training.spec import START

CLASSES, D, NOISE, TESTS = 10, 16, 1.0, 2000
CARRY = -4.0
LATE, NEVER = 10.0, 50.0  # per cent


class Depth(NamedTuple):
    """A deep net of one kind of layer, and how long it is trained."""

    cell: str
    layers: int
    rate: float = 0.003
    starts: tuple[tuple[str, float], ...] = ()
    hidden: int = 32
    steps: int = 500
    batch: int = 64


def prototypes(seed: int) -> np.ndarray:
    """The middle of each class, (D, classes)."""
    return np.random.default_rng([seed, START, CLASSES]).normal(size=(D, CLASSES))


def draw(middles: np.ndarray, rng: np.random.Generator, B: int) -> tuple[np.ndarray, np.ndarray]:
    """B points (D, B), each around the middle of its class, and their classes (B,)."""
    classes = rng.integers(0, CLASSES, B)
    return middles[:, classes] + rng.normal(0, NOISE, (D, B)), classes


def said(depth: Depth, params: dict, x: np.ndarray) -> tuple[fast.Trace, np.ndarray]:
    """What the layers, a step each, compute of points (D, B), and what the net says at each step."""
    steps = np.broadcast_to(x.astype(np.float32), (depth.layers, *x.shape))
    return forward(
        parse(LIBRARY[depth.cell].equations), params, steps, run=partial(fast.run, dtype=np.float32)
    )


def gradients(depth: Depth, middles: np.ndarray, params: dict, rng: np.random.Generator) -> dict:
    """Of the cross-entropy at the last layer, for one batch."""
    x, classes = draw(middles, rng, depth.batch)
    trace, y = said(depth, params, x)
    target = np.zeros(y.shape, np.float32)
    target[-1, classes, np.arange(depth.batch)] = 1
    _, dy = loss("cross-entropy", "end", y, target)
    return backward(trace, params, dy, back=partial(fast.backprop, wanted=("x",))).params


def trained(depth: Depth, seed: int) -> dict:
    """The parameters after training."""
    rng, middles = np.random.default_rng([seed, START]), prototypes(seed)
    variant, starts = LIBRARY[depth.cell], dict(depth.starts)
    params = start(variant, D, CLASSES, depth.hidden, rng, starts, layers=depth.layers)
    return descended(params, partial(gradients, depth, middles), depth.steps, depth.rate, seed)


def wrong(depth: Depth, seed: int) -> float:
    """Per cent of the test points that the trained net puts into a wrong class."""
    params = trained(depth, seed)
    x, classes = draw(prototypes(seed), np.random.default_rng([seed, TEST_SEED]), TESTS)
    return 100 * float((said(depth, params, x)[1][-1].argmax(axis=0) != classes).mean())


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Plain layers against those with gates, deep and very deep."""
    fifty = max(numbers["Highway, 50 layers"]) <= LATE and min(numbers["plain, 50 layers"]) > NEVER
    return grade(fifty and max(numbers["Highway, 100 layers"]) <= LATE, fifty)


PLAIN, HIGHWAY = Depth("plain_deep", 10, 0.01), Depth("highway", 10, starts=(("b_T", CARRY),))
ARMS = {
    "plain, 10 layers": PLAIN,
    "plain, 50 layers": PLAIN._replace(layers=50),
    "Highway, 10 layers": HIGHWAY,
    "Highway, 50 layers": HIGHWAY._replace(layers=50),
    "Highway, 100 layers": HIGHWAY._replace(layers=100),
    "residual, 50 layers": Depth("residual", 50),
}

ROW = Row(
    name="highway_2015",
    title="A hundred layers",
    paper=Paper(
        source="Srivastava, Greff & Schmidhuber 2015, Highway networks",
        claim="Gates across the layers let very deep nets be trained directly by gradient descent, where "
        "plain nets get harder to train with every layer.",
        number="in words alone: “highway networks with hundreds of layers can be trained directly”",
        sure="notes",
    ),
    ours=Ours(
        setup=f"{CLASSES} classes of points around {CLASSES} middles in {D} dimensions (noise {NOISE:g}); "
        f"{PLAIN.hidden} tanh units a layer, b_T = {CARRY:g}; {PLAIN.steps * PLAIN.batch:,} points in "
        f"batches of {PLAIN.batch}. Adam with a cosine schedule at {PLAIN.rate} for plain layers, "
        f"{HIGHWAY.rate} for the others, the best of three rates each.",
        unit=f"% of {TESTS:,} test points in a wrong class",
        arms=ARMS,
        run=wrong,
        criterion=f"With every seed at most {LATE:g} % wrong for Highway nets of 50 and of 100 layers, and "
        f"more than {NEVER:g} % for plain ones of 50; in part, if so at 50 layers alone.",
        verdict=verdict,
        seeds=tuple(range(1, 11)),
        better="less",
    ),
    opens="variants?left=plain_deep&right=highway&T=50&mode=backward",
    opened="The gradient on its way through 50 layers of either kind. Nothing is trained there.",
)
