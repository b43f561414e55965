"""The browser of this session, known again by its cookie."""

import streamlit as st

from dashboard.store.browser_token import COOKIE, fingerprint
from dashboard.ui.state.session import SessionValue

_BROWSER = SessionValue("browser", "")


def browser() -> str:
    """The fingerprint of this browser's token; "" for one that sends no cookie."""
    known = _BROWSER.get()
    if not known:
        token = st.context.cookies.get(COOKIE)
        known = fingerprint(token) if isinstance(token, str) else ""
        _BROWSER.set(known)
    return known
