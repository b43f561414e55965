"""The analyst's name, which is recorded with each change."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.ui.state.session import SessionValue, field

NAME = SessionValue("analyst", "")


def name_field() -> None:
    """Show a field for the analyst's name."""
    st.text_input(
        _("Your name"),
        max_chars=60,
        placeholder=_("is saved with each change"),
        **field("who", NAME.get(), lambda name: NAME.set(name.strip())),
    )
    # Always present, so that what follows does not move when the text disappears.
    with st.container():
        if not NAME.get():
            st.caption(_("Without a name you can see everything, but you cannot change anything."))
