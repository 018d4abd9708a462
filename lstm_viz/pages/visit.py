"""Coming to a page and leaving it: each page's own address outlives a visit to another, and the way back.

The session holds `page`, the page that is shown, and `addresses`, the last one of each page.
"""

from collections.abc import MutableMapping
from urllib.parse import parse_qsl


def arrived(session: MutableMapping, params: MutableMapping, page: str) -> dict[str, str] | None:
    """What a page that follows another begins from: its address, or where it was left; otherwise None."""
    if session.get("page") == page:
        return None
    session["page"], known = page, dict(session.get("addresses", {}))
    left = known.pop(page, {})
    # The address went with the page before: it is to be written anew.
    session["addresses"] = known
    return dict(params) or left


def remember(session: MutableMapping, params: MutableMapping, page: str, wanted: dict[str, str]) -> None:
    """Write a view into the address, once: an address that the reader went back to stays."""
    known = session.get("addresses", {})
    if wanted != known.get(page):
        params.from_dict(wanted)
    session["addresses"] = known | {page: wanted}


def returned(said: object, longest: int) -> dict[str, str]:
    """The choices in an address that the browser reports after its own way back or forth."""
    query = str(said).partition("#")[0].removeprefix("?")
    # Longer than any address of the page: not one of its own.
    return dict(parse_qsl(query)) if len(query) <= longest else {}
