"""Mount the browser's memory on a page: nothing to be seen."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle

HERE = Path(__file__).parent


@cache
def _component():
    return bundle("lstm_memory", "<span></span>", [HERE / "memory.js"], [])


def memory(text: str | None, key: str) -> str | None:
    """Have the browser keep a text (none: leave what it has); what it had kept before, None until it says so.

    That comes from outside: whoever uses it checks it first.
    """
    said = _component()(
        key=key, data={"text": text}, default={"kept": None}, on_kept_change=lambda: None, height="content"
    )
    return said.kept if isinstance(said.kept, str) else None
