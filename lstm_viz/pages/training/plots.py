"""What the Training lab draws of its runs: three metrics on axes that stay, and each run in words."""

import math
import re
from collections import OrderedDict

import numpy as np

from lstm_viz.library import Variant
from lstm_viz.runs import Tape
from lstm_viz.stage.curves import Plot, Run, thin
from lstm_viz.tasks import SHARES, Task

SHORTEST_NAME = 11  # characters of a name beside its line
FLOORS = (-8.0, -12.0, -24.0, -48.0)  # decades: how far down the gradient's axis goes
MOST = 400  # thinned runs that are kept, a few kB each
_thinned: OrderedDict[tuple, tuple[np.ndarray, ...]] = OrderedDict()
REACH = "how much of the error arrives at the start"
USEFUL = (
    "A gradient that arrives is not yet one that helps: an RNN's may arrive late in training while its error "
    "stays at the baseline."
)


def plots(task: Task, T: int, tapes: list[Tape], window: int = 0) -> list[Plot]:
    """Loss, error and the gradient at the first step, each on the axis that its numbers so far need."""
    value, phrase = task.baseline(T)
    log, share = task.measure == "mean squared error", task.measure in SHARES
    level = math.log10(value) if log and value > 0 else 0.0
    error = logarithmic(tapes, "error", level - 1, level + 0.3) if log else linear(tapes, share, value)
    name, line = task.measure, level if log else value
    words = "on each update's own sequences"
    reach = f"nothing arrives from more than {window} steps later" if 0 < window < T else REACH
    return [
        Plot("loss", "Loss", "what training makes smaller", True, False, *logarithmic(tapes, "loss", -1, 0)),
        Plot("error", name[0].upper() + name[1:], words, log, share, *error, line, phrase),
        Plot("first", "Gradient at step 1", reach, True, False, *reaching(tapes), note=USEFUL),
    ]


def logarithmic(tapes: list[Tape], name: str, low: float, high: float) -> tuple[float, float]:
    """The ends of a logarithmic axis (log10): at least these, and out to the next 1, 2 or 5 of a decade."""
    found = [np.asarray(getattr(tape.metrics, name)) for tape in tapes if tape.metrics is not None]
    found = [v[v > 0] for v in found if (v > 0).any()]
    least = min((math.log10(v.min()) for v in found), default=low)
    most = max((math.log10(v.max()) for v in found), default=high)
    return min(-rounded(-low), -rounded(-least)), max(high, rounded(most))


def reaching(tapes: list[Tape]) -> tuple[float, float]:
    """The ends of the gradient's axis: down to the first of FLOORS that shows everything, or to the last."""
    low, high = logarithmic(tapes, "first", 0.0, 0.0)
    return next((floor for floor in FLOORS if floor <= low), FLOORS[-1]), math.ceil(high - 1e-9)


def rounded(log10: float) -> float:
    """Up to the next 1, 2 or 5 times a power of ten."""
    whole = math.floor(log10)
    return next(
        whole + step for step in (0.0, math.log10(2), math.log10(5), 1.0) if whole + step >= log10 - 1e-9
    )


def linear(tapes: list[Tape], share: bool, baseline: float) -> tuple[float, float]:
    """The ends of a linear axis: shares go from 0 to 1, the rest from 0 to a power of two that is enough."""
    if share:
        return 0.0, 1.0
    most = max([baseline, *(float(t.metrics.error.max()) for t in tapes if t.metrics is not None)])
    return 0.0, 2.0 ** math.ceil(math.log2(1.05 * most)) if most > 0 else 1.0


def run(variant: Variant, tape: Tape, shown: int, drawn: list[Plot], goal: int, says: str) -> Run:
    """One run as it is drawn: of its tape as much as is shown."""
    broke = tape.broke if shown >= tape.steps else ""
    return Run(variant.title, short(variant.title), shown, says, broke, points(tape, shown, drawn, goal))


def points(tape: Tape, shown: int, drawn: list[Plot], goal: int) -> tuple[np.ndarray, ...]:
    """The points of every plot, once for all sessions that see as much of the same run."""
    name = tape.spec, shown, goal
    found = _thinned.get(name)
    if found is None:
        none = np.zeros(0)
        values = [none if tape.metrics is None else getattr(tape.metrics, plot.key)[:shown] for plot in drawn]
        found = _thinned[name] = tuple(
            thin(v, goal, plot.logarithm) for v, plot in zip(values, drawn, strict=True)
        )
        while len(_thinned) > MOST:
            _thinned.popitem(last=False)
    return found


def short(title: str) -> str:
    """A name that fits behind the end of a line: its abbreviation where it has one."""
    known = re.search(r"\((\w{2,6})\)", title)
    head = known[1] if known else title.partition(",")[0].removeprefix("Vanilla ")
    return head if len(head) <= SHORTEST_NAME else head[: SHORTEST_NAME - 1] + "…"
