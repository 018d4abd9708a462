"""The pictures of the lesson on timing."""

import numpy as np

from lessons.timing.by_hand import SEEDS, apart
from lessons.timing.clocks import Values, clock, run, strikes
from lstm_viz.stage.chart import Axis, Line, Plot, Rule

SHOWN = 45


def blind() -> Plot:
    """How far the forget gates stand apart for two cell states, without peepholes and with."""
    steps = np.arange(1, 21)
    with_them = [apart("peephole_gers", seed) for seed in SEEDS]
    lines = [
        Line("with peepholes" if k == len(SEEDS) // 2 else "", "output", steps, far)
        for k, far in enumerate(with_them)
    ]
    none = [apart("lstm", seed) for seed in SEEDS]
    return Plot(
        "Forget gates of two runs that differ in the cell state alone, five seeds",
        Axis("step", 1, 20),
        Axis("farthest apart", 0.0, 0.3),
        (*lines, Line("LSTM", "cell", steps, np.max(none, axis=0))),
        f"With peepholes the gates stand up to {np.max(with_them):.2g} apart, in the LSTM "
        f"{np.max(none):g} at every step.",
    )


def the_clock() -> tuple[Plot, Plot]:
    """The tally of the clock of ten steps, and what it says."""
    return plots(run("peephole_gers", clock(9.5), SHOWN), 9.5, 12.0)


def plots(values: Values, threshold: float, high: float) -> tuple[Plot, Plot]:
    """A tally with its threshold, and what the unit says."""
    c, h = values["c"][:, 0, 0], values["h"][:, 0, 0]
    steps, heard = np.arange(1, len(c) + 1), strikes(values)
    said = ", ".join(map(str, heard[:5])) or "never"
    return (
        Plot(
            "The tally, hidden inside",
            Axis("step", 0, len(c)),
            Axis("cell state", 0, high),
            (Line("c", "cell", steps, np.minimum(c, high)), Rule("threshold", threshold, across=True)),
            f"The cell state ends at {c[-1]:.3g}.",
        ),
        Plot(
            "What the cell says",
            Axis("step", 0, len(c)),
            Axis("hidden state", 0.0, 1.0),
            (Line("h", "hidden", steps, h),),
            f"It says more than a half at the steps {said}{' and so on' if len(heard) > 5 else ''}.",
        ),
    )
