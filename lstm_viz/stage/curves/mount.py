"""Mount the curves on a page."""

from functools import cache
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
SHARED = ("codec", "svg")
OWN = ("axes", "panel", "runs", "moment", "main")


@cache
def _component():
    """One module for the browser: the stage's own helpers, then these scripts in order of use."""
    files = [*(HERE.parent / f"{name}.js" for name in SHARED), *(HERE / f"{name}.js" for name in OWN)]
    js = "\n".join(file.read_text("utf-8") for file in files)
    css = (HERE / "curves.css").read_text("utf-8")
    return st.components.v2.component("lstm_curves", html='<div class="curves"></div>', css=css, js=js)


def curves(data: bytes, key: str, on_view):
    """The curves with the bytes of `pack_curves`.

    `on_view` is called when the reader has chosen another moment of training: the component's state then
    has "view", {"at": a number of updates, or none for the newest}.
    """
    return _component()(key=key, data=data, default={"view": None}, on_view_change=on_view, height="content")
