"""The runs behind the page without a teacher: what each choice means, as contestants for the same goal."""

from typing import NamedTuple

from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Variant
from lstm_viz.pages.teacherless.choices import EVOLINO, EVOLUTION, MAZE, STEPS, UNITS
from lstm_viz.pages.training.plots import short
from lstm_viz.teacherless.contest import Contestant
from lstm_viz.teacherless.recipes import (
    EVOLVED,
    FREE,
    TURNED,
    evolino_spec,
    evolution_spec,
    maze_spec,
    sines_spec,
)

LSTM = LIBRARY["lstm"]
# Updates in a step of the gradient, so that both need about as long, or beside Evolino read about as much.
UPDATES = {EVOLUTION: 2, EVOLINO: 12}
RACED = 2  # the sines of the task that the gradient is taught


class Entry(NamedTuple):
    """One run: its names, the cell that learns, the run itself."""

    title: str
    short: str
    cell: Variant
    spec: Contestant


class Goal(NamedTuple):
    """What a judgement measures, and the value that counts as solved."""

    words: str
    value: float
    below: bool

    def reached(self, judged):
        """Whether judgements, a number or an array, are good enough."""
        return judged <= self.value if self.below else judged >= self.value


class Shown(NamedTuple):
    """What the page is about: the way, its runs, the goal they share, how many steps of what."""

    way: str
    entries: tuple[Entry, ...]
    goal: Goal
    steps: int
    unit: str

    @property
    def runs(self) -> list[Contestant]:
        """The runs alone."""
        return [entry.spec for entry in self.entries]


def shown(values: dict) -> Shown:
    """What the choices mean."""
    way = values["way"]
    goal, entries = BUILT[way](values)
    return Shown(way, tuple(entries), goal, values[STEPS[way]], UNITS[way])


def by_evolution(v: dict) -> tuple:
    """An evolution strategy and the gradient, from the same start on the same sequences."""
    spec = evolution_spec(v["task"], v["seed"])
    spec = spec._replace(run=spec.run._replace(hidden=v["units"]), members=v["children"], sigma=v["sigma"])
    runs = Contestant("evolution", spec, spec), Contestant("gradient", spec.run, spec, UPDATES[EVOLUTION])
    goal = Goal("error on fresh sequences", EVOLVED[v["task"]].goal, True)
    return goal, named(("evolution", "gradient"), runs)


def by_evolino(v: dict) -> tuple:
    """Evolino, and where there is a task for it the gradient, of the same cell."""
    spec = evolino_spec(v["sines"], v["seed"])
    spec = spec._replace(members=v["members"], share=v["share"], mutation=v["mutation"])
    runs = [Contestant("evolino", spec, spec, every=1)]
    if v["sines"] == RACED:
        runs.append(Contestant("gradient", sines_spec(spec), spec, UPDATES[EVOLINO], 1))
    return Goal("error of a free run beyond the fit", FREE, True), named(("Evolino", "gradient"), runs)


def by_rewards(v: dict) -> tuple:
    """Each cell by rewards alone, then each with a teacher."""
    cells = [LIBRARY[name] for name in v["cells"].split(",")]
    specs = [maze_spec(v["corridor"], v["seed"], cell) for cell in cells]
    descent = specs[0].descent._replace(rate=v["rate"])
    specs = [s._replace(hidden=v["hidden"], curiosity=v["curiosity"], descent=descent) for s in specs]
    entries = [
        Entry(
            f"{cell.title}, {words}", short(f"{sign}{short(cell.title)}"), cell, Contestant(way, spec, spec)
        )
        for way, words, sign in (("rewards", "by rewards", ""), ("teacher", "with a teacher", "taught "))
        for cell, spec in zip(cells, specs, strict=True)
    ]
    return Goal("correct turns in fresh mazes", TURNED, False), entries


def told(entry: Entry, steps: int) -> str:
    """So many steps of a run in words: generations, or every update of its own."""
    count = steps * entry.spec.each
    unit = "generation" if entry.spec.way in ("evolution", "evolino") else "update"
    return f"{count:,} {unit}{'s' * (count != 1)}"


def named(ways: tuple[str, ...], runs) -> list[Entry]:
    """Entries of LSTMs, by the ways in which they learn."""
    return [Entry(f"LSTM, by {way}", way, LSTM, run) for way, run in zip(ways, runs, strict=False)]


BUILT = {EVOLUTION: by_evolution, EVOLINO: by_evolino, MAZE: by_rewards}
