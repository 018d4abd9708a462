"""The pages: the only modules, with the stage and the lessons, that know Streamlit."""
