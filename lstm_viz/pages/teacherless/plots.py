"""What the page without a teacher draws of its runs: two plots of their own, and the race in sequences."""

import math

import numpy as np

from lstm_viz.pages.teacherless.choices import EVOLINO, EVOLUTION, MAZE
from lstm_viz.pages.teacherless.runs import Entry, Shown
from lstm_viz.pages.training.plots import logarithmic
from lstm_viz.runs import Tape
from lstm_viz.stage.curves import Plot, Run, thin
from lstm_viz.tasks import t_maze, task_of
from lstm_viz.teacherless.contest import sequences

RUNAWAY = 1.0  # decades above a plot's own top that the worst children may fill
LOWEST_REWARD = -1.0
RACE = "sequences read, every network's counted"


def plots(shown: Shown, tapes: list[Tape]) -> list[Plot]:
    """The plots of a way."""
    return [*OWN[shown.way](shown, tapes), race(shown, tapes)]


def points(shown: Shown, entry: Entry, tape: Tape, k: int, goal: int) -> tuple[np.ndarray, ...]:
    """The points of every plot of a run, of as many steps as are shown; none where it has no such number."""
    columns = {} if tape.metrics is None else {n: v[:k] for n, v in tape.metrics._asdict().items()}
    return (*(drawn(columns, goal) for drawn in DRAWN[shown.way]), judgements(shown, entry, columns))


def run(shown: Shown, entry: Entry, tape: Tape, k: int, goal: int, says: str) -> Run:
    """One run as it is drawn."""
    broke = tape.broke if k >= tape.steps else ""
    return Run(entry.title, entry.short, k, says, broke, points(shown, entry, tape, k, goal))


def race(shown: Shown, tapes: list[Tape]) -> Plot:
    """What the networks can do, judged alike, over the sequences that were read for it."""
    specs, goal = shown.runs, shown.goal
    reads = [sequences(spec) for spec in specs]
    low = math.log10(min(read * spec.every for read, spec in zip(reads, specs, strict=True)))
    across = {"low": low, "high": math.log10(shown.steps * max(reads)), "words": RACE}
    across["high"] = max(across["high"], low + 1)
    said = {"phrase": goal.words, "line": "goal", "beside": "goal", "across": across}
    if not goal.below:
        return Plot("judged", "The race", goal.words, False, True, 0.0, 1.0, goal.value, **said)
    level = math.log10(goal.value)
    ends = logarithmic(_with(tapes, "judged"), "judged", level - 0.3, level + 1)
    return Plot("judged", "The race", goal.words, True, False, *ends, level, **said)


def judgements(shown: Shown, entry: Entry, columns: dict) -> np.ndarray:
    """Points (n, 4) of the race, one a judgement: the sequences read in log10, and three times the value."""
    every = entry.spec.every
    judged = columns.get("judged", np.zeros(0))[every - 1 :: every]
    read = np.arange(1, len(judged) + 1) * every * sequences(entry.spec)
    value = np.log10(np.maximum(judged, 1e-12)) if shown.goal.below else judged
    return np.stack([np.log10(read), value, value, value], axis=1) if len(judged) else np.zeros((0, 4))


def _evolution(shown: Shown, tapes: list[Tape]) -> list[Plot]:
    run = shown.entries[0].spec.spec.run
    value, phrase = task_of(run.task).baseline(run.T)
    level = math.log10(value)
    low, high = _ends(tapes, ("best", "mean", "loss"), level - 1, level + 0.5)
    words = "line: the best child; band: up to the worst"
    lines = {"baseline": level, "phrase": phrase}
    sigma = logarithmic(_with(tapes, "sigma"), "sigma", -2, 0)
    return [
        Plot("loss", "Loss of the best child (band: to the worst)", words, True, False, low, high, **lines),
        Plot("sigma", "Step size σ", "how far from their mean children are tried", True, False, *sigma),
    ]


def _evolino(_shown: Shown, tapes: list[Tape]) -> list[Plot]:
    here, beyond = (logarithmic(_with(tapes, name), name, -2, 0.3) for name in ("best", "beyond"))
    return [
        Plot(
            "best",
            "Free run where fitted",
            "line: best so far; band: to this generation's mean",
            True,
            False,
            here[0],
            max(1.0, here[1]),
        ),
        Plot(
            "beyond",
            "Free run beyond",
            "the same network where it was never fitted",
            True,
            False,
            beyond[0],
            max(1.0, beyond[1]),
        ),
    ]


def _maze(shown: Shown, tapes: list[Tape]) -> list[Plot]:
    value, phrase = t_maze.baseline(shown.entries[0].spec.spec.corridor)
    found = [tape.metrics.reward.min() for tape in _with(tapes, "reward")]
    low = 2 * math.floor(min([LOWEST_REWARD, *found]) / 2)
    guess = {"line": "a guess", "beside": "a guess"}
    return [
        Plot(
            "reward", "Reward of a walk", "", False, False, low, t_maze.RIGHT, value, phrase=phrase, **guess
        ),
        Plot("right", "Correct turns", "", False, True, 0.0, 1.0, 0.5, phrase="of those who turn", **guess),
    ]


def _with(tapes: list[Tape], name: str) -> list[Tape]:
    """The tapes that have some of a number."""
    return [tape for tape in tapes if tape.metrics is not None and hasattr(tape.metrics, name)]


def _ends(tapes: list[Tape], names: tuple[str, ...], low: float, high: float) -> tuple[float, float]:
    """The ends of a logarithmic axis for several numbers; what runs away leaves it above."""
    ends = [logarithmic(_with(tapes, name), name, low, high) for name in names]
    return min(end[0] for end in ends), min(high + RUNAWAY, max(end[1] for end in ends))


def _line(name: str, logarithm: bool):
    """The points of one number, thinned."""
    return lambda columns, goal: thin(columns.get(name, np.zeros(0)), goal, logarithm)


def _band(middle: str, low: str, high: str):
    """The points of three numbers, all of them positive: a line, and a band from the second to the third."""

    def drawn(columns: dict, goal: int) -> np.ndarray:
        line, bottom, top = (_line(name, True)(columns, goal) for name in (middle, low, high))
        return np.stack([line[:, 0], bottom[:, 1], top[:, 2]], axis=1)

    return drawn


def _losses(columns: dict, goal: int) -> np.ndarray:
    """The children's losses, or of a gradient its one."""
    own = _line("loss", True) if "loss" in columns else _band("best", "best", "worst")
    return own(columns, goal)


OWN = {EVOLUTION: _evolution, EVOLINO: _evolino, MAZE: _maze}
DRAWN = {
    EVOLUTION: (_losses, _line("sigma", True)),
    EVOLINO: (_band("best", "best", "mean"), _line("beyond", True)),
    MAZE: (_line("reward", False), _line("right", False)),
}
