"""The course: its lessons in order, each a folder with its prose, its claims, and what the prose names.

`en.md` is the prose, `claims.py` what it states and anybody can run, `lesson.py` its pictures, curves to be
drawn and experiments.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from lessons.claims import Claim
from lessons.prose import Prose, read

HERE = Path(__file__).parent
# The parts of the course, each with the folders of its lessons in order.
PARTS = {
    "Why": ("sequences", "vanishing", "carousel"),
    "The cell": ("cell_1997", "forget_gate", "one_step", "backprop_by_hand"),
    "The classic experiments, live": ("long_lags", "adding", "copying", "counting", "timing"),
    "Variants": (
        *("gru_and_ablations", "both_directions", "ctc", "convlstm"),
        *("irregular_time", "depth", "xlstm"),
    ),
    "Other ways to train, and use": (
        *("evolution", "policy_gradients", "learning_to_learn", "hidden_stores", "history"),
    ),
}


class Lesson(NamedTuple):
    """A lesson: its number in the course, the name of its folder, the part that it belongs to."""

    number: int
    name: str
    part: str

    @property
    def prose(self) -> Prose:
        """Its text, taken apart."""
        return _prose(self.name)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What it states and anybody can run."""
        return import_module(f"lessons.{self.name}.claims").CLAIMS

    @property
    def statements(self) -> dict[str, str]:
        """What each claim states, by its name."""
        return {claim.name: claim.statement for claim in self.claims}

    @property
    def parts(self) -> ModuleType:
        """Its pictures, curves and experiments by name."""
        return import_module(f"lessons.{self.name}.lesson")


@cache
def _prose(name: str) -> Prose:
    return read((HERE / name / "en.md").read_text("utf-8"))


_ORDER = [(name, part) for part, names in PARTS.items() for name in names]
LESSONS = {name: Lesson(number, name, part) for number, (name, part) in enumerate(_ORDER, 1)}
# Ways through the course: by name, the lessons, and for whom they are.
PATHS = {
    "class": ("A 45-minute class", ("vanishing", "cell_1997", "forget_gate", "backprop_by_hand")),
    "course": ("The whole course", tuple(name for name, _ in _ORDER)),
    "rnn": ("I know RNNs", tuple(name for name, _ in _ORDER if name not in ("sequences", "vanishing"))),
}
