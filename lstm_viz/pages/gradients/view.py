"""The lab's choices, kept in the session and in the address.

The session holds `gl` (every choice by name), `gl_notes` (what was wrong with the address) and `gl_nonce`
(how often the stage was given a place).
"""

from collections.abc import MutableMapping

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.pages import address, visit
from lstm_viz.pages.arrival import MOST_NOTES
from lstm_viz.pages.gradients.choices import CHOICES, OF_POWERS, OWN, PRESETS, STARTS
from lstm_viz.tasks.task import quote

PAGE, LONGEST = "gradients", 2000


def enter(session: MutableMapping, params: MutableMapping) -> None:
    """On the first run of the page, and whenever it follows another: its address, or where it was left."""
    given = visit.arrived(session, params, PAGE)
    if given is not None:
        begin(session, given)


def begin(session: MutableMapping, params: dict[str, str]) -> None:
    """Take every choice from an address."""
    values, notes = address.read(params, CHOICES)
    values = preset(values, {name for name in OF_POWERS if name in params})
    values |= {name: at for name, at in STARTS[values["land"]].items() if name not in params}
    for name, fallback in misfits(values).items():
        if name in params:
            notes.append(f"{name} = {quote(str(values[name]))} does not fit the cell; shown is {fallback}.")
        values[name] = fallback
    session["gl"], session["gl_notes"] = values, notes[:MOST_NOTES]
    session["gl_nonce"] = session.get("gl_nonce", 0) + 1
    for name in [key for key in session if str(key).startswith("gl_w_")]:
        del session[name]


def preset(values: dict, given: set[str]) -> dict:
    """The choices with those of the preset, but for what was given beside it: then it is one's own."""
    if values["preset"] == OWN:
        return values
    whole = {name: CHOICES[name].default for name in OF_POWERS} | PRESETS[values["preset"]].values
    merged = values | {name: value for name, value in whole.items() if name not in given}
    same = all(merged[name] == value for name, value in whole.items())
    return merged | ({} if same else {"preset": OWN})


def take(session: MutableMapping, name: str) -> None:
    """Set the matrix and its net to a preset; the other views keep what they have."""
    session["gl"], session["gl_notes"] = preset(session["gl"] | {"preset": name}, set()), []
    for its in OF_POWERS:
        session.pop(f"gl_w_{its}", None)


def misfits(values: dict) -> dict:
    """What does not fit the cell whose gradient is checked, with what to show in its place."""
    cell, wrong = parse(LIBRARY[values["cell"]].equations), {}
    if values["param"] not in cell.params:
        wrong["param"] = "U_f" if "U_f" in cell.params else cell.params[0]
    return wrong


def remember(session: MutableMapping, params: MutableMapping) -> None:
    """Write every choice into the address; a preset stands for its own."""
    values = session["gl"]
    hidden = () if values["preset"] == OWN else OF_POWERS
    wanted = address.write({n: v for n, v in values.items() if n not in hidden}, CHOICES)
    # All digits: what rests on a counterexample's fixed point leaves it by a millionth.
    exact = {n: repr(values[n]).removesuffix(".0") for n in wanted if isinstance(values[n], float)}
    visit.remember(session, params, PAGE, wanted | exact)
