"""The search field of Explore, which asks the server for suggestions (`server/suggestions.py`)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.browser.words import search_words
from dashboard.query.link import MAX_TEXT
from dashboard.static_files import FRONTEND, bundle, style_sheet
from dashboard.ui.state.session import component_values

_search = st.components.v2.component(
    "event_map_search",
    html='<div class="search"></div>',
    css=style_sheet("search/search.css"),
    js=bundle(FRONTEND / "search" / "search.js"),
)


def search_control(
    text: str,
    link: Mapping[str, Sequence[str]],
    *,
    key: str,
    on_text: Callable[[str], None],
    on_choice: Callable[[str, str], None],
) -> None:
    """Show the field with the text that filters now; `link` has the filters by which counts are made.

    `on_choice` receives the filter and the value of a suggestion, or "event" and the id of one.
    """

    def chosen() -> None:
        sent: Mapping[str, Any] = component_values(key).get("choice") or {}
        if sent:
            on_choice(str(sent["field"]), str(sent["value"]))

    _search(
        key=key,
        data={
            "text": text,
            "link": [(name, value) for name, values in link.items() for value in values],
            "longest": MAX_TEXT,
            "words": search_words(),
        },
        on_text_change=lambda: on_text(str(component_values(key).get("text") or "")[:MAX_TEXT]),
        on_choice_change=chosen,
    )
