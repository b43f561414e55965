"""The page's own style sheets, read once."""

from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.language.language import current

_HERE = Path(__file__).parent
# How mentions look, in the page and in the article component alike.
MARKS = _HERE / "marks.css"
# How numbers and days are told, on the map and in the components alike.
_WORDS = _HERE.parents[1] / "static" / "map" / "words.js"


# Streamlit has no switch for the direction of its pages.
_direction = st.components.v2.component(
    "event_map_direction",
    html="",
    js="export default ({ data }) => Object.assign(document.documentElement, data);",
)


@cache
def _sheet() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (_HERE / "style.css", MARKS))


def script(path: Path) -> str:
    """A component's script, with the words that all of them share before it."""
    return _WORDS.read_text(encoding="utf-8") + path.read_text(encoding="utf-8")


def apply_style() -> None:
    """Put the style sheets on the page, and the page in the reader's language and direction."""
    st.html(f"<style>{_sheet()}</style>")
    language = current()
    with st.container(key="direction"):
        _direction(key="page_direction", data={"dir": language.direction, "lang": language.code})
