"""Mount a cell's equations on a page."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle
from lstm_viz.stage.walk.pack import pack

HERE = Path(__file__).parent


@cache
def _component():
    scripts = [HERE.parent / "svg.js", HERE / "walk.js"]
    return bundle(
        "lstm_walk", '<div class="card walk"></div>', scripts, [HERE.parent / "card.css", HERE / "walk.css"]
    )


def walk(name: str, key: str) -> None:
    """The equations of a cell of the library; a stage on the same page lights up what is pointed at."""
    _component()(key=key, data=pack(name), height="content")
