"""The line of the sidebar that says who is signed in, with a link to the Account page."""

from collections.abc import Callable

import streamlit as st

from dashboard.model.viewer import viewer
from dashboard.static_files import FRONTEND, bundle
from dashboard.ui.components.workspace_fault import literal

LinkTo = Callable[[str, str], None]
# Answered only while the session is good: see dashboard/server/sign_in.
_STATE = "/sign-in/state"
_component = st.components.v2.component(
    "event_map_signed_in", js=bundle(FRONTEND / "signed_in" / "signed_in.js")
)


def account_line(link_to: LinkTo) -> None:
    """Show it on a server with accounts; `link_to(page, label)` shows a link."""
    someone = viewer()
    if someone.account and someone.author:
        link_to("account", literal(someone.author))
        signed_in(ended=False)


def signed_in(*, ended: bool) -> None:
    """Let the browser open the sign-in once the session has ended, which it asks every few seconds."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    address = f"/{base}{_STATE}" if base else _STATE
    _component(key="signed_in", data={"address": address, "ended": ended})
