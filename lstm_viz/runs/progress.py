"""How far many runs are, and how long they will take: in costs, of which each run has its own a step."""

import time
from collections.abc import Callable

from lstm_viz.runs.drive import Heard, Run
from lstm_viz.runs.kinds import KINDS
from lstm_viz.training.progress import left


class Progress:
    """The work of all runs: what there was before, what was made since, what is to do."""

    def __init__(self, runs: list[Run], clock: Callable[[], float] = time.monotonic):
        self._clock, self._began = clock, clock()
        self._total, self._before, self._made = sum(cost(run) * run.steps for run in runs), 0.0, 0.0
        self._steps: dict[Run, int] = {}

    def hear(self, heard: Heard | None) -> None:
        """Take note of what came from a run."""
        if heard is None:
            return
        run, steps = heard.run, heard.tape.steps
        if run in self._steps:
            self._made += cost(run) * (steps - self._steps[run])
        else:
            self._before += cost(run) * steps
        self._steps[run] = steps
        if heard.over:
            self._total -= cost(run) * (run.steps - steps)

    @property
    def share(self) -> float:
        """The share of all the work that is done."""
        return (self._before + self._made) / self._total if self._total else 1.0

    @property
    def left(self) -> str:
        """The time left, as fast as it went so far."""
        rest = self._total - self._before
        return left(self._clock() - self._began, self._made / rest if rest else 1.0)


def cost(run: Run) -> float:
    """What a step of a run costs beside other runs' steps."""
    return KINDS[type(run.spec)].cost(run.spec)
