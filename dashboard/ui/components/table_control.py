"""The component of the page that shows events as a table."""

from collections.abc import Callable

import msgspec
import streamlit as st

from dashboard.browser.event_table import EventTable
from dashboard.browser.words import table_words
from dashboard.static_files import FRONTEND, bundle, style_sheet
from dashboard.ui.state.session import component_values

_table = st.components.v2.component(
    "event_map_table",
    html='<div class="table"></div>',
    css=style_sheet("event_table/event_table.css"),
    js=bundle(FRONTEND / "event_table" / "event_table.js"),
)


def event_table(
    table: EventTable,
    *,
    key: str,
    on_choose: Callable[[str], None],
    on_sort: Callable[[str, bool], None],
) -> None:
    """Show the table; `on_sort` gets a column's `sort`, and whether it is descending."""

    def sorted_by() -> None:
        sort = component_values(key)["sort"]
        on_sort(str(sort["by"]), bool(sort["descending"]))

    _table(
        key=key,
        data={
            "columns": msgspec.to_builtins(list(table.columns)),
            "ids": list(table.ids),
            "selected": table.selected,
            "sort": {"by": table.view.sort, "descending": table.view.descending},
            "words": table_words(),
        },
        on_event_change=lambda: on_choose(str(component_values(key)["event"])),
        on_sort_change=sorted_by,
    )
