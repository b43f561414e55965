"""The log of changes of an event, and the same with its claims as a page to print."""

from collections.abc import Sequence

import streamlit as st

from dashboard.browser.event_history import event_history_page
from dashboard.language.messages import _
from dashboard.model.records import Entry
from dashboard.project.project import Loaded
from dashboard.ui.components.log_table import log_table
from dashboard.ui.components.logged_file import logged


def history_panel(loaded: Loaded, event_id: str, entries: Sequence[Entry]) -> None:
    """Show the entries, newest first; the corpus of `loaded` has the event, unless it is gone."""
    differences = {entry.seq: loaded.workspace.differences(entry.seq) for entry in entries}
    unnamed = st.checkbox(_("Without the names of analysts"), key="history_without_authors")
    page = event_history_page(
        loaded.corpus, event_id, entries, differences, loaded.proof, authors=not unnamed
    )
    st.download_button(
        _("History as a page to print"),
        data=logged(page.encode, "history html", f"event={event_id}", 1),
        file_name=f"{event_id}_history.html",
        mime="text/html",
        key="event_history",
        on_click="ignore",
        help=_("Claims with their sentences and hashes, and every change with its reason."),
    )
    log_table(loaded, list(entries), key="event_log")
