"""The lesson on counting: how far an LSTM with coupled gates counts."""

from collections.abc import Mapping

from lstm_viz.papers import counting
from lstm_viz.papers.counting import COMMON, LONGEST, TWICE, reached
from lstm_viz.papers.row import Ours, Row, grade


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the reach: no farther than what was learnt from, or twice as far."""
    (values,) = numbers.values()
    return grade(max(values) <= LONGEST + 2, max(values) < TWICE)


ROW = Row(
    name="counting_coupled",
    title="Counting with coupled gates",
    paper=counting.ROW.paper,
    ours=Ours(
        setup=counting.ROW.ours.setup,
        unit=counting.ROW.ours.unit,
        arms={"coupled gates": COMMON._replace(cell="cifg")},
        run=reached,
        criterion=f"No net goes beyond n = {LONGEST + 2}; in part, if none reaches {TWICE}.",
        verdict=verdict,
        better="more",
    ),
    opens="lessons?lesson=counting",
    opened="The lesson on grammar and counting.",
)
