"""The Explore page: map, timeline, filters, and the list, evidence, shelf and table beside them."""

import streamlit as st

from dashboard.model.errors import DataError
from dashboard.query.answers import totals_from_engine
from dashboard.ui import project, shell
from dashboard.ui.components.faults import show_data_error
from dashboard.ui.components.style import apply_style
from dashboard.ui.components.workspace_fault import workspace_guarded
from dashboard.ui.explore.caption import caption
from dashboard.ui.explore.filter_panel import filter_panel
from dashboard.ui.explore.map_panel import map_panel
from dashboard.ui.explore.map_priority import map_priority
from dashboard.ui.explore.presentation import presentation
from dashboard.ui.explore.side_panel import side_panel
from dashboard.ui.explore.timeline_panel import timeline_panel
from dashboard.ui.state import explore_query


@workspace_guarded
def page() -> None:
    """Read the query, load the data, and show the panels."""
    apply_style()
    try:
        loaded = project.load(unreviewed=explore_query.shows_unreviewed())
        catalog = project.catalog(loaded)
    except DataError as error:
        with st.sidebar:
            shell.navigation()
        show_data_error(error)
        return
    query = explore_query.read(catalog.vocabulary)
    if query.presentation:
        presentation(loaded, catalog, query)
        explore_query.write()
        return
    sidebar, head = st.sidebar.container(), st.container()
    left, right = st.columns([11, 8], gap="small")
    # People wait for the map: it is drawn first, and the counts of the filters last.
    with left, st.container(key="main_map"), map_priority.drawing():
        map_panel(loaded, catalog, query)
    map_priority.wait()
    filters = catalog.only_filters(query)
    totals, event_counts = catalog.answers.get(
        ("totals", filters), lambda: totals_from_engine(catalog.engine, filters, catalog.events)
    )
    with head:
        caption(loaded, catalog, query, totals)
    with left:
        timeline_panel(catalog, query, totals)
    with right:
        side_panel(loaded, catalog, query, totals)
    map_priority.wait()
    with sidebar:
        shell.navigation()
        filter_panel(catalog, query, event_counts)
    explore_query.write()
