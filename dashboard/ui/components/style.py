"""The style sheets of the page, its language, writing direction and theme."""

import streamlit as st

from dashboard.language.language import ENGLISH, current
from dashboard.language.messages import _
from dashboard.static_files import FRONTEND, bundle, style_sheet

_SHEETS = ("palette.css", "page.css", "evidence.css", "mentions.css")
# Streamlit has no option for the writing direction of its pages.
_direction = st.components.v2.component(
    "event_map_direction",
    html="",
    js=bundle(FRONTEND / "appearance" / "page_root.js"),
)


def apply_style() -> None:
    """Add the style sheets, and set the page's language, writing direction and colour scheme."""
    st.html(f"<style>{style_sheet(*_SHEETS)}</style>")
    language = current()
    with st.container(key="direction"):
        _direction(
            key="page_direction",
            data={
                "dir": language.direction,
                "lang": language.code,
                "upload": None if language.code == ENGLISH.code else _upload_words(),
            },
        )


def _upload_words() -> dict[str, object]:
    """The words of fields for files, by Streamlit's own ones (frontend/appearance/upload_words.js)."""
    return {
        "words": {
            "Upload": _("Upload"),
            "file upload": _("file upload"),
            "Add files": _("Add files"),
            "Drag and drop a file here": _("Drag and drop a file here"),
            "Drag and drop files here": _("Drag and drop files here"),
        },
        "limit": _("{n} MB per file"),
    }
