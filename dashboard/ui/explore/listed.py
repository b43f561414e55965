"""What list and table share: their totals in words, and their rows."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.browser.comments import for_words
from dashboard.browser.event_rows import EventRow, event_rows
from dashboard.language.figures import bounds_words, figures_in_words, measured
from dashboard.language.messages import _
from dashboard.language.words import comma
from dashboard.model.estimate import Figure, Measure
from dashboard.model.shared_work import SharedWork
from dashboard.project.catalog import Catalog
from dashboard.query.counts import Totals
from dashboard.query.query import Query
from dashboard.ui.explore.area_filter import around_button
from dashboard.ui.explore.scope import events_of
from dashboard.ui.state import explore_query

# The figures of events by event id and measure.
Figures = Mapping[str, Mapping[Measure, Figure]]


def listed_totals(catalog: Catalog, query: Query, totals: Totals) -> Totals:
    """The totals of list and table; of a selected mark those of its events, which it says."""
    if not query.place_ids:
        return totals
    here, _counts = catalog.totals(query)
    st.text(counted(catalog, query, here))
    with st.container(horizontal=True, key="mark_row"):
        st.button(
            _("All places"), on_click=lambda: explore_query.change(place_ids=()), key="all_places"
        )
        if place := catalog.places.fetch(query.place_ids[:1]).get(query.place_ids[0]):
            around_button(place.lat, place.lon, key="around_mark")
    return here


def counted(catalog: Catalog, query: Query, totals: Totals) -> str:
    """E.g. "12 events at Ain Issa, 3 to 5 killed, 4 without a figure"."""
    figures = figures_in_words(query.measure, totals.figures.get(query.measure), totals.shown)
    return comma([events_of(catalog, query), *figures])


def with_persons(rows: tuple[EventRow, ...], work: SharedWork) -> tuple[EventRow, ...]:
    """The rows with the person to whom each event is assigned."""
    persons = {item.item_id: row.person for item, row in work.assignments.items()}
    return tuple(
        replace(row, notes=(for_words(persons[row.event_id]),)) if row.event_id in persons else row
        for row in rows
    )


def rows_of(
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
