"""The view of the CTC page: the line and the place on its stage, kept in the session and the address.

The session holds `ctc`, every choice by name; `ctc_good`, the last line that could be read; `ctc_notes`, what
was wrong with the address. `page` and `addresses` are shared with the other pages.
"""

from collections.abc import MutableMapping
from typing import NamedTuple

from lstm_viz.pages import address, visit
from lstm_viz.pages.address import one_of, text, whole
from lstm_viz.tasks.strokes import LETTERS, MAX_LETTERS, read_word

NAME = "ctc"
LONGEST = 2000  # characters of an address that are looked at
MAX_FRAMES = 100
LINE, WORD = 1, 2  # the streams of random numbers of one seed
TYPED = ("word", "seed", "label")
ALLOWED = f"words of 1 to {MAX_LETTERS} of the letters {', '.join(LETTERS)}"


class View(NamedTuple):
    """The session, the address, and every choice with its default."""

    session: MutableMapping
    params: MutableMapping
    choices: dict[str, address.Choice]


def choices(steps: list[int]) -> dict[str, address.Choice]:
    """What can be chosen: the line, how far training was (one of `steps`), and the place on the stage."""
    return {
        "word": text("noon", read_word, ALLOWED),
        "seed": whole(1, 0, 9999),
        "label": text("", read_word, ALLOWED),
        "updates": one_of(str(steps[-1]), *map(str, steps)),
        "t": whole(10, 1, MAX_FRAMES),
        "collapse": one_of("3", "1", "2", "3"),
        "table": one_of("both", "both", "alpha", "beta"),
        "state": whole(0, 0, 2 * MAX_LETTERS + 1),
    }


def enter(view: View) -> None:
    """On the first run of the page, and whenever it follows another: its address, or where it was left."""
    given = visit.arrived(view.session, view.params, NAME)
    if given is not None:
        begin(view, given)


def begin(view: View, params: dict[str, str]) -> None:
    """Take every choice from an address, and have the stage adopt the place in it."""
    S = view.session
    values, S["ctc_notes"] = address.read(params, view.choices)
    S["ctc"], S["ctc_good"] = values, {name: values[name] for name in TYPED}
    for name in TYPED:
        S.pop(f"ctc_{name}", None)
    S["ctc_nonce"] = S.get("ctc_nonce", 0) + 1
    numbers = {name: int(values[name]) for name in ("updates", "collapse")}
    place = {name: values[name] for name in ("t", "table", "state")}
    S["ctc_adopted"] = place | numbers | {"nonce": S["ctc_nonce"]}


def settled(view: View) -> None:
    """Keep the place that the reader has settled on; what it should not say falls back."""
    said = view.session["ctc_stage"]["view"]
    names = [name for name in view.choices if name not in TYPED]
    values, _ = address.read({name: str(said.get(name)) for name in names}, view.choices)
    view.session["ctc"] |= {name: values[name] for name in names}
    remember(view)


def returned(view: View) -> None:
    """The reader went back or forth in the browser: take the address as it is now."""
    begin(view, visit.returned(view.session["ctc_stage"]["address"], LONGEST))
    view.session["ctc_came_back"] = True


def remember(view: View) -> None:
    """Write the whole view into the address."""
    S = view.session
    wanted = address.write(S["ctc"], view.choices)
    visit.remember(view.session, view.params, NAME, wanted)
