"""The panel beside the map: events, evidence, shelf or table; only the open tab is computed."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.browser.event_rows import EventGroupRows, EventRow, event_rows, event_table
from dashboard.browser.evidence import claims_html, event_header_html
from dashboard.language.language import current
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.language.words import comma, isolate
from dashboard.model.event_tables import CURATED
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query import pages
from dashboard.query.counts import Totals
from dashboard.query.query import Query
from dashboard.ui import shell
from dashboard.ui.components.controls import event_list
from dashboard.ui.explore.figure_panel import figure_panel
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import field

_TABS = {
    "events": N_("Events"),
    "evidence": N_("Evidence"),
    "shelf": N_("Shelf"),
    "table": N_("Table"),
    "figure": N_("Figure"),
}
_TABLE_ROWS = 1000


def side_panel(loaded: Loaded, catalog: Catalog, query: Query, totals: Totals) -> None:
    """Show the selected tab."""
    st.segmented_control(
        _("Panel"),
        list(_TABS),
        format_func=lambda tab: _(_TABS[tab]),
        label_visibility="collapsed",
        **field("tab", query.tab, lambda tab: explore_query.change(tab=tab or "events")),
    )
    with st.container(key="side_panel", border=False):
        if query.tab == "evidence":
            _evidence(loaded, catalog, query)
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
    effective = catalog.effective(query)
    shown = totals.shown
    if query.place_ids:
        shown = int(catalog.engine.ask(pages.count_here, effective)["events"].iloc[0])
        text, button = st.columns([3, 1], vertical_alignment="center")
        events = plural("{n} event", "{n} events", shown)
        at = _("{events} at {places}")
        text.text(at.format(events=events, places=_places(catalog, query.place_ids)))
        button.button(
            _("All places"),
            on_click=lambda: explore_query.change(place_ids=()),
            key="all_places",
            width="stretch",
        )
    limit = explore_query.LIST_LIMIT.get()
    left = shown - limit
    event_list(
        [EventGroupRows("", _listed(catalog, query, limit))],
        more=plural("{n} more", "{n} more", left) if left > 0 else None,
        key="events",
        on_choose=_choose,
        on_more=explore_query.show_more,
    )


def _listed(catalog: Catalog, query: Query, limit: int) -> tuple[EventRow, ...]:
    here = replace(catalog.only_filters(query), place_ids=query.place_ids)

    def load() -> tuple[EventRow, ...]:
        page = catalog.engine.ask(pages.page, here, size=limit)
        return _rows(catalog, page, query.event_id)

    rows: tuple[EventRow, ...] = catalog.answers.get(
        ("list", here, query.event_id, limit, current()), load
    )
    return rows


def _rows(catalog: Catalog, page: pd.DataFrame, chosen: str | None) -> tuple[EventRow, ...]:
    return event_rows(catalog.loader.load(page, claims=False), chosen, catalog.names.datasets)


def _places(catalog: Catalog, place_ids: Sequence[str]) -> str:
    """The names of the first three places, and the number of others."""
    catalog.places.fetch(place_ids[:3])
    named = comma([isolate(name_of(catalog.places[place_id])) for place_id in place_ids[:3]])
    left = len(place_ids) - 3
    if left <= 0:
        return named
    return plural("{places} and {n} more", "{places} and {n} more", left).format(places=named)


def _shelf(catalog: Catalog, query: Query, totals: Totals) -> None:
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
            rows = _rows(catalog, page, query.event_id)
            groups.append(EventGroupRows(f"{heading} ({number(size)})", rows))
    left = max(totals.undated, totals.unlocated) - limit
    event_list(
        groups,
        more=plural("{n} more", "{n} more", left) if left > 0 else None,
        key="shelf",
        on_choose=_choose,
        on_more=explore_query.show_more,
    )


def _table(catalog: Catalog, query: Query, totals: Totals) -> None:
    last = max(1, -(-totals.shown // _TABLE_ROWS))
    at = 1
    if last > 1:
        message = _("Page (1 to {pages}, with {rows} events each)")
        at = st.number_input(
            message.format(pages=number(last), rows=number(_TABLE_ROWS)), 1, last, key="table_page"
        )
    start = (at - 1) * _TABLE_ROWS
    everywhere = replace(catalog.effective(query), place_ids=())
    page = catalog.engine.ask(pages.page, everywhere, size=_TABLE_ROWS, start=start)
    st.dataframe(event_table(_rows(catalog, page, None)), hide_index=True, width="stretch")


def _evidence(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    if query.event_id is None:
        message = _(
            "Choose an event in the list, or a mark on the map, to see what each article "
            "says about it."
        )
        st.text(message)
        return
    numbers = catalog.engine.ask(pages.numbers_of, (query.event_id,))
    selected = catalog.loader.load(numbers.head(1))
    (event,) = selected.events
    attestation = selected.attestation(event.event_id)
    st.html(event_header_html(selected.corpus, event, attestation))
    if selected.datasets[event.event_id] == CURATED:
        _curated_links(loaded, event.event_id)
    st.html(claims_html(selected.corpus, event, loaded.readings))


def _curated_links(loaded: Loaded, event_id: str) -> None:
    suggestion_id = loaded.pending.get(event_id)
    with st.container(key="evidence_links", horizontal=True):
        shell.link_to("compare", _("Compare the accounts"), {"event": event_id})
        if suggestion_id:
            params = {"suggestion": suggestion_id}
            shell.link_to("review", _("Review this suggestion"), params)
        else:
            shell.link_to("review", _("Edit this event, see its changes"), {"event": event_id})
