"""The panel beside the map, with tabs such as events, trends, table; only the open one is computed."""

import streamlit as st

from dashboard.browser.event_rows import EventGroupRows, EventRow
from dashboard.language.figures import figures_in_words
from dashboard.language.language import current
from dashboard.language.messages import N_, _, plural
from dashboard.language.numbers import number
from dashboard.language.words import comma
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query import pages
from dashboard.query.counts import Totals
from dashboard.query.estimates import as_sums, shelf_sums
from dashboard.query.query import Query
from dashboard.ui.components.controls import event_list
from dashboard.ui.explore.evidence_panel import evidence_panel
from dashboard.ui.explore.figure_panel import figure_panel
from dashboard.ui.explore.listed import listed_totals, rows_of, with_persons
from dashboard.ui.explore.table_panel import table_panel
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
            table_panel(catalog, query, totals)
        elif query.tab == "figure":
            figure_panel(catalog, query)
        else:
            _events(loaded, catalog, query, totals)


def _choose(event_id: str) -> None:
    explore_query.change(event_id=event_id, tab="evidence")


def _events(loaded: Loaded, catalog: Catalog, query: Query, totals: Totals) -> None:
    limit = explore_query.LIST_LIMIT.get()
    left = listed_totals(catalog, query, totals).shown - limit
    event_list(
        [EventGroupRows("", with_persons(_listed(catalog, query, limit), loaded.shared_work))],
        more=plural("{n} more", "{n} more", left) if left > 0 else None,
        key="events",
        on_choose=_choose,
        on_more=explore_query.show_more,
    )


def _listed(catalog: Catalog, query: Query, limit: int) -> tuple[EventRow, ...]:
    here = catalog.only_selection(query)

    def load() -> tuple[EventRow, ...]:
        page = catalog.engine.ask(pages.page, here, size=limit)
        return rows_of(catalog, page, query, catalog.loader.figures(page))

    rows: tuple[EventRow, ...] = catalog.answers.get(
        ("list", here, query.event_id, query.measure, limit, current()), load
    )
    return rows


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
            rows = rows_of(catalog, page, query, catalog.loader.figures(page))
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
