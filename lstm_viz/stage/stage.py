"""Mount the stage on a page."""

from functools import cache
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
SCRIPTS = ("codec", "colour", "svg", "cell", "chain", "timeline", "detail", "transport", "legend", "stage")


@cache
def _component():
    """One module for the browser: the scripts in order of use, so that no build step is needed."""
    js = "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    css = (HERE / "stage.css").read_text("utf-8")
    return st.components.v2.component(
        "lstm_stage", html='<div class="stage" tabindex="-1"></div>', css=css, js=js
    )


def stage(data: bytes, key: str, on_view):
    """The stage with the bytes of `pack`; `on_view` is called after the reader has settled on a step."""
    return _component()(key=key, data=data, default={"view": None}, on_view_change=on_view, height="content")
