"""The panel beside the map: events, evidence, shelf or table; only the open one is made."""

import numpy as np
import streamlit as st

from dashboard.model.event import Attestation
from dashboard.model.words import count
from dashboard.query.query import Query
from dashboard.query.select import Selection
from dashboard.ui import shell, state
from dashboard.ui.cached import Loaded
from dashboard.ui.event_list_control import event_list
from dashboard.views.event_rows import EventGroupRows, event_rows, event_table
from dashboard.views.evidence import claims_html, event_header_html

_TABS = {"events": "Events", "evidence": "Evidence", "shelf": "Shelf", "table": "Table"}
_TABLE_ROWS = 1000


def side_panel(loaded: Loaded, query: Query, selection: Selection) -> None:
    """Show the tab that the query names."""
    st.session_state["tab"] = query.tab
    st.segmented_control(
        "Panel",
        list(_TABS),
        key="tab",
        format_func=_TABS.__getitem__,
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
        names = [loaded.corpus.gazetteer.places[place_id].name_en for place_id in query.place_ids]
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        text, button = st.columns([3, 1], vertical_alignment="center")
        text.text(f"{count(len(positions), 'event')} at {shown}")
        button.button(
            "All places",
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
        more=f"{left:,} more" if left > 0 else None,
        key="events",
        on_choose=_choose,
        on_more=state.show_more,
    )


def _shelf(loaded: Loaded, query: Query, selection: Selection) -> None:
    undated = np.flatnonzero(selection.shelf & selection.undated)
    unlocated = np.flatnonzero(selection.shelf & ~selection.undated)
    if not len(undated) + len(unlocated):
        st.text("Every event that matches the filters has a date and a place.")
        return
    limit = state.list_limit()
    groups = [
        EventGroupRows(
            f"{heading} ({len(positions):,})",
            event_rows(
                loaded.corpus, loaded.index.tables, positions[:limit].tolist(), query.event_id
            ),
        )
        for heading, positions in (("No date known", undated), ("No place known", unlocated))
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
        st.caption(f"The first {_TABLE_ROWS:,} of {total:,} events; narrow the filters for others.")


def _evidence(loaded: Loaded, query: Query) -> None:
    if query.event_id is None:
        st.text("Choose an event in the list, or a mark on the map, to see who says it and where.")
        return
    corpus = loaded.corpus
    event = corpus.events.events[query.event_id]
    events = loaded.index.tables.events
    attested = events.loc[events["event_id"] == query.event_id, "attestation"].iloc[0]
    st.html(
        event_header_html(corpus, event, Attestation(attested))
        + claims_html(corpus, event, loaded.readings)
    )
    suggestion_id = loaded.pending.get(query.event_id)
    st.page_link(
        shell.page_of("review"),
        label="Review this suggestion" if suggestion_id else "Edit this event, see its changes",
        query_params={"suggestion": suggestion_id} if suggestion_id else {"event": query.event_id},
    )
