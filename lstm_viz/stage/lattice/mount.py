"""Mount the lattice's stage on a page."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle

HERE = Path(__file__).parent
SHARED = ("codec", "colour", "svg")
OWN = ("rows", "training", "line", "chances", "path", "trellis", "numbers", "main")


@cache
def _component():
    scripts = [*(HERE.parent / f"{name}.js" for name in SHARED), *(HERE / f"{name}.js" for name in OWN)]
    return bundle("ctc_lattice", '<div class="stage" tabindex="-1"></div>', scripts, [HERE / "lattice.css"])


def lattice_stage(data: bytes, key: str, on_view, on_address):
    """The stage with the bytes of `pack_reading`.

    `on_view` is called after the reader has settled on a view, `on_address` after the browser's own way back
    or forth, with the new address in the component's state.
    """
    return _component()(
        key=key,
        data=data,
        default={"view": None, "address": ""},
        on_view_change=on_view,
        on_address_change=on_address,
        height="content",
    )
