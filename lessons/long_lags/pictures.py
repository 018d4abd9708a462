"""The pictures of the lesson on long lags."""

from functools import lru_cache
from statistics import median

import numpy as np

from lessons.long_lags.starts import begun
from lessons.parts import Curve, Drawing
from lstm_viz.papers import ALL
from lstm_viz.papers.results import by_arm, read
from lstm_viz.stage.chart import Ask, Axis, Heat, Line, Plot
from lstm_viz.tasks import TASKS

FORGET, INPUT = range(-1, 9), range(-7, 3)  # the biases of the map
SEEDS, SEQUENCES = 3, 16
SQUARE, LETTERS = 28, 22
PAPER = {50: 30_000, 100: 31_000, 200: 33_000, 500: 38_000, 1000: 49_000}  # 1997, experiment 2c, q = p


def task() -> Drawing:
    """A sequence with a lag of 20, letter by letter; the first and the last one framed."""
    labels = TASKS["recall"].draw(np.random.default_rng(4), LETTERS, 1).labels
    cells = "".join(letter(k, label) for k, label in enumerate(labels))
    svg = (
        f'<svg viewBox="0 0 {SQUARE * LETTERS + 24} 96" role="presentation">{cells}'
        f'<g fill="currentColor" font-size="14"><text x="12" y="88">to be kept</text>'
        f'<text x="{SQUARE * LETTERS / 2 + 12}" y="88" text-anchor="middle">20 distractors</text>'
        f'<text x="{SQUARE * LETTERS + 12}" y="88" text-anchor="end">which was it?</text></g></svg>'
    )
    return Drawing(svg, f"The letters {' '.join(labels)}: the first is asked for at the last.")


def letter(k: int, label: str) -> str:
    """One letter in its square."""
    x, ends = 12 + k * SQUARE, k in (0, LETTERS - 1)
    frame = 'stroke="var(--cell)" stroke-width="3"' if ends else 'stroke="var(--plain)" stroke-width="1"'
    weight = "700" if ends else "400"
    return (
        f'<rect x="{x + 2}" y="24" width="{SQUARE - 4}" height="{SQUARE}" rx="4" fill="none" {frame}/>'
        f'<text x="{x + SQUARE / 2}" y="44" text-anchor="middle" font-size="17" font-weight="{weight}" '
        f'fill="currentColor">{label}</text>'
    )


@lru_cache(maxsize=1)
def squares() -> np.ndarray:
    """The gradient's share and the slope, medians over seeds: (2, input biases, forget biases)."""
    found = [[[begun(f, i, seed, SEQUENCES) for f in FORGET] for i in INPUT] for seed in range(1, SEEDS + 1)]
    return np.median(np.array(found), axis=0)[:, :, [0, 2]].transpose(2, 0, 1)


def maps() -> tuple[Plot, ...]:
    """What gets back to the first letter, and how open the door is, by the two biases."""
    gradient, slope = squares()
    axes = [
        Axis(f"bias of the {name} gate", span[0] - 0.5, span[-1] + 0.5)
        for name, span in (("forget", FORGET), ("input", INPUT))
    ]
    kept = Heat("share of the gradient", "gradient", np.clip(gradient, 1e-12, 10), 1e-12, 10, log=True)
    at = {name: (FORGET.index(f), INPUT.index(i)) for name, (f, i) in STARTS.items()}
    said = "; ".join(f"{name}: {gradient[i, f]:.1g} and {slope[i, f]:.2g}" for name, (f, i) in at.items())
    return (
        Plot(
            "Gradient that gets back",
            *axes,
            (kept,),
            f"The share of the gradient that gets back, and how open the door is. {said}.",
        ),
        Plot(
            "How open the door is",
            *axes,
            (Heat("mean slope of the tanh", "cell", slope, 0, 1),),
            f"The mean slope of the tanh, from {slope.min():.2f} to {slope.max():.2f}.",
        ),
    )


STARTS = {"forget 1, input 0": (1, 0), "forget 5, input 0": (5, 0), "forget 5, input −5": (5, -5)}


def costs() -> tuple[Line, ...]:
    """What a lag costs with chrono biases, in the median of our seeds, and in the paper."""
    row = ALL["long_lags_cost"]
    numbers = by_arm(row, read(row))
    lags = (10, 30, 100, 300, 998)
    ours = [median(numbers[f"chrono, lag {lag}"]) for lag in lags]
    return (
        Line("ours", "cell", lags, ours),
        Line("1997", "plain", tuple(PAPER), tuple(PAPER.values()), "dash"),
    )


COST = Curve(
    Plot(
        "What a lag costs",
        Axis("lag", 10, 1000, log=True),
        Axis("sequences until it is learnt", 1e3, 1e6, log=True),
        (),
        "Sequences until the lag is learnt, by the lag.",
    ),
    Ask((10, 20, 40, 80, 150, 300, 550, 1000), 3e3),
    costs,
)
