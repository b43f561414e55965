"""Who looks at this page: the account whose session the browser has, asked at each run."""

import streamlit as st

from dashboard.access.accounts import SESSION_HEADER
from dashboard.model.viewer import NOBODY, SINGLE_ANALYST, Viewer
from dashboard.project.accounts import shared_accounts


def session_id() -> str:
    """The id of this browser's session, which the gate of the server set; "" without one."""
    value = st.context.headers.get(SESSION_HEADER)
    return value if isinstance(value, str) else ""


def viewer_now(someone: Viewer) -> Viewer:
    """What somebody may do now, whose job goes on in a thread without a page."""
    accounts = shared_accounts()
    if accounts is None:
        return someone
    return accounts[1].viewer_now(someone.account) or NOBODY


def find_viewer() -> Viewer:
    """The viewer of this page; `NOBODY` once the session has ended."""
    accounts = shared_accounts()
    if accounts is None:
        return SINGLE_ANALYST
    return accounts[1].viewer_of_session(session_id()) or NOBODY
