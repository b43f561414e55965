"""A page that counts its runs in a cache of Streamlit, which a message of a browser could empty."""

import streamlit as st


@st.cache_resource
def _runs() -> list[int]:
    return [0]


_runs()[0] += 1
st.text(f"run {_runs()[0]}")
