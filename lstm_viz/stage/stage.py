"""Mount the stage on a page."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle

HERE = Path(__file__).parent
SCRIPTS = ("codec", "colour", "svg", "cell", "chain", "timeline", "detail", "transport", "legend", "stage")


@cache
def _component():
    scripts = [HERE / f"{name}.js" for name in SCRIPTS]
    return bundle("lstm_stage", '<div class="stage" tabindex="-1"></div>', scripts, [HERE / "stage.css"])


def stage(data: bytes, key: str, on_view, on_address):
    """The stage with the bytes of `pack`.

    `on_view` is called after the reader has settled on a step, `on_address` after the browser's own way
    back or forth, with the new address in the component's state.
    """
    start = {"view": None, "address": ""}
    return _component()(
        key=key,
        data=data,
        default=start,
        on_view_change=on_view,
        on_address_change=on_address,
        height="content",
    )
