"""The view of the Training lab: every choice and the place on its stage, kept in the session and the address.

The session holds `lab` (every choice by name), `lab_good` (those of the last runs that could be trained),
`lab_notes` (what was wrong with the address), `lab_hint` (a preset's words before and during training),
`lab_clock` (how far its runs are). `page` and `addresses` are shared with the other pages.
"""

from collections.abc import MutableMapping
from typing import NamedTuple

from lstm_viz.library import LIBRARY
from lstm_viz.pages import address, visit
from lstm_viz.pages.arrival import MOST_NOTES
from lstm_viz.pages.training.choices import LEARN, NEWEST, PLACE
from lstm_viz.pages.training.clock import Clock
from lstm_viz.tasks.task import quote

NAME = "training"
LONGEST = 16_000  # characters of an address that are looked at: a text of one's own may be in it
ALL = LEARN | PLACE


class View(NamedTuple):
    """The session and the address."""

    session: MutableMapping
    params: MutableMapping


def enter(view: View) -> None:
    """On the first run of the page, and whenever it follows another: its address, or where it was left."""
    given = visit.arrived(view.session, view.params, NAME)
    if given is not None:
        begin(view, given)


def begin(view: View, params: dict[str, str]) -> None:
    """Take every choice from an address; a run that was under way rests."""
    S = view.session
    values, notes = address.read(params, ALL)
    for name, fallback in misfits(values).items():
        if name in params:
            notes.append(
                f"{name} = {quote(str(values[name]))} does not fit the other choices; it is left out."
            )
        values[name] = fallback
    S["lab"], S["lab_good"], S["lab_hint"] = values, None, ()
    S["lab_notes"], S["lab_arrived"], S["lab_upload_problem"] = notes[:MOST_NOTES], True, ""
    S["lab_clock"] = S.get("lab_clock", Clock()).rest()
    for name in [key for key in S if str(key).startswith("lab_w_")]:
        del S[name]
    adopt(view)


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


def adopt(view: View) -> None:
    """Have the stage take over the place as it is now."""
    S = view.session
    S["lab_nonce"] = S.get("lab_nonce", 0) + 1
    said = {name: S["lab"][name] for name in ("t", "unit", "mode")}
    names = {"place": S["lab"]["model"] - 1, "signal": S["lab"]["open"], "speed": int(S["lab"]["speed"])}
    S["lab_adopted"] = said | names | {"nonce": S["lab_nonce"]}


def settled(view: View) -> None:
    """Keep the place on the stage that the reader has settled on; what it should not say falls back."""
    S = view.session
    said = S["lab_stage"]["view"]
    shown = pair(S["lab_good"] or S["lab"])
    place = min(int(bool(said.get("place"))), len(shown) - 1)
    opened = said.get("signal") if said.get("signal") in LIBRARY[shown[place]].signals else ""
    known = {name: str(said.get(name)) for name in ("t", "unit", "mode", "speed")}
    names = ("t", "unit", "mode", "speed", "open", "model")
    choices = {name: PLACE[name] for name in names}
    found, _ = address.read(known | {"open": opened, "model": str(place + 1)}, choices)
    S["lab"] |= found
    remember(view)


def moved(view: View) -> None:
    """Keep the moment of training that the reader has chosen."""
    S = view.session
    said = S["lab_curves"]["view"]
    at = said.get("at") if isinstance(said, dict) else None
    found, _ = address.read({"at": NEWEST if at is None else str(at)}, {"at": PLACE["at"]})
    S["lab"] |= found
    S["lab_moved"] = True
    remember(view)


def returned(view: View) -> None:
    """The reader went back or forth in the browser: take the address as it is now."""
    begin(view, visit.returned(view.session["lab_stage"]["address"], LONGEST))
    view.session["lab_came_back"] = True


def remember(view: View) -> None:
    """Write the whole view into the address."""
    wanted = address.write(view.session["lab"], ALL)
    visit.remember(view.session, view.params, NAME, wanted)
