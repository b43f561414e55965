"""The Articles page: add articles, follow their reading, and see each with its mentions."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.ui import shell
from dashboard.ui.articles.add_panel import add_panel
from dashboard.ui.articles.article_list import CHOSEN, article_list
from dashboard.ui.articles.reading_panel import reading_panel
from dashboard.ui.components.workspace_fault import workspace_guarded
from dashboard.ui.state.address_bar import param


@workspace_guarded
def page() -> None:
    """Show the list on the left and the selected article on the right."""
    loaded = shell.open_page()
    if loaded is None:
        return
    with st.sidebar:
        add_panel(loaded)
    left, right = st.columns([4, 9], gap="medium")
    with left:
        article_list(loaded)
    with right:
        article = loaded.corpus.articles.get(CHOSEN.get() or param("id"))
        if article is None:
            st.info(_("Choose an article in the list, or add articles."))
        else:
            reading_panel(loaded, article)
