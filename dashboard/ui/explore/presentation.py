"""The clean view for a screenshot: the map with title, legend, scale and sources, and no panels."""

from datetime import datetime

import streamlit as st

from dashboard.browser.presentation import head_html, sources_html
from dashboard.language.messages import _
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query.query import Query
from dashboard.summary.summary import Summary
from dashboard.ui.explore.map_panel import map_panel
from dashboard.ui.explore.too_many import too_many
from dashboard.ui.state import explore_query


def presentation(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    """Show the full-screen view; its close button appears on hover and keyboard focus."""
    today = datetime.now().astimezone().date()
    selected = catalog.select(query)
    if selected is None:
        st.info(too_many())
    else:
        summary = Summary(selected, query, today, catalog.events)
        st.html(head_html(summary))
    with st.container(key="presented_map"):
        map_panel(loaded, catalog, query)
    if selected is not None:
        st.html(sources_html(summary))
    with st.container(key="leave"):
        st.button(
            _("Leave the presentation"),
            key="leave_presentation",
            on_click=lambda: explore_query.present(shown=False),
        )
