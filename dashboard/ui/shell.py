"""Shared by all pages: navigation, headings, and opening a page with style and data."""

from collections.abc import Callable, Mapping
from functools import wraps

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.language.messages import N_, _
from dashboard.model.errors import DataError
from dashboard.project.project import Loaded
from dashboard.ui import project
from dashboard.ui.account.line import account_line
from dashboard.ui.actions import show_outcome
from dashboard.ui.analyst import name_field
from dashboard.ui.components.drafts_list import drafts_list
from dashboard.ui.components.faults import show_data_error
from dashboard.ui.components.keyboard_help import keyboard_help
from dashboard.ui.components.language_control import language_control
from dashboard.ui.components.live_changes import OPEN_SUGGESTION, live_changes
from dashboard.ui.components.style import apply_style
from dashboard.ui.components.waiting_line import waiting_line
from dashboard.ui.components.workspace_fault import show_restored, workspace_guarded
from dashboard.ui.state import explore_query
from dashboard.ui.state.address_bar import follow_links
from dashboard.ui.state.language import language_link, write_language

# In the order of the work.
PAGES = {
    "explore": N_("Explore"),
    "compare": N_("Compare"),
    "articles": N_("Articles"),
    "review": N_("Review"),
    "gazetteer": N_("Gazetteer"),
    "data": N_("Data"),
    "history": N_("History"),
}
_pages: dict[str, StreamlitPage] = {}


def register(name: str, page: StreamlitPage) -> None:
    """Register a page of the entry script, for links to it."""
    _pages[name] = page


def navigation() -> None:
    """Show links to the pages in the sidebar; that to Explore has its last query."""
    with st.container(key="title", horizontal=True, vertical_alignment="center"):
        title = _("Event map")
        st.html(f'<h1 class="app-title">{title}</h1>')
        keyboard_help()
        language_control(_pages)
    with st.container(key="pages", horizontal=True, gap="small"):
        for name, label in PAGES.items():
            link_to(name, _(label), explore_query.link() if name == "explore" else {})
    account_line(link_to)
    show_restored()


def link_to(name: str, label: str, params: Mapping[str, str | list[str]] | None = None) -> None:
    """Show a link to a page, which keeps the language."""
    linked = {**(params or {}), **language_link()}
    st.page_link(_pages[name], label=label, query_params=linked or None)


def heading(text: str, level: int = 2) -> None:
    """Show a heading; `text` is HTML."""
    st.html(f"<h{level}>{text}</h{level}>")


def page_of(show: Callable[[Loaded], None]) -> Callable[[], None]:
    """Decorator: a page other than Explore, which shows the data, or the error if there are none."""

    @wraps(show)
    @workspace_guarded
    def page() -> None:
        if loaded := _open_page():
            below_name, live = st.sidebar.container(), st.container()
            OPEN_SUGGESTION.clear()
            show(loaded)
            # Last, so that it counts what this run has saved, and knows what it has opened.
            with below_name:
                drafts_list(link_to)
                waiting_line(loaded, link_to)
            with live:
                live_changes(loaded.version, OPEN_SUGGESTION.get())

    return page


def _open_page() -> Loaded | None:
    apply_style()
    write_language()
    follow_links()
    explore_query.leave()
    try:
        loaded = project.load()
    except DataError as error:
        with st.sidebar:
            navigation()
        show_data_error(error)
        return None
    with st.sidebar:
        navigation()
        name_field()
    show_outcome(loaded, link_to)
    return loaded
