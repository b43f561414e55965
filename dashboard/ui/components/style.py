"""The style sheets of the page, its language and its writing direction."""

import streamlit as st

from dashboard.language.language import current
from dashboard.static_files import style_sheet

_SHEETS = ("palette.css", "page.css", "evidence.css", "mentions.css")
# Streamlit has no option for the writing direction of its pages.
_direction = st.components.v2.component(
    "event_map_direction",
    html="",
    # Streamlit would call a value that this returned as the component's cleanup.
    js="export default ({ data }) => { Object.assign(document.documentElement, data); };",
)


def apply_style() -> None:
    """Add the style sheets, and set the page's language and writing direction."""
    st.html(f"<style>{style_sheet(*_SHEETS)}</style>")
    language = current()
    with st.container(key="direction"):
        _direction(key="page_direction", data={"dir": language.direction, "lang": language.code})
