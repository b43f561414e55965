"""The notice of what others changed since the page was drawn, and of who has the same event open.

The browser asks `server/live_changes.py`; no run of the page is needed, so that nobody's typing is
interrupted. The page is drawn anew when the analyst wants it.
"""

import streamlit as st

from dashboard.language.messages import _
from dashboard.static_files import FRONTEND, bundle, style_sheet
from dashboard.ui.analyst import NAME
from dashboard.ui.state.language import language_link
from dashboard.ui.state.session import SessionValue

# The suggestion that this run of the page has opened, by its id; "" for none.
OPEN_SUGGESTION = SessionValue("suggestion_open", "")
_component = st.components.v2.component(
    "event_map_live_changes",
    html='<div class="live"></div>',
    css=style_sheet("live_changes/live_changes.css"),
    js=bundle(FRONTEND / "live_changes" / "live_changes.js"),
)


def live_changes(version: int, suggestion_id: str = "") -> None:
    """Let the browser say what is newer than the entry `version` of the log, which the page shows.

    The page has a suggestion open, or none; an open event is in its address.
    """
    language = language_link()
    _component(
        key="live_changes",
        data={
            "since": version,
            "name": NAME.get(),
            "suggestion": suggestion_id,
            "language": [[name, str(value)] for name, value in language.items()],
            "show": _("Show the changes"),
            "dismiss": _("Dismiss"),
        },
        on_show_change=lambda: None,
    )
