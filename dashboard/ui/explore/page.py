"""The Explore page: map, timeline, filters, and the list, evidence, shelf and table beside them."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.browser.facets import facet_groups
from dashboard.language.messages import _
from dashboard.language.words import any_of
from dashboard.legend.shades import COLOUR_LABELS
from dashboard.model.errors import DataError
from dashboard.query.answers import facet_counts, totals_of
from dashboard.query.counts import Totals, as_counts, facet_matches
from dashboard.query.describe import describe, what_to_loosen
from dashboard.query.facets import FACETS, SHARED
from dashboard.query.names import facet_label, ids_named
from dashboard.query.query import COLOURS, Query
from dashboard.settings import read_settings
from dashboard.text.normalise import fold
from dashboard.ui import cached, shell, state
from dashboard.ui.components.facet_control import facet_control, sought
from dashboard.ui.components.faults import show_data_error, show_faults
from dashboard.ui.components.style import apply_style
from dashboard.ui.components.workspace_fault import workspace_guarded
from dashboard.ui.explore.export_panel import export_panel
from dashboard.ui.explore.map_panel import map_panel
from dashboard.ui.explore.presentation import presentation
from dashboard.ui.explore.side_panel import side_panel
from dashboard.ui.explore.timeline_panel import timeline_panel
from dashboard.ui.explore.turns import turns

# Of a name that is looked for in a filter: the words that count, and the known records that bear them.
_MOST_WORDS, _MOST_NAMED = 8, 200


@workspace_guarded
def page() -> None:
    """Read the query, load, select, draw, show."""
    apply_style()
    try:
        settings, unreviewed = read_settings(), state.shows_unreviewed()
        loaded = cached.load(settings, unreviewed=unreviewed)
        live = cached.live(settings, loaded, unreviewed=unreviewed)
    except DataError as error:
        with st.sidebar:
            shell.navigation()
        show_data_error(error)
        return
    query = state.read(live.vocabulary)
    if query.presentation:
        presentation(loaded, live, query)
        state.write()
        return
    sidebar, caption = st.sidebar.container(), st.container()
    left, right = st.columns([11, 8], gap="small")
    # The map is what is waited for: it goes first, and the counts beside the filters last.
    with left, st.container(key="main_map"), turns.map():
        map_panel(loaded, live, query)
    turns.wait()
    filters = live.filters(query)
    totals, cube = live.answers.get(
        ("totals", filters), lambda: totals_of(live.engine, filters, live.everything)
    )
    with caption:
        _caption(loaded, live, query, totals)
    with left:
        timeline_panel(live, query, totals)
    with right:
        side_panel(loaded, live, query, totals)
    turns.wait()
    with sidebar:
        _sidebar(live, query, cube)
    state.write()


def _sidebar(live: cached.Live, query: Query, cube: pd.DataFrame) -> None:
    shell.navigation()
    st.session_state["search"] = query.text
    st.text_input(
        _("Search text"),
        key="search",
        placeholder=_("Search in English or Arabic"),
        max_chars=200,
        label_visibility="collapsed",
        on_change=lambda: state.change(text=st.session_state["search"].strip()),
    )
    filters = live.filters(query)
    counts = live.answers.get(("facets", filters), lambda: facet_counts(live.engine, filters, cube))
    if found := sought("facets"):
        counts = _with_found(live, filters, counts, *found)
    live.places.fetch(counts["places"])
    facet_control(
        facet_groups(live.names, query, counts),
        key="facets",
        on_change=lambda chosen: state.change(
            **{field: tuple(values) for field, values in chosen.items()}
        ),
    )
    st.session_state["colour"] = query.colour
    st.selectbox(
        _("Colours on the map"),
        [name for name in COLOURS if name != "dataset" or len(live.datasets) > 1],
        key="colour",
        format_func=lambda name: _(COLOUR_LABELS[name]),
        on_change=lambda: state.change(colour=st.session_state["colour"]),
    )
    st.session_state["unreviewed"] = query.unreviewed
    st.toggle(
        _("Show unreviewed"),
        key="unreviewed",
        help=_(
            "Also show events that were suggested from new articles and that nobody has "
            "reviewed yet; they are ringed in red."
        ),
        on_change=lambda: state.change(unreviewed=st.session_state["unreviewed"]),
    )
    st.session_state["presentation"] = query.presentation
    st.toggle(
        _("Presentation"),
        key="presentation",
        help=_("Hide the panels for a screenshot, with title, legend and sources on the page."),
        on_change=lambda: state.present(shown=st.session_state["presentation"]),
    )
    st.session_state["online"] = query.online
    st.toggle(
        _("Online basemap"),
        key="online",
        help=_(
            "Off: no request leaves this machine. On: map images are fetched from "
            "OpenStreetMap's tile server, which learns this network's address and which area "
            "you look at."
        ),
        on_change=lambda: state.change(online=st.session_state["online"]),
    )


def _with_found(
    live: cached.Live,
    filters: Query,
    counts: Mapping[str, Mapping[str, int]],
    field: str,
    text: str,
) -> Mapping[str, Mapping[str, int]]:
    """The counts with those of values that were looked for by name and are not among the first."""
    facet = next((facet for facet in FACETS if facet.field == field), None)
    words = tuple(text.lower().split())[:_MOST_WORDS]
    if facet is None or facet.column in SHARED or not words:
        return counts

    def find() -> Mapping[str, int]:
        ids = ids_named(live.names, field, fold(text).split())[:_MOST_NAMED]
        return as_counts(live.engine.ask(facet_matches, filters, facet, words, ids))

    found = live.answers.get(("found", filters, field, words), find)
    return {**counts, field: {**found, **counts[field]}}


def _caption(loaded: cached.Loaded, live: cached.Live, query: Query, totals: Totals) -> None:
    live.places.fetch(query.places)
    sentence = describe(
        query, totals, lambda field, value: facet_label(live.names, field, value)[0]
    )
    text, exporting, button = st.columns([10, 1.5, 1.5], vertical_alignment="center", gap="small")
    with text:
        st.text(sentence)
    with button:
        st.button(
            _("Reset"),
            key="reset",
            on_click=state.reset,
            disabled=not query.filters,
            help=_("Clear every filter"),
            width="stretch",
        )
    with exporting:
        export_panel(loaded, live, query, totals)
    for notice in state.notices():
        st.warning(notice, icon="⚠️")
    if loaded.corpus.faults:
        show_faults(loaded.corpus.faults)
    if not totals.shown:
        told = _("No event matches. Loosen one of: {filters}; or use Reset.")
        st.info(told.format(filters=any_of(what_to_loosen(query))))
