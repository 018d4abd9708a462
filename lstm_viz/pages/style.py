"""What all pages look like beyond the theme: a low header, narrow margins, controls that wrap on a phone."""

import streamlit as st

STYLE = """<style>
.stAppHeader { height: 2.4rem; min-height: 2.4rem; pointer-events: none; }
.st-key-pages { display: none; }
.stAppHeader * { pointer-events: none; }
.stAppHeader button, .stAppHeader button *, .stAppHeader a, .stAppHeader a * { pointer-events: auto; }
.stMainBlockContainer { padding: 2rem 1.4rem 1rem; max-width: none; }
[data-testid="stButtonGroup"] button { min-height: 2.5rem; }
.st-key-top { padding-right: 2.6rem; }
.stMainBlockContainer [data-testid="stVerticalBlock"] { gap: .5rem; }
@media (max-width: 1000px) {
  .st-key-controls [data-testid="stColumn"] { min-width: 30%; flex: 1 1 30%; }
}
@media (max-width: 640px) {
  .st-key-pages { display: flex; }
  [data-testid="stExpandSidebarButton"] { display: none; }
  .stMainBlockContainer { padding: 2.6rem .6rem 1rem; }
  .st-key-top [data-testid="stColumn"] { min-width: 30%; flex: 1 1 30%; }
  .st-key-top [data-testid="stColumn"]:first-child { min-width: 80%; }
  .st-key-top button { padding: .3rem; }
  .st-key-top button * { white-space: normal; line-height: 1.15; }
  .st-key-controls [data-testid="stColumn"] { min-width: 44%; flex: 1 1 44%; }
  .st-key-lab_run [data-testid="stColumn"] { min-width: 44%; flex: 1 1 44%; }
  .st-key-lab_run [data-testid="stColumn"]:last-child { min-width: 90%; }
  .st-key-lab_controls [data-testid="stColumn"] { min-width: 44%; flex: 1 1 44%; }
  .st-key-lab_controls [data-testid="stColumn"]:nth-child(-n+2) { min-width: 90%; }
}
</style>"""


def style() -> None:
    """Put the pages' own style on this page."""
    st.html(STYLE)
