"""The page's own style sheets, read once."""

from functools import cache
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
# How mentions look, in the page and in the article component alike.
MARKS = _HERE / "marks.css"


@cache
def _sheet() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (_HERE / "style.css", MARKS))


def apply_style() -> None:
    """Put the style sheets on the page."""
    st.html(f"<style>{_sheet()}</style>")
