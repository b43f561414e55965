"""The highlighted article as a component that reports clicks on mentions and selections."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard.ui.components.style import MARKS
from dashboard.ui.state.session import component_values

_HERE = Path(__file__).parent / "article_view"
_component = st.components.v2.component(
    "event_map_article",
    html='<div class="view"></div>',
    css=MARKS.read_text(encoding="utf-8")
    + (_HERE / "article_view.css").read_text(encoding="utf-8"),
    js=(_HERE / "article_view.js").read_text(encoding="utf-8"),
)


def article_view(html: str, *, key: str, on_pick: Callable[[str], None]) -> None:
    """Show `html`; `on_pick` receives the selected span, e.g. "place:120:128"."""
    _component(
        key=key,
        data={"html": html},
        on_picked_change=lambda: on_pick(str(component_values(key)["picked"])),
    )
