"""The clean view for a screenshot: the map with title, legend, scale and sources, and no panels."""

from datetime import datetime

import streamlit as st

from dashboard.browser.presentation import head_html, sources_html
from dashboard.language.messages import _
from dashboard.paper.content import figure_content
from dashboard.query.query import Query
from dashboard.ui import state
from dashboard.ui.cached import Live, Loaded
from dashboard.ui.explore.map_panel import map_panel
from dashboard.ui.explore.sliced import selected_records, too_many


def presentation(loaded: Loaded, live: Live, query: Query) -> None:
    """The whole screen; the way out shows when it is pointed at or reached by keyboard."""
    made = datetime.now().astimezone().date()
    records = selected_records(loaded, live, query)
    if records is None:
        st.info(too_many())
    else:
        content = figure_content(
            records.corpus, records.index, query, records.selection, made, live.everything
        )
        st.html(head_html(content))
    with st.container(key="presented_map"):
        map_panel(loaded, live, query)
    if records is not None:
        st.html(sources_html(content))
    with st.container(key="leave"):
        st.button(
            _("Leave the presentation"),
            key="leave_presentation",
            on_click=lambda: state.present(shown=False),
        )
