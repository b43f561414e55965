"""All accounts of the server, for its administrators: roles, sign-ins, and disabling an account."""

from functools import partial

import streamlit as st

from dashboard.access.account_store import AccountStore
from dashboard.access.accounts import Account
from dashboard.access.sign_in_file import SignIn
from dashboard.language.messages import _
from dashboard.model.viewer import viewer
from dashboard.ui import shell
from dashboard.ui.account.words import role_name, time_text
from dashboard.ui.components.workspace_fault import literal


def accounts_panel(settings: SignIn, accounts: AccountStore) -> None:
    """Show a row for each account that has signed in; roles come from the sign-in file."""
    shell.heading(_("All accounts"), 3)
    st.caption(
        _("Roles are given by groups and accounts in the file of the setting EVENT_MAP_SIGN_IN.")
    )
    for account in accounts.accounts():
        _row(settings, accounts, account)


def _row(settings: SignIn, accounts: AccountStore, account: Account) -> None:
    role = settings.role_of(account.account, account.groups)
    facts = _("{role}; last signed in on {time}").format(
        role=_("no role") if role is None else role_name(role),
        time=time_text(account.last_sign_in),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{literal(account.account)}** {literal(account.name)}: {facts}")
        if account.account == viewer().account:
            return
        st.button(
            _("End sessions"),
            key=f"end_{account.account}",
            type="tertiary",
            on_click=partial(accounts.end_sessions, account.account),
        )
        st.button(
            _("Enable") if account.disabled else _("Disable"),
            key=f"disable_{account.account}",
            type="tertiary",
            on_click=partial(accounts.disable, account.account, disabled=not account.disabled),
        )
