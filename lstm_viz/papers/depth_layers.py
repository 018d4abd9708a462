"""Very deep nets: more plain layers, plain layers that begin as rotations, highway layers shut."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from lstm_viz.papers.highway_2015 import (
    CLASSES,
    HIGHWAY,
    PLAIN,
    TESTS,
    Depth,
    draw,
    prototypes,
    said,
    trained,
    wrong,
)
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.training.measure import TEST_SEED

SHUT = -100.0  # a gate's bias at which its layer does nothing
FEW, LOST, GUESSES = 10.0, 1.0, 70.0
ROTATED = Depth("plain_deep", 50, 0.0005, (("W_H", "orthogonal"), ("b_H", 0.0)))


class Shut(NamedTuple):
    """A highway net of which layers are shut after training: all, or the one without which it is worst."""

    depth: Depth
    all: bool


def measured(arm: Depth | Shut, seed: int) -> float:
    """Per cent of the test points in a wrong class; of one layer shut, how many more than with none."""
    return shut(arm, seed) if isinstance(arm, Shut) else wrong(arm, seed)


def shut(arm: Shut, seed: int) -> float:
    """The same net with layers that do nothing, on the points on which all are examined."""
    params, layers = trained(arm.depth, seed), arm.depth.layers
    x, classes = draw(prototypes(seed), np.random.default_rng([seed, TEST_SEED]), TESTS)

    def missed(which) -> float:
        bias = params["b_T"].copy()
        bias[which] = SHUT
        y = said(arm.depth, params | {"b_T": bias}, x)[1]
        return 100 * float((y[-1].argmax(axis=0) != classes).mean())

    if arm.all:
        return missed(slice(None))
    return max(missed(k) for k in range(layers)) - missed([])


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Twenty plain layers fail, fifty rotations learn, one layer more or less is nothing."""
    plain, rotations, one, _ = numbers.values()
    fails = min(plain) > GUESSES
    return grade(fails and max(rotations) < FEW and max(one) < LOST, fails)


FIFTY = HIGHWAY._replace(layers=50)
ARMS = {
    "plain, 20 layers": PLAIN._replace(layers=20),
    "plain, 50 layers, rotations": ROTATED,
    "Highway, the worst layer shut": Shut(FIFTY, False),
    "Highway, all layers shut": Shut(FIFTY, True),
}

ROW = Row(
    name="depth_layers",
    title="What depth does, and what a layer does",
    paper=Paper(
        source="Srivastava, Greff & Schmidhuber 2015, Highway networks",
        claim="Plain nets get harder to train with every layer.",
        number="in words alone",
        sure="notes",
    ),
    ours=Ours(
        setup=f"The {CLASSES} classes of points, nets of {PLAIN.hidden} units a layer and the training "
        "of the row on Highway networks; rotations: every matrix begins as one, without bias, Adam at "
        f"{ROTATED.rate}, the best of three rates. Of trained Highway nets of 50 layers one layer or "
        "all of them are shut.",
        unit=f"% of {TESTS:,} test points in a wrong class; one layer shut: % more than before",
        arms=ARMS,
        run=measured,
        criterion=f"With every seed more than {GUESSES:g} % wrong for 20 plain layers, less than {FEW:g} % "
        f"for 50 rotations, and less than {LOST:g} % lost with any one layer of a Highway net; in part, if "
        "the first.",
        verdict=verdict,
        better="less",
    ),
    opens="lessons?lesson=depth",
    opened="the lesson",
)
