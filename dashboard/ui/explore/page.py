"""The Explore page: map, timeline, filters, and the list, evidence, shelf and table beside them."""

from dataclasses import replace
from datetime import datetime

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.browser.presentation import head_html, hint_html, sources_html
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.model.errors import DataError
from dashboard.project.catalog import Catalog
from dashboard.project.map_priority import map_priority
from dashboard.project.project import Loaded
from dashboard.query.answers import days_from_engine
from dashboard.query.counts import Totals
from dashboard.query.query import Query
from dashboard.summary.heading import too_many
from dashboard.summary.summary import Summary
from dashboard.timeline.timeline import timeline_of
from dashboard.ui import project, shell
from dashboard.ui.actions import show_outcome
from dashboard.ui.analyst import restore_name
from dashboard.ui.components.controls import last_change, timeline_control
from dashboard.ui.components.faults import show_data_error
from dashboard.ui.components.live_changes import live_changes
from dashboard.ui.components.style import apply_style
from dashboard.ui.components.waiting_line import waiting_line
from dashboard.ui.components.workspace_fault import workspace_guarded
from dashboard.ui.explore.alerts import new_events_notices
from dashboard.ui.explore.caption import caption
from dashboard.ui.explore.filter_panel import filter_panel
from dashboard.ui.explore.introduction import introduction
from dashboard.ui.explore.map_panel import map_panel
from dashboard.ui.explore.saved_views import saved_views_panel
from dashboard.ui.explore.side_panel import side_panel
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import SessionValue

# The number of the last change of filters for whose map a run has waited.
_ANSWERED = SessionValue("change_answered", 0)


@workspace_guarded
def page() -> None:
    """Read the query, load the data, and show the panels."""
    apply_style()
    _map_first()
    try:
        loaded = project.load(unreviewed=explore_query.shows_unreviewed())
        catalog = project.catalog(loaded)
    except DataError as error:
        with st.sidebar:
            shell.navigation()
        show_data_error(error)
        return
    query = explore_query.read(catalog.vocabulary, loaded.corpus.current_id)
    if query.presentation:
        presentation(loaded, catalog, query)
        explore_query.write()
        return
    restore_name()
    sidebar, head = st.sidebar.container(), st.container()
    if query.tab == "table" and query.table.wide:
        _wide_table(loaded, catalog, query, sidebar, head)
        return
    left, right = st.columns([11, 8], gap="small")
    # People wait for the map: it gets its link first, and the counts of the filters come last.
    with left, st.container(key="main_map"):
        map_panel(loaded, catalog, query)
    map_priority.wait()
    totals, event_counts = catalog.totals(replace(query, place_ids=()))
    with head:
        show_outcome(loaded, shell.link_to)
        live_changes(loaded.version)
        caption(loaded, catalog, query, totals)
    with left:
        timeline_panel(catalog, query, totals)
    with right:
        side_panel(loaded, catalog, query, totals)
    map_priority.wait()
    with sidebar:
        _sidebar(loaded, catalog, query, totals, event_counts)
    explore_query.write()


def _wide_table(
    loaded: Loaded,
    catalog: Catalog,
    query: Query,
    sidebar: DeltaGenerator,
    head: DeltaGenerator,
) -> None:
    """Show the table in place of map and timeline."""
    totals, event_counts = catalog.totals(replace(query, place_ids=()))
    with head:
        show_outcome(loaded, shell.link_to)
        live_changes(loaded.version)
        caption(loaded, catalog, query, totals)
    side_panel(loaded, catalog, query, totals)
    with sidebar:
        _sidebar(loaded, catalog, query, totals, event_counts)
    explore_query.write()


def _sidebar(
    loaded: Loaded, catalog: Catalog, query: Query, totals: Totals, event_counts: pd.DataFrame
) -> None:
    shell.navigation()
    waiting_line(loaded, shell.link_to)
    new_events_notices(loaded)
    saved_views_panel(loaded)
    filter_panel(loaded, catalog, query, totals, event_counts)
    introduction()


def _map_first() -> None:
    """Let the map have its answer before this run, if a filter was clicked: it asked at the click."""
    number = last_change("facets")
    if number != _ANSWERED.get():
        _ANSWERED.set(number)
        map_priority.expect()


def presentation(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    """Show the full-screen view; its close button appears on hover and keyboard focus."""
    today = datetime.now().astimezone().date()
    # The map of the presentation shows all places, and so its texts are about all of them.
    everywhere = replace(query, place_ids=())
    selected = catalog.select(everywhere)
    if selected is None:
        st.info(too_many())
    else:
        terms = catalog.terms(selected.datasets.values())
        summary = Summary(selected, everywhere, today, catalog.events, terms)
        st.html(head_html(summary) + hint_html())
    with st.container(key="presented_map"):
        map_panel(loaded, catalog, query)
    with st.container(key="presented_timeline"):
        timeline_panel(catalog, query, catalog.totals(everywhere)[0])
    if selected is not None:
        st.html(sources_html(summary))
    with st.container(key="leave"):
        st.button(
            _("Leave the presentation"),
            key="leave_presentation",
            shortcut="Escape",
            on_click=lambda: explore_query.present(shown=False),
        )


def timeline_panel(catalog: Catalog, query: Query, totals: Totals) -> None:
    """Show the events that match all filters except dates, with the dates as the window."""
    filters, uncertain = catalog.only_filters(query), bool(totals.uncertain)
    timeline = catalog.answers.get(
        ("timeline", replace(filters, start=None, end=None), current()),
        lambda: timeline_of(
            days_from_engine(catalog.engine, filters, catalog.extent, uncertain=uncertain)
        ),
    )
    timeline_control(
        timeline,
        query,
        undated=totals.undated,
        key="timeline",
        on_change=lambda start, end: explore_query.change(start=start, end=end),
    )
