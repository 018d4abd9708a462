"""Listen for the browser's own way back and forth on a page: nothing to be seen."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle

HERE = Path(__file__).parent


@cache
def _component():
    return bundle("lstm_back", "<span></span>", [HERE / "back.js"], [])


def back(key: str, on_address) -> None:
    """`on_address` is called after it, with the new address in the component's state."""
    _component()(key=key, data={}, default={"address": ""}, on_address_change=on_address, height="content")
