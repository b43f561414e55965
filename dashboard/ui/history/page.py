"""The History page: the log of all changes, each of which can be undone."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.project.project import Loaded
from dashboard.ui import shell
from dashboard.ui.components.log_table import log_table
from dashboard.ui.components.workspace_fault import time_of
from dashboard.ui.state.session import SessionValue

_PAGE = 50
_LIMIT = SessionValue("history_limit", _PAGE)


@shell.page_of
def page(loaded: Loaded) -> None:
    """Show the last changes, newest first."""
    shell.heading(_("History"))
    st.caption(_("Every change is recorded. Undoing adds a line; no line is ever deleted."))
    _last_backup(loaded)
    limit = _LIMIT.get()
    entries = loaded.workspace.log(limit=limit)
    log_table(loaded, entries, key="log")
    if len(entries) == limit:
        st.button(_("Older"), on_click=lambda: _LIMIT.set(limit + _PAGE))


def _last_backup(loaded: Loaded) -> None:
    """The time of the last backup, from the names of the backup files."""
    backups = loaded.workspace.made_backups()
    if backups:
        st.caption(_("Last backup: {time}.").format(time=time_of(backups[0])))
