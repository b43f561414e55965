"""What a page shows whose session has ended; the browser then opens the sign-in."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.ui.account.line import signed_in


def ended_page() -> None:
    """Say so. What was saved is saved, and drafts wait for the next sign-in."""
    st.subheader(_("You are signed out"))
    st.text(_("What was saved is saved; drafts wait for you."))
    signed_in(ended=True)
