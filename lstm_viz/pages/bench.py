"""The view of a page whose runs are live: every choice and the place on its stage, in session and address.

The session holds every choice by name under the page's own prefix, and with this in front `_good` (those of
the last runs that could be made), `_notes` (what was wrong with the address), `_hint` (words until a choice
of the reader's own), `_clock` (how far its runs are). `page` and `addresses` are the other pages' too.
"""

from collections.abc import Callable, MutableMapping
from typing import NamedTuple

from lstm_viz.library import LIBRARY
from lstm_viz.pages import address, visit
from lstm_viz.pages.arrival import MOST_NOTES
from lstm_viz.pages.training.choices import NEWEST
from lstm_viz.pages.training.clock import Clock
from lstm_viz.tasks.task import quote

PLACED = ("t", "unit", "mode", "speed")


class Bench(NamedTuple):
    """What a page with live runs is: its name, its prefix in the session, its choices.

    An address longer than `longest` is none of its own. `misfits` are values -> what does not fit the rest,
    with what to show in its place; `standing` values -> the cells on its stage.
    """

    page: str
    prefix: str
    choices: dict[str, address.Choice]
    longest: int
    misfits: Callable[[dict], dict]
    standing: Callable[[dict], list[str]]


class View(NamedTuple):
    """A page, the session and the address."""

    bench: Bench
    session: MutableMapping
    params: MutableMapping

    def named(self, name: str) -> str:
        """The page's own name in the session."""
        return f"{self.bench.prefix}_{name}"

    @property
    def values(self) -> dict:
        """Every choice by name."""
        return self.session[self.bench.prefix]


def enter(view: View) -> None:
    """On the first run of the page, and whenever it follows another: its address, or where it was left."""
    given = visit.arrived(view.session, view.params, view.bench.page)
    if given is not None:
        begin(view, given)


def begin(view: View, params: dict[str, str]) -> None:
    """Take every choice from an address; a run that was under way rests."""
    S, named = view.session, view.named
    values, notes = address.read(params, view.bench.choices)
    for name, fallback in view.bench.misfits(values).items():
        if name in params:
            notes.append(
                f"{name} = {quote(str(values[name]))} does not fit the other choices; it is left out."
            )
        values[name] = fallback
    S[view.bench.prefix], S[named("good")], S[named("notes")] = values, None, notes[:MOST_NOTES]
    S[named("hint")], S[named("upload_problem")], S[named("arrived")] = (), "", True
    S[named("clock")] = S.get(named("clock"), Clock()).rest()
    for name in [key for key in S if str(key).startswith(named("w_"))]:
        del S[name]
    adopt(view)


def adopt(view: View) -> None:
    """Have the stage take over the place as it is now."""
    S, values = view.session, view.values
    S[view.named("nonce")] = S.get(view.named("nonce"), 0) + 1
    said = {name: values[name] for name in ("t", "unit", "mode")}
    names = {"place": values["model"] - 1, "signal": values["open"], "speed": int(values["speed"])}
    S[view.named("adopted")] = said | names | {"nonce": S[view.named("nonce")]}


def settled(view: View) -> None:
    """Keep the place on the stage that the reader has settled on; what it should not say falls back."""
    said = view.session[view.named("stage")]["view"]
    # On the stage are the last runs that could be made, whatever the choices say now.
    cells = view.bench.standing(view.values | (view.session[view.named("good")] or {}))
    place = min(int(bool(said.get("place"))), len(cells) - 1)
    opened = said.get("signal") if said.get("signal") in LIBRARY[cells[place]].signals else ""
    known = {name: str(said.get(name)) for name in PLACED} | {"open": opened, "model": str(place + 1)}
    keep(view, known)


def moved(view: View) -> None:
    """Keep the moment of training that the reader has chosen."""
    said = view.session[view.named("curves")]["view"]
    at = said.get("at") if isinstance(said, dict) else None
    keep(view, {"at": NEWEST if at is None else str(at)})
    view.session[view.named("moved")] = True


def keep(view: View, said: dict[str, str]) -> None:
    """Take over what the browser says of some choices; what it should not say falls back."""
    found, _ = address.read(said, {name: view.bench.choices[name] for name in said})
    view.session[view.bench.prefix] |= found
    remember(view)


def returned(view: View) -> None:
    """The reader went back or forth in the browser: take the address as it is now."""
    begin(view, visit.returned(view.session[view.named("stage")]["address"], view.bench.longest))
    view.session[view.named("came_back")] = True


def remember(view: View) -> None:
    """Write the whole view into the address."""
    wanted = address.write(view.values, view.bench.choices)
    visit.remember(view.session, view.params, view.bench.page, wanted)
