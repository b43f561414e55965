"""The list of events to choose from, as one component."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import streamlit as st

from dashboard.browser.event_rows import EventGroupRows
from dashboard.browser.words import list_words
from dashboard.ui.components.style import script
from dashboard.ui.state.session import component_values

_HERE = Path(__file__).parent / "event_list"
_component = st.components.v2.component(
    "event_map_list",
    html='<div class="list"></div>',
    css=(_HERE / "event_list.css").read_text(encoding="utf-8"),
    js=script(_HERE / "event_list.js"),
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
        on_chosen_change=lambda: on_choose(str(component_values(key)["chosen"])),
        on_more_change=on_more,
    )
