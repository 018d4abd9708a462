"""Mount the browser's memory on a page: nothing to be seen."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle

HERE = Path(__file__).parent


@cache
def _component():
    return bundle("lstm_memory", "<span></span>", [HERE / "memory.js"], [])


def memory(text: str | None, key: str, place: str, aside: bool = False) -> str | None:
    """Have the browser keep a text (none: leave what it has); what it was found to keep, None until it says.

    It says so at first, and again when another tab has kept something else, before that is written over.
    With `aside` what it keeps is laid aside first; at another `place` than before the page begins at its top.
    What it says comes from outside and has to be checked.
    """
    data = {"text": text, "aside": aside, "place": place}
    said = _component()(
        key=key, data=data, default={"kept": None}, on_kept_change=lambda: None, height="content"
    )
    return said.kept if isinstance(said.kept, str) else None
