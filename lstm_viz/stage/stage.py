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
