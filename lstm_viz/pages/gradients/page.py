"""The Gradient lab: why gradients vanish and explode, in six views of which one is computed."""

import streamlit as st

from lstm_viz.errors import LearnerError
from lstm_viz.pages.controls import plain
from lstm_viz.pages.gradients import (
    check_view,
    paths_view,
    powers_view,
    profiles_view,
    truncated_view,
    wall_view,
)
from lstm_viz.pages.gradients.choices import CHECK, PATHS, POWERS, PROFILES, TRUNCATED, VIEWS, WALL
from lstm_viz.pages.gradients.controls import key, returned, seed
from lstm_viz.pages.gradients.view import enter, remember
from lstm_viz.pages.style import style
from lstm_viz.stage.back import back

S = st.session_state
SHOW = {
    POWERS: powers_view.show,
    PROFILES: profiles_view.show,
    PATHS: paths_view.show,
    WALL: wall_view.show,
    TRUNCATED: truncated_view.show,
    CHECK: check_view.show,
}

# The words at the axes in the page's own colour, to be read from afar, and at once when the theme changes.
LOOK = """<style>
.js-plotly-plot :is(.xtick, .ytick, .g-xtitle, .g-ytitle, .cbaxis, .cbtitle) text {
  fill: currentColor !important;
}
</style>"""


def page() -> None:
    """The address once; then the choice of a view, and that view."""
    style()
    st.html(LOOK)
    enter(S, st.query_params)
    title, views = st.container(key="top").columns([1, 3.4], vertical_alignment="center")
    title.markdown("#### Gradient lab")
    seed("view")
    chosen = views.segmented_control(
        "View",
        list(VIEWS),
        key=key("view"),
        format_func=VIEWS.get,
        required=True,
        label_visibility="collapsed",
        on_change=left,
    )
    S.gl = S.gl | {"view": chosen}
    st.caption("How a gradient fades or explodes on its way back through time, and why.")
    if S.gl_notes:
        st.warning(plain("\n".join(S.gl_notes)).replace("\n", "  \n"))
    # The stage below the paths hears of the browser's way back itself, where it is shown.
    heard = chosen == PATHS
    try:
        SHOW[chosen]()
    except LearnerError as error:
        heard = False
        st.info(plain(str(error)))
    if not heard:
        back("gl_back", lambda: returned("gl_back"))
    remember(S, st.query_params)


def left() -> None:
    """The reader has chosen another view: the notes have done their work."""
    S.gl_notes = []


page()
