"""Mount a picture on a page."""

from functools import cache
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
SHARED = ("codec", "svg")
OWN = ("freerun", "maze", "main")


@cache
def _component():
    """One module for the browser: the stage's own helpers, then these scripts in order of use."""
    files = [*(HERE.parent / f"{name}.js" for name in SHARED), *(HERE / f"{name}.js" for name in OWN)]
    js = "\n".join(file.read_text("utf-8") for file in files)
    css = (HERE / "pictures.css").read_text("utf-8")
    return st.components.v2.component("lstm_pictures", html='<div class="picture"></div>', css=css, js=js)


def pictures(data: bytes, key: str):
    """A picture with the bytes of `pack_playback` or `pack_walks`; it says nothing back."""
    return _component()(key=key, data=data, height="content")
