"""Pack pictures into bytes for the browser: head and arrays as in stage/pack.py."""

from typing import NamedTuple

import numpy as np

from lstm_viz.stage.curves.pack import DASHES, INKS
from lstm_viz.stage.pack import to_bytes


class Walker(NamedTuple):
    """One walk through a maze: whose, after how much learning, where the goal is, what was seen and done.

    `places` (T,) are the steps from the sign, `seen` and `done` (T,) are names, `chances` (T,) those of what
    was done. `ended` is how it ended, in words.
    """

    title: str
    note: str
    length: int
    north: bool
    places: tuple[int, ...]
    seen: tuple[str, ...]
    done: tuple[str, ...]
    chances: tuple[float, ...]
    won: bool
    ended: str


def pack_playback(
    target: np.ndarray, outputs: list[np.ndarray | None], titles: list[str], free: int, beyond: int, says: str
) -> bytes:
    """The bytes of a free run: the target (T,), what networks said, None for one that cannot speak yet.

    From the step `free` on they read what they said themselves, from `beyond` on nobody was ever fitted.
    """
    runs = [
        {"title": title, "ink": INKS[k], "dash": DASHES[k]}
        for k, (title, output) in enumerate(zip(titles, outputs, strict=True))
        if output is not None
    ]
    lines = [output for output in outputs if output is not None]
    head = {"kind": "freerun", "free": free, "beyond": beyond, "says": says, "runs": runs, "fine": 1}
    return to_bytes(head, {"target": target} | {f"{k}/y": line for k, line in enumerate(lines)})


def pack_walks(walkers: list[Walker]) -> bytes:
    """The bytes of walks, one below the other."""
    told = [w._asdict() | {"chances": None} for w in walkers]
    arrays = {f"{k}/chances": np.array(w.chances) for k, w in enumerate(walkers)}
    return to_bytes({"kind": "maze", "walkers": told, "fine": 1}, arrays)
