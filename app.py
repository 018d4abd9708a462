"""The router: the pages in order, and what they share."""

import streamlit as st

st.set_page_config(page_title="LSTM Explorer", page_icon="🧠", layout="wide")
pages = [st.Page("lstm_viz/pages/explorer.py", title="Explorer", default=True)]
st.navigation(pages, position="top").run()
