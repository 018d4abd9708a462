"""Mount a picture on a page."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle

HERE = Path(__file__).parent
SHARED = ("codec", "svg")
OWN = ("freerun", "maze", "main")


@cache
def _component():
    scripts = [*(HERE.parent / f"{name}.js" for name in SHARED), *(HERE / f"{name}.js" for name in OWN)]
    styles = [HERE.parent / "card.css", HERE / "pictures.css"]
    return bundle("lstm_pictures", '<div class="card picture"></div>', scripts, styles)


def pictures(data: bytes, key: str):
    """A picture with the bytes of `pack_playback` or `pack_walks`; it says nothing back."""
    return _component()(key=key, data=data, height="content")
