"""The sentence above the map that describes the selection, with buttons to export and reset."""

from dataclasses import replace

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.words import any_of
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query.counts import Totals
from dashboard.query.describe import describe, what_to_loosen
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.ui.components.faults import show_faults
from dashboard.ui.explore.export_panel import export_panel
from dashboard.ui.state import explore_query


def caption(loaded: Loaded, catalog: Catalog, query: Query, totals: Totals) -> None:
    """Show the sentence with the buttons, and notices below it.

    The sentence is about the filters, as the map is; the list says which of its places is selected.
    """
    catalog.places.fetch(query.places)
    sentence = describe(
        replace(query, place_ids=()),
        totals,
        lambda field, value: facet_label(catalog.names, field, value)[0],
    )
    text, exporting, button = st.columns([10, 1.5, 1.5], vertical_alignment="center", gap="small")
    with text:
        st.text(sentence)
    with button:
        st.button(
            _("Reset"),
            key="reset",
            on_click=explore_query.reset,
            disabled=not query.is_filtered,
            help=_("Clear every filter"),
            width="stretch",
        )
    with exporting:
        export_panel(loaded, catalog, query)
    for notice in explore_query.notices():
        st.warning(notice, icon="⚠️")
    if loaded.corpus.faults:
        show_faults(loaded.corpus.faults)
    if not totals.shown:
        message = _("No event matches. Widen or remove a filter: {filters}; or use Reset.")
        st.info(message.format(filters=any_of(what_to_loosen(query))))
