"""The view of the page without a teacher: every choice and the place on its stage, in session and address.

The session holds `tl` (every choice by name), `tl_good` (those of the last runs that could be made),
`tl_notes` (what was wrong with the address), `tl_hint` (how to get to the moment that it names), `tl_clock`
(how far its runs are). `page` and `addresses` are shared with the other pages.
"""

from lstm_viz.library import LIBRARY
from lstm_viz.pages import address, visit
from lstm_viz.pages.arrival import MOST_NOTES
from lstm_viz.pages.teacherless.choices import ALL, MAZE, PLACE
from lstm_viz.pages.training.choices import NEWEST
from lstm_viz.pages.training.clock import Clock
from lstm_viz.pages.training.view import View
from lstm_viz.tasks.task import quote

NAME = "teacherless"
LONGEST = 2000  # characters of an address that are looked at


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
    S["tl"], S["tl_good"], S["tl_notes"], S["tl_arrived"] = values, None, notes[:MOST_NOTES], True
    S["tl_hint"] = ""
    S["tl_clock"] = S.get("tl_clock", Clock()).rest()
    for name in [key for key in S if str(key).startswith("tl_w_")]:
        del S[name]
    adopt(view)


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


def adopt(view: View) -> None:
    """Have the stage take over the place as it is now."""
    S = view.session
    S["tl_nonce"] = S.get("tl_nonce", 0) + 1
    said = {name: S["tl"][name] for name in ("t", "unit", "mode")}
    names = {"place": S["tl"]["model"] - 1, "signal": S["tl"]["open"], "speed": int(S["tl"]["speed"])}
    S["tl_adopted"] = said | names | {"nonce": S["tl_nonce"]}


def settled(view: View) -> None:
    """Keep the place on the stage that the reader has settled on; what it should not say falls back."""
    S = view.session
    said = S["tl_stage"]["view"]
    opened = said.get("signal") if said.get("signal") in LIBRARY[cell(S["tl"])].signals else ""
    known = {name: str(said.get(name)) for name in ("t", "unit", "mode", "speed")}
    model = str(int(bool(said.get("place"))) + 1)
    choices = {name: PLACE[name] for name in ("t", "unit", "mode", "speed", "open", "model")}
    found, _ = address.read(known | {"open": opened, "model": model}, choices)
    S["tl"] |= found
    remember(view)


def moved(view: View) -> None:
    """Keep the moment of learning that the reader has chosen."""
    S = view.session
    said = S["tl_curves"]["view"]
    at = said.get("at") if isinstance(said, dict) else None
    found, _ = address.read({"at": NEWEST if at is None else str(at)}, {"at": PLACE["at"]})
    S["tl"] |= found
    S["tl_moved"] = True
    remember(view)


def returned(view: View) -> None:
    """The reader went back or forth in the browser: take the address as it is now."""
    begin(view, visit.returned(view.session["tl_stage"]["address"], LONGEST))
    view.session["tl_came_back"] = True


def remember(view: View) -> None:
    """Write the whole view into the address."""
    wanted = address.write(view.session["tl"], ALL)
    visit.remember(view.session, view.params, NAME, wanted)
