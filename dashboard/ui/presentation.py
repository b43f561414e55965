"""The clean view for a screenshot: the map with title, legend, scale and sources, and no panels."""

from datetime import datetime

import streamlit as st

from dashboard.language.messages import _
from dashboard.query.query import Query
from dashboard.query.select import Selection
from dashboard.ui import state
from dashboard.ui.cached import Loaded
from dashboard.ui.map_panel import map_panel
from dashboard.views.paper.content import figure_content
from dashboard.views.presentation import head_html, sources_html


def presentation(loaded: Loaded, query: Query, selection: Selection) -> None:
    """The whole screen; the way out shows when it is pointed at or reached by keyboard."""
    made = datetime.now().astimezone().date()
    content = figure_content(loaded.corpus, loaded.index, query, selection, made)
    st.html(head_html(content))
    with st.container(key="presented_map"):
        map_panel(loaded, query, selection)
    st.html(sources_html(content))
    with st.container(key="leave"):
        st.button(
            _("Leave the presentation"),
            key="leave_presentation",
            on_click=lambda: state.present(shown=False),
        )
