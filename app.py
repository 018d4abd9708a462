"""The router: the pages in order, and what they share."""

import os

# Before NumPy loads: at these sizes a second thread gains nothing and costs much when cores are shared.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import streamlit as st

st.set_page_config(page_title="LSTM Explorer", page_icon="🧠", layout="wide")
pages = [st.Page("lstm_viz/pages/explorer.py", title="Explorer", default=True)]
st.navigation(pages, position="top").run()
