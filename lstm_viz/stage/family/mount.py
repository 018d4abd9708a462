"""Mount the tree and the comparison on a page."""

from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle

HERE = Path(__file__).parent


@cache
def _component(name: str):
    """The component of this name, on the stage's own helpers."""
    scripts = [HERE.parent / "svg.js", HERE / f"{name}.js"]
    styles = [HERE / f"{part}.css" for part in ("shared", name)]
    return bundle(f"lstm_{name}", f'<div class="{name}"></div>', scripts, styles)


def tree(data: dict, key: str, on_pick):
    """The tree of `pack_tree`; `on_pick` is called when the reader has picked a member for a side.

    The pick stands in the component's state: its side, its name, and a number that makes two picks two.
    """
    return _component("tree")(
        key=key, data=data, default={"pick": None}, on_pick_change=on_pick, height="content"
    )


def comparison(data: dict, key: str):
    """The lines of `pack_comparison` side by side."""
    return _component("comparison")(key=key, data=data, height="content")
