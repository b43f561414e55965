"""The panel beside the map: events, evidence, shelf or table; only the open one is made."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dashboard.language.messages import N_, _, plural
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.language.words import comma, isolate
from dashboard.model.event import Attestation
from dashboard.query.query import Query
from dashboard.query.select import Selection
from dashboard.ui import shell, state
from dashboard.ui.cached import Loaded
from dashboard.ui.event_list_control import event_list
from dashboard.ui.figure_panel import figure_panel
from dashboard.views.event_rows import EventGroupRows, event_rows, event_table
from dashboard.views.evidence import claims_html, event_header_html

_TABS = {
    "events": N_("Events"),
    "evidence": N_("Evidence"),
    "shelf": N_("Shelf"),
    "table": N_("Table"),
    "figure": N_("Figure"),
}
_TABLE_ROWS = 1000


def side_panel(loaded: Loaded, query: Query, selection: Selection) -> None:
    """Show the tab that the query names."""
    st.session_state["tab"] = query.tab
    st.segmented_control(
        _("Panel"),
        list(_TABS),
        key="tab",
        format_func=lambda tab: _(_TABS[tab]),
        label_visibility="collapsed",
        on_change=lambda: state.change(tab=st.session_state["tab"] or "events"),
    )
    with st.container(key="side_panel", border=False):
        if query.tab == "evidence":
            _evidence(loaded, query)
        elif query.tab == "shelf":
            _shelf(loaded, query, selection)
        elif query.tab == "table":
            _table(loaded, selection)
        elif query.tab == "figure":
            figure_panel(loaded, query, selection)
        else:
            _events(loaded, query, selection)


def _choose(event_id: str) -> None:
    state.change(event_id=event_id, tab="evidence")


def _events(loaded: Loaded, query: Query, selection: Selection) -> None:
    positions = np.flatnonzero(selection.shown)
    if query.place_ids:
        rows = loaded.index.tables.event_places
        here = rows.loc[rows["place_id"].isin(query.place_ids), "event"].unique()
        positions = positions[np.isin(positions, here)]
        text, button = st.columns([3, 1], vertical_alignment="center")
        events = plural("{n} event", "{n} events", len(positions))
        at = _("{events} at {places}")
        text.text(at.format(events=events, places=_places(loaded, query.place_ids)))
        button.button(
            _("All places"),
            on_click=lambda: state.change(place_ids=()),
            key="all_places",
            width="stretch",
        )
    limit = state.list_limit()
    rows_shown = event_rows(
        loaded.corpus, loaded.index.tables, positions[:limit].tolist(), query.event_id
    )
    left = len(positions) - limit
    event_list(
        [EventGroupRows("", rows_shown)],
        more=plural("{n} more", "{n} more", left) if left > 0 else None,
        key="events",
        on_choose=_choose,
        on_more=state.show_more,
    )


def _places(loaded: Loaded, place_ids: Sequence[str]) -> str:
    """The first three by name, and how many others."""
    places = loaded.corpus.gazetteer.places
    named = comma([isolate(name_of(places[place_id])) for place_id in place_ids[:3]])
    left = len(place_ids) - 3
    if left <= 0:
        return named
    return plural("{places} and {n} more", "{places} and {n} more", left).format(places=named)


def _shelf(loaded: Loaded, query: Query, selection: Selection) -> None:
    undated = np.flatnonzero(selection.shelf & selection.undated)
    unlocated = np.flatnonzero(selection.shelf & ~selection.undated)
    if not len(undated) + len(unlocated):
        st.text(_("Every event that matches the filters has a date and a place."))
        return
    limit = state.list_limit()
    groups = [
        EventGroupRows(
            f"{heading} ({number(len(positions))})",
            event_rows(
                loaded.corpus, loaded.index.tables, positions[:limit].tolist(), query.event_id
            ),
        )
        for heading, positions in (
            (_("No date known"), undated),
            (_("No place known"), unlocated),
        )
        if len(positions)
    ]
    event_list(groups, more=None, key="shelf", on_choose=_choose, on_more=state.show_more)


def _table(loaded: Loaded, selection: Selection) -> None:
    total = int(selection.shown.sum())
    st.dataframe(
        event_table(loaded.corpus, loaded.index.tables, selection.shown, _TABLE_ROWS),
        hide_index=True,
        width="stretch",
    )
    if total > _TABLE_ROWS:
        told = _("The first {shown} of {total} events; narrow the filters for others.")
        st.caption(told.format(shown=number(_TABLE_ROWS), total=number(total)))


def _evidence(loaded: Loaded, query: Query) -> None:
    if query.event_id is None:
        told = _("Choose an event in the list, or a mark on the map, to see who says it and where.")
        st.text(told)
        return
    corpus = loaded.corpus
    event = corpus.events.events[query.event_id]
    events = loaded.index.tables.events
    attested = events.loc[events["event_id"] == query.event_id, "attestation"].iloc[0]
    st.html(event_header_html(corpus, event, Attestation(attested)))
    suggestion_id = loaded.pending.get(query.event_id)
    with st.container(key="evidence_links", horizontal=True):
        shell.link_to("compare", _("Compare the accounts"), {"event": query.event_id})
        if suggestion_id:
            params = {"suggestion": suggestion_id}
            shell.link_to("review", _("Review this suggestion"), params)
        else:
            params = {"event": query.event_id}
            shell.link_to("review", _("Edit this event, see its changes"), params)
    st.html(claims_html(corpus, event, loaded.readings))
