"""Tokens, with which QGIS, notebooks and monitoring read data of this server as this account."""

from functools import partial

import streamlit as st

from dashboard.access.account_store import AccountStore
from dashboard.access.accounts import Scope, Token
from dashboard.access.tokens import LONGEST_TOKEN_DAYS
from dashboard.language.messages import N_, _
from dashboard.model.errors import DashboardError
from dashboard.model.permissions import Permission
from dashboard.model.viewer import Viewer
from dashboard.ui import shell
from dashboard.ui.account.words import time_text
from dashboard.ui.components.workspace_fault import error_markdown, literal
from dashboard.ui.state.session import SessionValue

_DAYS = 90
_SCOPES = {
    Scope.READ: N_("read events (OGC API - Features)"),
    Scope.MONITOR: N_("read the figures of the server"),
}
# Shown in the run that made it, and never again.
_NEW = SessionValue("new_token", "")


def tokens_panel(accounts: AccountStore, someone: Viewer) -> None:
    """Show the tokens of an account, and a form for a new one."""
    shell.heading(_("Tokens for other programs"), 3)
    st.caption(
        _(
            "A program sends it with each request, in the header “Authorization: Bearer …”. It reads "
            "what your role may see, and changes nothing."
        )
    )
    for token in accounts.tokens.of(someone.account):
        _row(accounts, token)
    _form(accounts, someone)
    if secret := _NEW.get():
        _NEW.clear()
        st.success(_("Copy the token now; it is not shown again."))
        st.code(secret, language=None)


def _row(accounts: AccountStore, token: Token) -> None:
    used = time_text(token.last_used) if token.last_used else _("never")
    facts = _("{scope}; ends on {ends}; last used: {used}").format(
        scope=_(_SCOPES[token.scope]), ends=time_text(token.ends), used=used
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{literal(token.name)}**: {facts}")
        st.button(
            _("Revoke"),
            key=f"revoke_{token.token_id}",
            type="tertiary",
            on_click=partial(accounts.tokens.revoke, token.token_id),
        )


def _form(accounts: AccountStore, someone: Viewer) -> None:
    scopes = [Scope.READ, *([Scope.MONITOR] if someone.may(Permission.ADMINISTER) else [])]
    with st.form("new_token_form", clear_on_submit=True):
        name = st.text_input(_("Name of the program"), max_chars=60, key="token_name")
        scope = st.selectbox(
            _("For"), scopes, format_func=lambda one: _(_SCOPES[one]), key="token_scope"
        )
        days = st.number_input(_("Days"), 1, LONGEST_TOKEN_DAYS, _DAYS, key="token_days")
        if st.form_submit_button(_("Make a token")):
            try:
                _NEW.set(accounts.tokens.new(name, scope, int(days)))
            except DashboardError as error:
                st.error(error_markdown(error))
                return
            st.rerun()
