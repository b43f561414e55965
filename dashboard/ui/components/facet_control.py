"""The filter lists with counts as one component, so that all filters arrive in one message."""

from collections.abc import Callable, Sequence

import msgspec
import streamlit as st

from dashboard.browser.facets import FacetGroup
from dashboard.browser.words import facet_words
from dashboard.static_files import FRONTEND, bundle, style_sheet
from dashboard.ui.state.session import component_values

_component = st.components.v2.component(
    "event_map_facets",
    html='<div class="facets"></div>',
    css=style_sheet("facets/facets.css"),
    js=bundle(FRONTEND / "facets" / "facets.js"),
)


def facet_control(
    groups: Sequence[FacetGroup], *, key: str, on_change: Callable[[dict[str, list[str]]], None]
) -> None:
    """Show the filters; `on_change` receives the selected values of all filters, by field."""

    def changed() -> None:
        selection = dict(component_values(key)["selection"] or {})
        selection.pop("number", None)
        on_change(selection)

    _component(
        key=key,
        data={"groups": msgspec.to_builtins(groups), "words": facet_words()},
        on_selection_change=changed,
        on_search_change=lambda: None,
    )


def value_search(key: str) -> tuple[str, str] | None:
    """The field and the search text, when a user searches the values of a filter."""
    sent = component_values(key).get("search")
    return (str(sent["field"]), str(sent["text"])) if sent else None
