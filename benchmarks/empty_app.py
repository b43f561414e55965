"""An app that does nothing but rerun: the floor that Streamlit itself sets."""

import streamlit as st

kind = st.radio("kind", ["all", "some"])
st.text(f"shows {kind}")
