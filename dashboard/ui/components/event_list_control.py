"""The list of events to choose from, as one component."""

from collections.abc import Callable, Sequence

import msgspec
import streamlit as st

from dashboard.browser.event_rows import EventGroupRows
from dashboard.browser.words import list_words
from dashboard.static_files import FRONTEND, bundle, style_sheet
from dashboard.ui.state.session import component_values

_component = st.components.v2.component(
    "event_map_list",
    html='<div class="list"></div>',
    css=style_sheet("event_list/event_list.css"),
    js=bundle(FRONTEND / "event_list" / "event_list.js"),
)


def event_list(
    groups: Sequence[EventGroupRows],
    *,
    more: str | None,
    key: str,
    on_choose: Callable[[str], None],
    on_more: Callable[[], None],
) -> None:
    """Show events under headings; `more` is the label of a button for further ones, or None."""
    _component(
        key=key,
        data={"groups": msgspec.to_builtins(groups), "more": more, "words": list_words()},
        on_event_change=lambda: on_choose(str(component_values(key)["event"])),
        on_more_change=on_more,
    )
