"""The page's own style sheet, read once."""

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _sheet() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def apply_style() -> None:
    """Put the style sheet on the page."""
    st.html(f"<style>{_sheet()}</style>")
