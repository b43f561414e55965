"""Which events a file has: those of the list, which a clicked mark narrows, or all that match."""

from dataclasses import replace

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.project.catalog import Catalog
from dashboard.query.describe import MOST_NAMED, places_in_words
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.text.escape import escape_markdown


def choose_scope(catalog: Catalog, query: Query, *, key: str) -> Query:
    """Ask which events are meant if a mark is selected; the query of these events.

    The default is what the list shows. Each mark is asked about anew.
    """
    if not query.place_ids:
        return query
    everywhere = replace(query, place_ids=())
    choices = {
        "list": events_of(catalog, query),
        "all": plural("All {n} events", "All {n} events", catalog.totals(everywhere)[0].shown),
    }
    choice = st.radio(
        _("Events"),
        list(choices),
        format_func=lambda name: escape_markdown(choices[name]),
        key=f"{key}_scope_{'.'.join(query.place_ids)[:80]}",
    )
    return everywhere if choice == "all" else query


def events_of(catalog: Catalog, query: Query) -> str:
    """How many events the list has and where, e.g. "12 events at Ain Issa", "46 events"."""
    count = catalog.totals(query)[0].shown
    events = plural("{n} event", "{n} events", count)
    if not query.place_ids:
        return events
    at = _("{events} at {places}")
    return at.format(events=events, places=selected_places(catalog, query))


def selected_places(catalog: Catalog, query: Query) -> str:
    """The names of the selected places; of more than three the first, and the number of others."""
    catalog.places.fetch(query.place_ids[:MOST_NAMED])
    return places_in_words(
        query.place_ids, lambda field, value: facet_label(catalog.names, field, value)[0]
    )
