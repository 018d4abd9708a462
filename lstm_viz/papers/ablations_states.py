"""How large memories grow on an endless stream: the runs of ablations_stream, measured otherwise."""

from collections.abc import Mapping

from lstm_viz.papers import ablations_stream as stream
from lstm_viz.papers.row import Ours, Row, grade
from lstm_viz.papers.trial import Trial

ARMS = {arm: stream.ARMS[arm] for arm in ("vanilla", "NFG", "NOG", "NIAF", "NOAF", "FGR")}
FAR_OUT = 1000


def largest(trial: Trial, seed: int) -> float:
    """The largest size of a cell state while the streams are read on."""
    return stream.examined(trial, seed)[1]


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Without a forget gate every run drifts far out."""
    return grade(min(numbers["NFG"]) > FAR_OUT, max(numbers["NFG"]) > FAR_OUT)


ROW = Row(
    name="ablations_states",
    title="How far memories drift",
    paper=stream.ROW.paper,
    ours=Ours(
        setup=stream.ROW.ours.setup,
        unit="largest size of a cell state while the streams are read on",
        arms=ARMS,
        run=largest,
        criterion=f"Without a forget gate above {FAR_OUT:,} with every seed; in part, if with some.",
        verdict=verdict,
        seeds=stream.ROW.ours.seeds,
    ),
    opens=stream.ROW.opens,
    opened=stream.ROW.opened,
)
