"""The sidebar of Explore: search, filters with counts, and options of the map."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.browser.facets import facet_groups
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.legend.shades import legend_of
from dashboard.map.colouring import map_colours
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query.answers import facet_counts_from_engine
from dashboard.query.counts import Totals, as_counts, facet_matches
from dashboard.query.facets import FACETS
from dashboard.query.link import language_params, to_params
from dashboard.query.names import ids_named
from dashboard.query.query import Query
from dashboard.text.normalise import fold
from dashboard.ui.components.controls import FilterChange, facet_control, value_search
from dashboard.ui.components.search_control import search_control
from dashboard.ui.explore.area_filter import area_filter
from dashboard.ui.explore.basemap_choice import basemap_choice
from dashboard.ui.explore.date_filter import date_filter
from dashboard.ui.explore.estimate_filter import estimate_filter
from dashboard.ui.explore.layer_choice import layer_choice
from dashboard.ui.explore.map_choice import map_choice
from dashboard.ui.explore.outline_choice import outline_choice
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import field

# A search in a filter's values: the words, and the ids of records whose names contain them.
_MOST_WORDS, _MOST_NAMED = 8, 200
# Events by value, by filter field.
Counts = Mapping[str, Mapping[str, int]]


def filter_panel(
    loaded: Loaded, catalog: Catalog, query: Query, totals: Totals, event_counts: pd.DataFrame
) -> None:
    """Search text, filters with counts (`event_counts` by shared columns), and options of the map."""
    language = {name: [value] for name, value in language_params(current()).items()}
    search_control(
        query.text,
        {**to_params(catalog.only_filters(query)), **language},
        key="search",
        on_text=lambda text: explore_query.change(text=text.strip()),
        on_choice=lambda name, value: _choose_suggested(catalog, name, value),
    )
    with st.container(key="date_filter"):
        date_filter(catalog.extent, query)
    counts = _counts(catalog, query, event_counts)
    on_map = map_colours(catalog, query)
    shown = legend_of(on_map.colouring, catalog.names, on_map.others)
    facet_control(
        facet_groups(catalog.names, query, counts, {shade.id: shade.colour for shade in shown}),
        key="facets",
        on_change=_choose,
    )
    if query.places:
        outline_choice(catalog, query)
    with st.container(key="area_filter"):
        area_filter(loaded, catalog, query)
    with st.container(key="estimate_filter"):
        estimate_filter(query, totals)
    _view_fields(catalog, query)


def _choose_suggested(catalog: Catalog, name: str, value: str) -> None:
    """Set the filter of a suggestion, or select its event; the words it was found by search no text."""
    if name == "event" and value in catalog.vocabulary["event_id"]:
        explore_query.change(event_id=value, tab="evidence", text="")
    elif value in catalog.vocabulary.get(name, ()):
        explore_query.change(text="")
        explore_query.choose(name, value, selected=True)


def _choose(changes: Sequence[FilterChange]) -> None:
    for change in changes:
        explore_query.choose(change.field, change.value, selected=change.selected)


def _counts(catalog: Catalog, query: Query, event_counts: pd.DataFrame) -> Counts:
    filters = catalog.only_filters(query)
    counts: Counts = catalog.answers.get(
        ("facets", filters), lambda: facet_counts_from_engine(catalog.engine, filters, event_counts)
    )
    if search := value_search("facets"):
        counts = _with_matches(catalog, filters, counts, *search)
    catalog.places.fetch(counts["places"])
    return counts


def _with_matches(catalog: Catalog, filters: Query, counts: Counts, name: str, text: str) -> Counts:
    """The counts with those of values that were found by name and are not among the first."""
    facet = next((facet for facet in FACETS if facet.field == name), None)
    words = tuple(text.lower().split())[:_MOST_WORDS]
    if facet is None or facet.shared or not words:
        return counts

    def find() -> Mapping[str, int]:
        ids = ids_named(catalog.names, name, fold(text).split())[:_MOST_NAMED]
        return as_counts(catalog.engine.ask(facet_matches, filters, facet, words, ids))

    matches = catalog.answers.get(("matches", filters, name, words), find)
    return {**counts, name: {**matches, **counts[name]}}


def _view_fields(catalog: Catalog, query: Query) -> None:
    """Show the switches for colours, sizes, unreviewed events, presentation, basemap and layers."""
    if query.start or query.end:
        st.toggle(
            _("Certain dates only"),
            help=_("Leave out events that may have happened before or after the dates."),
            **field(
                "certain", query.certain, lambda certain: explore_query.change(certain=certain)
            ),
        )
    map_choice(catalog, query)
    st.toggle(
        _("Show unreviewed"),
        help=_(
            "Also show events that were suggested from new articles and that nobody has "
            "reviewed yet; they are ringed in red."
        ),
        **field(
            "unreviewed",
            query.unreviewed,
            lambda unreviewed: explore_query.change(unreviewed=unreviewed),
        ),
    )
    st.toggle(
        _("Presentation"),
        help=_("Hide the panels for a screenshot, with title, legend and sources on the page."),
        **field(
            "presentation", query.presentation, lambda shown: explore_query.present(shown=shown)
        ),
    )
    basemap_choice(query)
    layer_choice(query)
