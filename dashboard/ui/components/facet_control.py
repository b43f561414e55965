"""The filter lists with counts as one component, so that all filters arrive in one message."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import streamlit as st

from dashboard.browser.facets import FacetGroup
from dashboard.browser.words import facet_words
from dashboard.ui.components.style import script
from dashboard.ui.state.session import component_values

_HERE = Path(__file__).parent / "facets"
_component = st.components.v2.component(
    "event_map_facets",
    html='<div class="facets"></div>',
    css=(_HERE / "facets.css").read_text(encoding="utf-8"),
    js=script(_HERE / "facets.js"),
)


def facet_control(
    groups: Sequence[FacetGroup], *, key: str, on_change: Callable[[dict[str, list[str]]], None]
) -> None:
    """Show the filters; `on_change` receives the selected values of all filters, by field."""

    def changed() -> None:
        selection = dict(component_values(key)["selection"] or {})
        selection.pop("turn", None)
        on_change(selection)

    _component(
        key=key,
        data={"groups": msgspec.to_builtins(groups), "words": facet_words()},
        on_selection_change=changed,
        on_sought_change=lambda: None,
    )


def value_search(key: str) -> tuple[str, str] | None:
    """The field and the search text, when a user searches the values of a filter."""
    sent = component_values(key).get("sought")
    return (str(sent["field"]), str(sent["text"])) if sent else None
