"""The sentence above the map that describes the selection, with buttons to export and reset."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.words import any_of
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query.counts import Totals
from dashboard.query.describe import MOST_NAMED, describe, what_to_loosen
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.text.escape import escape_markdown
from dashboard.ui.components.faults import show_faults
from dashboard.ui.explore.basemap_choice import say_missing_basemap
from dashboard.ui.explore.export_panel import export_panel
from dashboard.ui.explore.layer_choice import say_missing_layers
from dashboard.ui.explore.scope import selected_places
from dashboard.ui.state import explore_query


def caption(loaded: Loaded, catalog: Catalog, query: Query, totals: Totals) -> None:
    """Show the sentence with the buttons, and notices below it.

    The sentence is about the events of the list: of a selected mark, those at its places; `totals` are
    those of the filters alone.
    """
    catalog.places.fetch([*query.places, *query.place_ids[:MOST_NAMED]])
    listed = catalog.totals(query)[0] if query.place_ids else totals
    sentence = describe(
        query, listed, lambda field, value: facet_label(catalog.names, field, value)[0]
    )
    text, exporting, button = st.columns([10, 1.5, 1.5], vertical_alignment="center", gap="small")
    with text, st.container(horizontal=True, key="sentence", vertical_alignment="center"):
        st.text(sentence)
        # List and table have a button for it above their rows.
        if query.place_ids and query.tab not in ("events", "table"):
            _clear_mark(catalog, query)
    with button:
        st.button(
            _("Reset"),
            key="reset",
            on_click=explore_query.reset,
            disabled=not (query.is_filtered or query.place_ids),
            help=_("Clear every filter"),
            width="stretch",
        )
    with exporting:
        export_panel(loaded, catalog, query)
    for notice in explore_query.notices():
        st.warning(notice, icon="⚠️")
    say_missing_basemap(query)
    say_missing_layers(query)
    if loaded.corpus.faults:
        show_faults(loaded.corpus.faults)
    if not totals.shown:
        message = _("No event matches. Widen or remove a filter: {filters}; or use Reset.")
        st.info(message.format(filters=any_of(what_to_loosen(query))))


def _clear_mark(catalog: Catalog, query: Query) -> None:
    """A click that clears the selected mark, whichever tab is open."""
    st.button(
        f"✕ {escape_markdown(selected_places(catalog, query))}",
        key="clear_mark",
        type="tertiary",
        help=_("All places"),
        on_click=lambda: explore_query.change(place_ids=()),
    )
