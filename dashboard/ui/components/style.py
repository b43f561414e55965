"""The style sheets of the page, read once."""

from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.language.language import current

_HERE = Path(__file__).parent
# The style of mentions, in the page and in the article component.
MARKS = _HERE / "marks.css"
# Formatting of numbers and days, for the map and the components.
_WORDS = _HERE.parents[1] / "static" / "map" / "words.js"


# Streamlit has no option for the writing direction of its pages.
_direction = st.components.v2.component(
    "event_map_direction",
    html="",
    js="export default ({ data }) => Object.assign(document.documentElement, data);",
)


@cache
def _sheet() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (_HERE / "style.css", MARKS))


def script(path: Path) -> str:
    """A component's script after the shared script with texts and formats."""
    return _WORDS.read_text(encoding="utf-8") + path.read_text(encoding="utf-8")


def apply_style() -> None:
    """Add the style sheets, and set the page's language and writing direction."""
    st.html(f"<style>{_sheet()}</style>")
    language = current()
    with st.container(key="direction"):
        _direction(key="page_direction", data={"dir": language.direction, "lang": language.code})
