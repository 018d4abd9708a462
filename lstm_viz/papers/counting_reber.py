"""The lesson on counting: the embedded Reber grammar, all letters and the one for which one must remember."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from lstm_viz.papers import reber_1997
from lstm_viz.papers.row import Ours, Row, grade
from lstm_viz.papers.streams import correct
from lstm_viz.papers.trial import Trial, said, trained
from lstm_viz.tasks.reber import remembered

COMMON = Trial("lstm", "reber", 40, 40, 8, 100, 32, 0.02)
CELLS = {"LSTM": "lstm", "GRU": "gru_reset_after", "tanh RNN": "rnn_tanh"}
FEW, MANY, TESTS = 100, 600, 300


class Asked(NamedTuple):
    """A trial, and which answers count: "far", the last letter but one, or "all"."""

    trial: Trial
    about: str


def per_cent(arm: Asked, seed: int) -> float:
    """Per cent of right answers in the test strings: all that may come above all that may not."""
    y, batch = said(arm.trial, trained(arm.trial, seed).params, TESTS)
    asked = remembered(batch) if arm.about == "far" else batch.counts
    return 100 * float(correct(y, batch.legal)[asked[:, 0] > 0].mean())


def name_of(cell: str, steps: int, about: str) -> str:
    """An arm's name."""
    return f"{cell}, {steps * COMMON.batch:,} strings, {about}"


def arms() -> dict[str, Asked]:
    """Each cell early, at all letters and at the far one, and later at the far one."""
    looks = ((FEW, "all"), (FEW, "far"), (MANY, "far"))
    return {
        name_of(name, steps, about): Asked(COMMON._replace(cell=cell, steps=steps), about)
        for name, cell in CELLS.items()
        for steps, about in looks
    }


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the early stop at nearly all letters and half of the far ones."""
    far = [v for name in CELLS for v in numbers[name_of(name, FEW, "far")]]
    every = [v for name in CELLS for v in numbers[name_of(name, FEW, "all")]]
    return grade(max(far) < 60 and min(every) > 93, np.median(far) < 60 and np.median(every) > 93)


ROW = Row(
    name="counting_reber",
    title="Ten easy questions and a far one",
    paper=reber_1997.ROW.paper,
    ours=Ours(
        setup=f"Fresh strings of up to {COMMON.T} letters in batches of {COMMON.batch}, {COMMON.hidden} "
        f"units, Adam at {COMMON.rate}; {TESTS} test strings.",
        unit="% of right answers",
        arms=arms(),
        run=per_cent,
        criterion="After few strings every net is right at more than 93 % of all letters and at less than "
        "60 % of the far ones; in part, if the medians are.",
        verdict=verdict,
    ),
    opens="lessons?lesson=counting",
    opened="The lesson on grammar and counting.",
)
