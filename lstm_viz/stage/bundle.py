"""Scripts and styles as a component of a page: one module for the browser, without a build step."""

from collections.abc import Callable, Iterable
from pathlib import Path

import streamlit as st


def bundle(name: str, html: str, scripts: Iterable[Path], styles: Iterable[Path]) -> Callable:
    """The component of that name: its root as HTML, its scripts in order of use, its styles."""
    js, css = ("\n".join(file.read_text("utf-8") for file in files) for files in (scripts, styles))
    return st.components.v2.component(name, html=html, css=css, js=js)
