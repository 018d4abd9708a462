"""The stage of a lesson: the scene of an Explorer's address, on which the symbols of the text light up."""

from functools import partial
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from lessons import Lesson
from lstm_viz.pages.arrival import arrive
from lstm_viz.pages.scene import scene
from lstm_viz.stage import pack, stage


def stage_of(lesson: Lesson) -> None:
    """Put the lesson's stage on the page."""
    st.caption(
        "Point at a symbol above, or tap it: it lights up here, and a click opens its numbers at this step. "
        "The arrow keys step through time."
    )
    st.fragment(partial(_staged, lesson.name, lesson.parts.STAGE))()
    link = f".{lesson.parts.STAGE}"
    st.markdown(f"[Open this in the Explorer]({link})")


def _staged(name: str, address: str) -> None:
    stage(packed(name, address), f"stage_{name}", lambda: None, lambda: None)


@st.cache_data(max_entries=30, show_spinner=False)
def packed(name: str, address: str) -> bytes:
    """The bytes of the stage at an address of the Explorer."""
    values, view, notes = arrive(dict(parse_qsl(urlsplit(address).query)))
    assert not notes, notes
    shown = scene(values)
    names = {"place": view["model"] - 1, "signal": view["open"], "speed": int(view["speed"]), "nonce": 1}
    return pack(shown.task, shown.batch, shown.runs, view | names, name)
