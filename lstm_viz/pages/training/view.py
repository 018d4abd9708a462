"""The view of the Training lab: what does not fit together in its choices, and who stands on its stage."""

from lstm_viz.library import LIBRARY
from lstm_viz.pages.bench import Bench
from lstm_viz.pages.training.choices import LEARN, PLACE

LONGEST = 16_000  # characters of an address that are looked at: a text of one's own may be in it


def misfits(values: dict) -> dict:
    """What does not fit the rest, with what to show in its place."""
    wrong, cells = {}, values["cells"].split(",")
    for side in ("left", "right"):
        if values[side] and values[side] not in cells:
            wrong[side] = ""
    if values["shortest"] > values["T"]:
        wrong["shortest"] = 0
    if values["t"] > values["T"]:
        wrong["t"] = round(0.55 * values["T"])
    if values["unit"] > values["hidden"]:
        wrong["unit"] = 1
    shown = pair(values | wrong)
    if values["open"] and values["open"] not in LIBRARY[shown[min(values["model"], len(shown)) - 1]].signals:
        wrong["open"] = ""
    return wrong


def pair(values: dict) -> list[str]:
    """The cells on the stage: the chosen ones, or the first two; a cell alone stands there once.

    A cell that was chosen and is no longer among the cells is as none.
    """
    cells = values["cells"].split(",")
    left, right = (values[side] if values[side] in cells else "" for side in ("left", "right"))
    left = left or next(cell for cell in [*cells, cells[0]] if cell != right or len(cells) == 1)
    right = right or next((cell for cell in cells if cell != left), left)
    return [left] if left == right else [left, right]


LAB = Bench("training", "lab", LEARN | PLACE, LONGEST, misfits, pair)
