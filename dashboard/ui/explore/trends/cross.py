"""A cross table of two columns."""

import pandas as pd
import streamlit as st

from dashboard.browser.trend_tables import cross_rows
from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.language.words import without_isolates
from dashboard.model.trend import Trend
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.query.splits import SPLITS
from dashboard.trends.cross_table import CrossTable, cross_table
from dashboard.ui.explore.trends.fields import several_note, split_field
from dashboard.ui.explore.trends.picking import (
    download,
    filter_value,
    picked_in,
    table_height,
)


def cross_view(catalog: Catalog, query: Query) -> None:
    """Show the fields and the table."""
    rows, columns = st.columns(2)
    with rows:
        split_field(catalog, "split", _("Rows"), query.trend.split)
    with columns:
        split_field(catalog, "cross", _("Columns"), query.trend.cross)
    data = cross_table(catalog, query)
    if not data.events.size:
        st.info(
            _(
                "No event of the selection has a value in both columns. Choose other columns, "
                "or remove a filter."
            )
        )
        return
    table = _cross_frame(data, query.trend)
    key = f"cross_{hash(query)}"
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=table_height(table),
        column_config={str(table.columns[0]): st.column_config.Column(pinned=True)},
        on_select=lambda: _pick_cell(catalog, query.trend, data, key),
        selection_mode="single-cell",
        key=key,
    )
    st.caption(_("A cell that is selected becomes two filters: its row and its column."))
    if SPLITS[query.trend.split].several or SPLITS[query.trend.cross].several:
        st.caption(several_note())
    download(query, "cross", cross_rows(data, query.trend))


def _pick_cell(catalog: Catalog, trend: Trend, data: CrossTable, key: str) -> None:
    columns = {_column_name(data, at): at for at in range(len(data.columns))}
    for row, column in picked_in(key, "cells"):
        if row in range(len(data.rows)):
            filter_value(catalog, trend.split, data.rows[row].id)
        if column in columns:
            filter_value(catalog, trend.cross, data.columns[columns[column]].id)


def _cross_frame(data: CrossTable, trend: Trend) -> pd.DataFrame:
    columns = {_(SPLITS[trend.split].label): [without_isolates(row.name) for row in data.rows]}
    counts = {_column_name(data, at): data.events[:, at] for at in range(len(data.columns))}
    return pd.DataFrame(columns | counts)


def _column_name(data: CrossTable, at: int) -> str:
    """The name of a column, with its number where two have the same name."""
    names = [without_isolates(column.name) for column in data.columns]
    return names[at] if names.count(names[at]) == 1 else f"{names[at]} ({number(at + 1)})"
