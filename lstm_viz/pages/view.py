"""What the pages with a stage share: choices and the place on the stage, kept in the session and the address.

A page's address is its whole view. The session holds the page that is shown: `values` (the choices), `view`
(the place), `notes` (what was wrong with the address), `good` (the last choices that could be shown).
"""

from collections.abc import MutableMapping
from functools import partial
from typing import NamedTuple

import streamlit as st

from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.pages import address, visit
from lstm_viz.pages.arrival import arrive
from lstm_viz.pages.choices import MODEL, VIEW
from lstm_viz.pages.controls import plain
from lstm_viz.pages.scene import Scene, scene
from lstm_viz.stage import pack, stage

LONGEST = 8000  # characters of an address that are looked at


class Page(NamedTuple):
    """A page with a stage: its name, the session, the address.

    `defaults` are the choices, as in an address, that are not the Explorer's. `firm` are those that an
    earlier run must share to stay on the stage when the present choices cannot be shown.
    """

    name: str
    session: MutableMapping
    params: MutableMapping
    defaults: dict[str, str] = {}
    firm: tuple[str, ...] = ("task",)

    @property
    def choices(self) -> dict[str, address.Choice]:
        """Every choice and place with this page's default."""
        own = {
            name: MODEL[name]._replace(default=MODEL[name].read(text)) for name, text in self.defaults.items()
        }
        return MODEL | own | VIEW


def enter(page: Page) -> None:
    """On the first run of the page, and whenever it follows another: its address, or where it was left."""
    given = visit.arrived(page.session, page.params, page.name)
    if given is not None:
        begin(page, given)


def begin(page: Page, params: dict[str, str]) -> None:
    """Take every choice from an address."""
    S = page.session
    S["values"], S["view"], S["notes"] = arrive(params, page.choices)
    S["good"] = dict.fromkeys(page.firm)
    S["hint"] = ""
    for name in (*MODEL, "marks", "trained_hidden"):
        S.pop(name, None)
    adopt(page)


def adopt(page: Page) -> None:
    """Have the stage take over the view as it is now."""
    S = page.session
    S["nonce"] = S.get("nonce", 0) + 1
    view = S["view"]
    names = {"place": view["model"] - 1, "signal": view["open"], "speed": int(view["speed"])}
    S["adopted"] = view | names | {"nonce": S["nonce"]}


def playable(page: Page, values: dict, problem) -> tuple[Scene, dict] | None:
    """The scene of the choices; where there is none, a sentence in `problem` and the last good one if any."""
    S = page.session
    try:
        shown = scene(values)
    except LearnerError as error:
        problem.info(plain(str(error)))
        remember(page)
        if any(S["good"][name] != values[name] for name in page.firm):
            adopt(page)
            return None
        # What cannot be shown takes nothing away: the last good input stays.
        values = S["good"]
        shown = scene(values)
    S["good"] = values
    return shown, values


def show(page: Page, shown: Scene, values: dict) -> None:
    """The scene on the stage, and the view in the address."""
    data = pack(shown.task, shown.batch, shown.runs, page.session["adopted"], repr(values))
    _mounted(data, page)
    remember(page)


@st.fragment
def _mounted(data: bytes, page: Page) -> None:
    """The stage; settling on a step reruns this alone, the browser's way back the whole page."""
    if page.session.pop("came_back", False):
        st.rerun()
    stage(data, "stage", partial(settled, page), partial(returned, page))


def settled(page: Page) -> None:
    """Keep the view that the reader has settled on, in the session and in the address."""
    S = page.session
    view = S["stage"]["view"]
    model = LIBRARY.get(S["values"]["right" if view.get("place") else "left"])
    known = {name: str(view.get(name)) for name in ("t", "unit", "mode", "speed")}
    opened = view.get("signal") if view.get("signal") in model.signals else ""
    place = str(int(bool(view.get("place"))) + 1)
    S["view"], _ = address.read(known | {"open": opened, "model": place}, VIEW)
    remember(page)


def returned(page: Page) -> None:
    """The reader went back or forth in the browser: take the address as it is now."""
    begin(page, visit.returned(page.session["stage"]["address"], LONGEST))
    page.session["came_back"] = True


def remember(page: Page) -> None:
    """Write the whole view into the address."""
    S = page.session
    wanted = address.write(S["values"] | S["view"], page.choices)
    visit.remember(page.session, page.params, page.name, wanted)
