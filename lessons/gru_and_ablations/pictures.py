"""The picture of the lesson on ablations: what came of every cell on both tasks."""

from lessons.live import strips
from lstm_viz.papers import ALL
from lstm_viz.stage.chart import Plot

ROWS = ("ablations_stream", "ablations_adding")


def seen() -> tuple[Plot, ...]:
    """The stored runs of both rows, each a dot."""
    return tuple(strips(ALL[name], list(ALL[name].ours.arms), {}) for name in ROWS)
