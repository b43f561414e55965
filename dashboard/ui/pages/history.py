"""The History page: the record of all changes, each of which can be undone."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.ui import shell
from dashboard.ui.log_table import log_table

_LIMIT, _PAGE = "history_limit", 50


def page() -> None:
    """The last changes, newest first."""
    loaded = shell.open_page()
    if loaded is None:
        return
    shell.heading(_("History"))
    st.caption(_("Every change is kept. Undoing adds a line; nothing is ever taken out."))
    limit = st.session_state.get(_LIMIT, _PAGE)
    entries = loaded.workspace.log(limit=limit)
    log_table(loaded, entries, key="log")
    if len(entries) == limit:
        st.button(_("Older"), on_click=lambda: st.session_state.update({_LIMIT: limit + _PAGE}))
