"""What is done with a table or chart of trends: a part becomes a filter, the rows a file."""

from collections.abc import Callable, Sequence
from typing import Any, Literal
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.export.tables import write_csv
from dashboard.language.messages import _
from dashboard.model.trend import Period
from dashboard.project.catalog import Catalog
from dashboard.query.file_name import file_name
from dashboard.query.query import Query
from dashboard.query.splits import OTHERS, SPLITS
from dashboard.ui.components.logged_file import logged
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import component_values

# The height of a long table.
_ROWS_PX = 420
_WITHOUT_SCROLLING = 10


def picked_in(key: str, name: str) -> Sequence[Any]:
    """What is selected in a chart or table: dicts of fields, numbers of rows, or cells."""
    picked: Sequence[Any] = component_values(key).get("selection", {}).get(name, ())
    return picked


def table_height(table: pd.DataFrame) -> int | Literal["content"]:
    """The height of a table for Streamlit: long ones scroll."""
    return _ROWS_PX if len(table) > _WITHOUT_SCROLLING else "content"


def picking_table(table: pd.DataFrame, key: str, pick: Callable[[int], None]) -> None:
    """A table of which a selected row becomes a filter."""

    def picked() -> None:
        for row in picked_in(key, "rows"):
            if row in range(len(table)):
                pick(row)

    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=table_height(table),
        on_select=picked,
        selection_mode="single-row",
        key=key,
    )


def filter_dates(period: Period) -> None:
    """Filter by the days of a period."""
    explore_query.change(start=period.start, end=period.end)


def filter_value(catalog: Catalog, split: str, value: str | None) -> None:
    """Filter by a category; the rest of all categories, and all events, are no filter."""
    if value is None or value == OTHERS:
        return
    name = SPLITS[split].field
    if name:
        explore_query.change(**{name: (value,)})
    else:
        kinds = catalog.names.lexicon.kinds
        known = catalog.vocabulary["kinds"]
        group = tuple(key for key, kind in kinds.items() if kind.group == value and key in known)
        explore_query.change(kinds=group)


def download(
    query: Query, name: str, rows: tuple[Sequence[str], Sequence[Sequence[object]]]
) -> None:
    """A button for the columns and rows as CSV; `name` ends the name of the file."""
    columns, cells = rows
    st.download_button(
        _("Download as CSV"),
        data=logged(
            lambda: write_csv(columns, cells, bom=True),
            "trend csv",
            urlencode(explore_query.link_of(query), doseq=True),
            None,
        ),
        file_name=f"{file_name(query)}_{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"download_{name}",
    )
