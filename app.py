"""The router: the pages in order, and what they share."""

import os

import streamlit as st

# Before NumPy loads: at these sizes a second thread gains nothing and costs much when cores are shared.
for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

st.set_page_config(page_title="LSTM Explorer", page_icon="🧠", layout="wide")
pages = [
    st.Page("lstm_viz/pages/explorer.py", title="Explorer", default=True),
    st.Page("lessons/page.py", title="Lessons", url_path="lessons"),
    st.Page("lstm_viz/pages/training/page.py", title="Training", url_path="training"),
    st.Page("lstm_viz/pages/gradients/page.py", title="Gradients", url_path="gradients"),
    st.Page("lstm_viz/pages/teacherless/page.py", title="Without a teacher", url_path="teacherless"),
    st.Page("lstm_viz/pages/variants.py", title="Variants", url_path="variants"),
    st.Page("lstm_viz/pages/ctc.py", title="CTC", url_path="ctc"),
    st.Page("lstm_viz/pages/papers.py", title="Papers", url_path="papers"),
]
page = st.navigation(pages, position="top")
# Where the window is too narrow for the header's own links (style.py).
with st.container(key="pages", horizontal=True):
    for other in pages:
        st.page_link(other)
page.run()
