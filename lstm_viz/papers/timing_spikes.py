"""The lesson on timing: how long after the last has this spike come? With peepholes and without."""

from collections.abc import Mapping
from statistics import median

from lstm_viz.papers import timing
from lstm_viz.papers.row import Ours, Row, grade
from lstm_viz.papers.trial import Trial, error

LSTM = Trial("lstm", "spikes", 60, 60, 8, 1500, 32, 0.02, schedule="cosine")
GOOD = 0.01


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the medians of both."""
    good = [median(values) < GOOD for values in numbers.values()]
    return grade(all(good), any(good))


ROW = Row(
    name="timing_spikes",
    title="Measuring the time between spikes",
    paper=timing.ROW.paper._replace(
        claim="With delays of 10, 11 or 12 steps the task is solved with peepholes and without.",
        number="in words alone",
    ),
    ours=Ours(
        setup=f"Spikes 10, 11 or 12 steps apart in sequences of {LSTM.T} steps: {LSTM.hidden} units, "
        f"{LSTM.steps * LSTM.batch:,} sequences in batches of {LSTM.batch}, Adam at {LSTM.rate} with a "
        "cosine schedule.",
        unit="mean squared error; always saying the mean: 0.67",
        arms={"peepholes": LSTM._replace(**timing.PEEPHOLES), "none": LSTM},
        run=error,
        criterion=f"Both medians below {GOOD}; in part, if one is.",
        verdict=verdict,
        better="less",
    ),
    opens="lessons?lesson=timing",
    opened="The lesson on timing.",
)
