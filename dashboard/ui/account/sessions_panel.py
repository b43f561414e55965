"""The sessions of this account: which browsers are signed in, and signing out here or everywhere."""

import streamlit as st

from dashboard.access.account_store import AccountStore
from dashboard.language.messages import _
from dashboard.ui import shell
from dashboard.ui.account.words import time_text
from dashboard.ui.state.viewer import session_id


def sessions_panel(accounts: AccountStore, account: str) -> None:
    """Show when each session began and ends, with the buttons."""
    shell.heading(_("Sessions"), 3)
    here = session_id()
    for session in accounts.sessions(account):
        line = _("signed in on {begun}, until {ends}").format(
            begun=time_text(session.begun), ends=time_text(session.ends)
        )
        this = _("this browser") if session.session_id == here else _("another browser")
        st.text(f"{this}: {line}")
    with st.container(horizontal=True):
        if st.button(_("Sign out"), key="sign_out", type="primary"):
            accounts.end_session(here)
            st.rerun()
        if st.button(_("Sign out everywhere"), key="sign_out_everywhere"):
            accounts.end_sessions(account)
            st.rerun()
