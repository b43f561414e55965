"""The panel beside the map, with tabs such as events, trends, table; only the open one is computed."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.browser.event_rows import EventGroupRows, EventRow, event_rows, event_table
from dashboard.language.figures import bounds_words, figures_in_words, measured
from dashboard.language.language import current
from dashboard.language.messages import N_, _, plural
from dashboard.language.numbers import number
from dashboard.language.words import comma
from dashboard.model.estimate import Figure, Measure
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query import pages
from dashboard.query.counts import Totals
from dashboard.query.estimates import as_sums, shelf_sums
from dashboard.query.query import Query
from dashboard.ui.components.controls import event_list
from dashboard.ui.explore.area_filter import around_button
from dashboard.ui.explore.evidence_panel import evidence_panel
from dashboard.ui.explore.figure_panel import figure_panel
from dashboard.ui.explore.scope import events_of
from dashboard.ui.explore.trends.panel import trends_panel
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import choice_field

_TABS = {
    "events": N_("Events"),
    "evidence": N_("Evidence"),
    "trends": N_("Trends"),
    "shelf": N_("Shelf"),
    "table": N_("Table"),
    "figure": N_("Figure"),
}
_TABLE_ROWS = 1000
# The height of a long table: it fits a screen of 768 pixels.
_TABLE_PX = 560
_TABLE_WITHOUT_SCROLLING = 14
# The columns of date, kind and title.
_FIRST_WIDTHS = tuple(st.column_config.Column(width=width) for width in (120, 80, 150))
# The figures of events by event id and measure.
Figures = Mapping[str, Mapping[Measure, Figure]]


def side_panel(loaded: Loaded, catalog: Catalog, query: Query, totals: Totals) -> None:
    """Show the selected tab."""
    st.segmented_control(
        _("Panel"),
        list(_TABS),
        format_func=lambda tab: _(_TABS[tab]),
        label_visibility="collapsed",
        **choice_field(
            "tab", query.tab, lambda tab: explore_query.change(tab=tab or "events"), _TABS
        ),
    )
    with st.container(key="side_panel", border=False):
        if query.tab == "evidence":
            evidence_panel(loaded, catalog, query)
        elif query.tab == "trends":
            trends_panel(catalog, query)
        elif query.tab == "shelf":
            _shelf(catalog, query, totals)
        elif query.tab == "table":
            _table(catalog, query, totals)
        elif query.tab == "figure":
            figure_panel(catalog, query)
        else:
            _events(catalog, query, totals)


def _choose(event_id: str) -> None:
    explore_query.change(event_id=event_id, tab="evidence")


def _events(catalog: Catalog, query: Query, totals: Totals) -> None:
    limit = explore_query.LIST_LIMIT.get()
    left = _listed_totals(catalog, query, totals).shown - limit
    event_list(
        [EventGroupRows("", _listed(catalog, query, limit))],
        more=plural("{n} more", "{n} more", left) if left > 0 else None,
        key="events",
        on_choose=_choose,
        on_more=explore_query.show_more,
    )


def _listed_totals(catalog: Catalog, query: Query, totals: Totals) -> Totals:
    """The totals of list and table; of a selected mark those of its events, which it says."""
    if not query.place_ids:
        return totals
    here, _counts = catalog.totals(query)
    st.text(_counted(catalog, query, here))
    with st.container(horizontal=True, key="mark_row"):
        st.button(
            _("All places"), on_click=lambda: explore_query.change(place_ids=()), key="all_places"
        )
        if place := catalog.places.fetch(query.place_ids[:1]).get(query.place_ids[0]):
            around_button(place.lat, place.lon, key="around_mark")
    return here


def _counted(catalog: Catalog, query: Query, totals: Totals) -> str:
    """E.g. "12 events at Ain Issa, 3 to 5 killed, 4 without a figure"."""
    figures = figures_in_words(query.measure, totals.figures.get(query.measure), totals.shown)
    return comma([events_of(catalog, query), *figures])


def _listed(catalog: Catalog, query: Query, limit: int) -> tuple[EventRow, ...]:
    here = catalog.only_selection(query)

    def load() -> tuple[EventRow, ...]:
        page = catalog.engine.ask(pages.page, here, size=limit)
        return _rows(catalog, page, query, catalog.loader.figures(page))

    rows: tuple[EventRow, ...] = catalog.answers.get(
        ("list", here, query.event_id, query.measure, limit, current()), load
    )
    return rows


def _rows(
    catalog: Catalog, page: pd.DataFrame, query: Query, figures: Figures
) -> tuple[EventRow, ...]:
    """The rows of a list, with the figure of the selected measure where an event has one."""
    measure = query.measure
    in_words = {
        event_id: measured(measure, bounds_words(it[measure].low, it[measure].high))
        for event_id, it in figures.items()
        if measure in it
    }
    selected = catalog.loader.load(page, claims=False)
    return event_rows(selected, query.event_id, catalog.names.datasets, in_words)


def _shelf(catalog: Catalog, query: Query, totals: Totals) -> None:
    if query.place_ids:
        totals, _counts = catalog.totals(query)
    if not totals.undated + totals.unlocated:
        st.text(_("Every event that matches the filters has a date and a place."))
        return
    limit = explore_query.LIST_LIMIT.get()
    effective = catalog.effective(query)
    groups = []
    for heading, undated, size in (
        (_("No date known"), True, totals.undated),
        (_("No place known"), False, totals.unlocated),
    ):
        if size:
            page = catalog.engine.ask(pages.shelf, effective, undated=undated, size=limit)
            rows = _rows(catalog, page, query, catalog.loader.figures(page))
            sums = as_sums(catalog.engine.ask(shelf_sums, effective, undated=undated))
            figures = figures_in_words(query.measure, sums.get(query.measure), size)
            counted = comma([number(size), *figures])
            groups.append(EventGroupRows(f"{heading} ({counted})", rows))
    left = max(totals.undated, totals.unlocated) - limit
    event_list(
        groups,
        more=plural("{n} more", "{n} more", left) if left > 0 else None,
        key="shelf",
        on_choose=_choose,
        on_more=explore_query.show_more,
    )


def _table(catalog: Catalog, query: Query, totals: Totals) -> None:
    listed = _listed_totals(catalog, query, totals)
    last = max(1, -(-listed.shown // _TABLE_ROWS))
    at = 1
    if last > 1:
        message = _("Page (1 to {pages}, with {rows} events each)")
        at = st.number_input(
            message.format(pages=number(last), rows=number(_TABLE_ROWS)), 1, last, key="table_page"
        )
    start = (at - 1) * _TABLE_ROWS
    page = catalog.engine.ask(
        pages.page, catalog.only_selection(query), size=_TABLE_ROWS, start=start
    )
    figures = catalog.loader.figures(page)
    rows = _rows(catalog, page, query, figures)
    if not query.place_ids:
        st.text(_counted(catalog, query, listed))
    table = event_table(rows, query.measure, figures)
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=_TABLE_PX if len(rows) > _TABLE_WITHOUT_SCROLLING else "content",
        # Long dates and titles would push the figures out of sight; a click shows the whole cell.
        column_config=dict(zip(table.columns, _FIRST_WIDTHS, strict=False)),
        # No figure is a blank cell, in each language.
        placeholder="",
    )
