"""Mount the curves on a page."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle

HERE = Path(__file__).parent
SHARED = ("codec", "svg")
OWN = ("axes", "panel", "runs", "moment", "main")


@cache
def _component():
    scripts = [*(HERE.parent / f"{name}.js" for name in SHARED), *(HERE / f"{name}.js" for name in OWN)]
    styles = [HERE.parent / "card.css", HERE / "curves.css"]
    return bundle("lstm_curves", '<div class="card curves"></div>', scripts, styles)


def curves(data: bytes, key: str, on_view):
    """The curves with the bytes of `pack_curves`.

    `on_view` is called when the reader has chosen another moment of training: the component's state then
    has "view", {"at": a number of updates, or none for the newest}.
    """
    return _component()(key=key, data=data, default={"view": None}, on_view_change=on_view, height="content")
