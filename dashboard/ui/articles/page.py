"""The Articles page: add articles, follow their reading, and see each with its mentions."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.project.project import Loaded
from dashboard.ui import shell
from dashboard.ui.articles.add_panel import add_panel
from dashboard.ui.articles.article_list import CHOSEN, article_list
from dashboard.ui.articles.reading_panel import reading_panel
from dashboard.ui.state.address_bar import param


@shell.page_of
def page(loaded: Loaded) -> None:
    """Show the list on the left and the selected article on the right."""
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
