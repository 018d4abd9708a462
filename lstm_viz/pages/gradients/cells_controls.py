"""Controls that several views share: which networks, and how they start."""

from lstm_viz.library import LIBRARY
from lstm_viz.pages.gradients.choices import TASK_TITLES
from lstm_viz.pages.gradients.controls import S, cell, key, menu, row, select, slider
from lstm_viz.training import recipes


def pair(name: str):
    """The line with two cells, a task, and weights before or after training."""
    place = row(name)
    cell(place, "left", "First cell")
    cell(place, "right", "Second cell")
    select(place, "task", "Task", TASK_TITLES)
    menu(place, "weights")
    return place


def size(place, length: str = "T") -> None:
    """Length and number of units; of trained weights the sizes that are shipped."""
    slider(place, length)
    offered = [r.hidden for r in recipes.RECIPES if r.task == S.gl["task"]]
    offered = list(dict.fromkeys(offered))
    if S.gl["weights"] == "untrained" or not offered:
        slider(place, "hidden")
        return
    if S.gl["hidden"] not in offered:
        S.gl = S.gl | {"hidden": offered[0]}
    name = key("offered")
    if S.get(name) not in offered:
        S[name] = S.gl["hidden"]
    said = place.segmented_control("Units H", offered, key=name, required=True, width="content")
    S.gl = S.gl | {"hidden": said}


def start(place) -> None:
    """How untrained networks start; a chrono start decides both biases itself."""
    if S.gl["weights"] == "trained":
        return
    chrono = S.gl["chrono"] > 0
    slider(place, "forget", disabled=chrono)
    slider(place, "receive", disabled=chrono)
    slider(place, "chrono")
    slider(place, "scale")


def lacking(cells: list[str]) -> str:
    """A sentence where trained weights were asked for that are not shipped."""
    if S.gl["weights"] == "untrained":
        return ""
    raw = [LIBRARY[c].title for c in cells if S.gl["hidden"] not in recipes.sizes(S.gl["task"], c)]
    if not raw:
        return ""
    return f"No trained weights are shipped for {' and '.join(dict.fromkeys(raw))}: shown before training."
