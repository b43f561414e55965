"""The Account page: who one is, sign out, tokens for programs; all accounts for administrators."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.words import all_of
from dashboard.model.permissions import Permission, Role, permissions_of
from dashboard.model.viewer import Viewer, viewer
from dashboard.project.accounts import shared_accounts
from dashboard.project.project import Loaded
from dashboard.ui import shell
from dashboard.ui.account.accounts_panel import accounts_panel
from dashboard.ui.account.sessions_panel import sessions_panel
from dashboard.ui.account.taken_panel import taken_panel
from dashboard.ui.account.tokens_panel import tokens_panel
from dashboard.ui.account.words import role_name
from dashboard.ui.components.workspace_fault import literal


@shell.page_of
def page(loaded: Loaded) -> None:
    """Show the account of this viewer, and for administrators all accounts."""
    shell.heading(_("Account"))
    found, someone = shared_accounts(), viewer()
    if found is None or not someone.account:
        st.info(_("This server has no accounts."))
        return
    accounts = found[1]
    _who(someone)
    sessions_panel(accounts, someone.account)
    tokens_panel(accounts, someone)
    if someone.may(Permission.ADMINISTER):
        accounts_panel(found[0], accounts)
        taken_panel(loaded.workspace)


def _who(someone: Viewer) -> None:
    role = next(
        (role for role in reversed(Role) if permissions_of(role) == someone.permissions), None
    )
    st.markdown(f"**{literal(someone.author or someone.account)}**")
    name = _("no role") if role is None else role_name(role)
    st.text(_("Role: {role}").format(role=name))
    if someone.groups:
        st.text(_("Groups: {groups}").format(groups=all_of(sorted(someone.groups))))
