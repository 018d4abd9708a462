"""The view of the page without a teacher: what does not fit in its choices, and who stands on its stage."""

from lstm_viz.library import LIBRARY
from lstm_viz.pages.bench import Bench
from lstm_viz.pages.teacherless.choices import ALL, MAZE

LONGEST = 2000  # characters of an address that are looked at


def misfits(values: dict) -> dict:
    """What does not fit the rest, with what to show in its place."""
    wrong = {}
    if values["walker"] and values["walker"] not in values["cells"].split(","):
        wrong["walker"] = ""
    if values["open"] and values["open"] not in LIBRARY[cell(values | wrong)].signals:
        wrong["open"] = ""
    return wrong


def cell(values: dict) -> str:
    """The cell on the stage: in a maze the one whose walk is shown, by default the last one chosen."""
    if values["way"] != MAZE:
        return "lstm"
    cells = values["cells"].split(",")
    return values["walker"] if values["walker"] in cells else cells[-1]


def standing(values: dict) -> list[str]:
    """The cells on the stage: both of a race have the same."""
    return [cell(values)] * 2


TEACHERLESS = Bench("teacherless", "tl", ALL, LONGEST, misfits, standing)
