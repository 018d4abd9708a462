"""What a lesson looks like beyond the other pages: a column to read in, marks that explain themselves."""

from functools import cache
from pathlib import Path

import streamlit as st

GROUND = {False: ("#ffffff", "#1a2233"), True: ("#1d2433", "#eef2f8")}


def style() -> None:
    """Put the lessons' own style on the page, light or dark."""
    ground, ink = GROUND[st.context.theme.type == "dark"]
    st.html(f"<style>{_rules()}:root{{--lesson-ground:{ground};--lesson-ink:{ink}}}</style>")


@cache
def _rules() -> str:
    return Path(__file__).with_name("style.css").read_text("utf-8")
