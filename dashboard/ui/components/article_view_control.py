"""The highlighted article as a component that reports clicks on mentions and selections."""

from collections.abc import Callable

import streamlit as st

from dashboard.static_files import FRONTEND, bundle, style_sheet
from dashboard.ui.state.session import component_values

_component = st.components.v2.component(
    "event_map_article",
    html='<div class="view"></div>',
    css=style_sheet("mentions.css", "article/article_view.css"),
    js=bundle(FRONTEND / "article" / "article_view.js"),
)


def article_view(html: str, *, key: str, on_pick: Callable[[str], None]) -> None:
    """Show `html`; `on_pick` receives the selected span, e.g. "place:120:128"."""
    _component(
        key=key,
        data={"html": html},
        on_selection_change=lambda: on_pick(str(component_values(key)["selection"])),
    )
