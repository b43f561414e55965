"""The table of events: sorted over the whole selection, its columns at choice, also at full width."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.browser.event_table import HEADINGS, EventTable, sort_heading, table_columns
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.model.event import Attestation
from dashboard.model.table_view import COLUMNS, SORTS, TableView
from dashboard.model.verification import Verification
from dashboard.project.catalog import Catalog
from dashboard.query.counts import Totals
from dashboard.query.query import Query
from dashboard.query.sorted_page import PAGE_ROWS, sorted_by_figure, sorted_page
from dashboard.ui.components.table_control import event_table
from dashboard.ui.explore.listed import counted, listed_totals, rows_of
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import choice_field, field


def table_panel(catalog: Catalog, query: Query, totals: Totals) -> None:
    """Show a page of the table."""
    listed = listed_totals(catalog, query, totals)
    if not query.place_ids:
        st.text(counted(catalog, query, listed))
    with st.container(horizontal=True, key="table_options", vertical_alignment="bottom"):
        at = _page_number(listed.shown)
        _options(query.table)
    page = _page(catalog, query, page=at - 1)
    figures = catalog.loader.figures(page)
    rows = rows_of(catalog, page, query, figures)
    columns = table_columns(rows, query.table, figures)
    if query.table.sort not in {column.sort for column in columns}:
        message = _("Sorted by a column that is not shown: {column}.")
        st.caption(message.format(column=sort_heading(query.table.sort)))
    event_table(
        EventTable(
            columns,
            [row.event_id for row in rows],
            query.event_id,
            query.table,
        ),
        key="event_table",
        on_choose=lambda event_id: explore_query.change(event_id=event_id, tab="evidence"),
        on_sort=lambda by, descending: _sort(query.table, by, descending=descending),
    )


def _page_number(events: int) -> int:
    last = max(1, -(-events // PAGE_ROWS))
    if last == 1:
        return 1
    message = _("Page (1 to {pages}, with {rows} events each)")
    text = message.format(pages=number(last), rows=number(PAGE_ROWS))
    return st.number_input(text, 1, last, key="table_page")


def _options(view: TableView) -> None:
    """The columns that are shown, and the width."""
    with st.popover(_("Columns"), key="table_columns_choice"):
        st.multiselect(
            _("Columns"),
            COLUMNS,
            format_func=lambda name: _(HEADINGS[name]),
            label_visibility="collapsed",
            **choice_field(
                "table_columns", list(view.columns), lambda names: _choose(view, names), COLUMNS
            ),
            select_all=False,
        )
    st.toggle(
        _("Full width"),
        help=_("The table in place of map and timeline."),
        **field(
            "table_wide",
            view.wide,
            lambda wide: explore_query.change(table=replace(view, wide=wide)),
        ),
    )


def _choose(view: TableView, names: list[str]) -> None:
    """Show these columns, in the order of the table; without any, the usual ones."""
    columns = tuple(name for name in COLUMNS if name in names) or TableView().columns
    explore_query.change(table=replace(view, columns=columns))


def _sort(view: TableView, by: str, *, descending: bool) -> None:
    if by in SORTS:
        explore_query.change(table=replace(view, sort=by, descending=descending))


def _page(catalog: Catalog, query: Query, *, page: int) -> pd.DataFrame:
    """The events of a page, in the order of the table."""
    filters, view = catalog.only_selection(query), query.table
    measure, dot, bound = view.sort.partition(".")
    if dot:
        return catalog.engine.ask(
            sorted_by_figure,
            filters,
            measure,
            bound=bound,
            descending=view.descending,
            page=page,
        )
    by, values = _order(catalog, view.sort)
    return catalog.engine.ask(
        sorted_page,
        filters,
        values,
        by=by,
        descending=view.descending,
        page=page,
    )


def _order(catalog: Catalog, sort: str) -> tuple[str, tuple[str, ...]]:
    """The column that the rows are sorted by, and its values in the order of what the reader sees."""
    here, there = ("title_ar", "title_en") if current().code == "ar" else ("title_en", "title_ar")
    kinds = catalog.names.lexicon.kinds
    by_label = {
        "kind": sorted(kinds, key=lambda kind: name_of(kinds[kind]).casefold()),
        "attestation": [each.value for each in Attestation],
        "verification": [each.value for each in Verification],
        "place_verification": [each.value for each in Verification],
        "reviewed": ["true", "false"],
        "dataset": sorted(catalog.names.datasets, key=catalog.names.datasets.__getitem__),
    }
    if sort in by_label:
        return sort, tuple(by_label[sort])
    return {"title": here, "other_title": there}.get(sort, sort), ()
