"""The analyst's name, which the record of changes carries."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.ui.state.session import SessionValue, field

NAME = SessionValue("analyst", "")


def name_field() -> None:
    """A field for the analyst's name."""
    st.text_input(
        _("Your name"),
        max_chars=60,
        placeholder=_("for the record of changes"),
        **field("who", NAME.get(), lambda name: NAME.set(name.strip())),
    )
    # Always there, so that what follows keeps its place when the words go.
    with st.container():
        if not NAME.get():
            st.caption(_("Without a name you can look, but change nothing."))
