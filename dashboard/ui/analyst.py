"""The analyst's name, which is recorded with each change: that of the account, or a typed one.

Each browser's last typed name is remembered.
"""

from contextlib import suppress

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.errors import DashboardError
from dashboard.model.permissions import Permission
from dashboard.model.viewer import Viewer, viewer
from dashboard.store.drafts import Owner
from dashboard.ui import project
from dashboard.ui.state.browser import browser
from dashboard.ui.state.drawn_forms import empty_forms
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue, field

NAME = SessionValue("analyst", "")
_RESTORED = SessionValue("name_restored", default=False)
# The name before, if its drafts wait for it.
_LEFT = SessionValue("name_left", "")


def owner() -> Owner:
    """Whose drafts are shown: those of this browser and this name."""
    return Owner(browser(), NAME.get())


def use_account(someone: Viewer) -> None:
    """Take the name of the viewer's account, "" for one that may not change anything."""
    if someone.author is not None:
        NAME.set(someone.author if someone.may(Permission.REVIEW) else "")


def name_field() -> None:
    """Show a field for the analyst's name, with the one that was last entered in this browser.

    With accounts there is nothing to enter.
    """
    if viewer().author is not None:
        if not NAME.get():
            st.caption(_("With your role you can see everything, but you cannot change anything."))
        return
    restore_name()
    st.text_input(
        _("Your name"),
        max_chars=60,
        placeholder=_("is saved with each change"),
        **field("who", NAME.get(), lambda name: _change(name.strip())),
    )
    # Always present, so that what follows does not move when the text disappears.
    with st.container():
        if not NAME.get():
            st.caption(_("Without a name you can see everything, but you cannot change anything."))
        elif _LEFT.get():
            st.caption(
                _("The drafts of {name} are still here; enter that name to see them.").format(
                    name=isolate(_LEFT.get())
                )
            )


def restore_name() -> None:
    """Set the name that was last entered in this browser, once a session; none with accounts."""
    if _RESTORED.get() or viewer().author is not None:
        return
    _RESTORED.set(True)
    if browser() and not NAME.get():
        # Convenience only: why drafts cannot be read is said where a form has them.
        with suppress(DashboardError):
            NAME.set(project.project().drafts.author(browser()))


def _change(name: str) -> None:
    """Set the name. What was typed without a name becomes that analyst's; else each has own drafts."""
    apply_language()
    before = owner()
    NAME.set(name)
    _LEFT.clear()
    if not browser() or name == before.author:
        return
    with suppress(DashboardError):
        drafts = project.project().drafts
        if before.author:
            _LEFT.set(before.author if drafts.all(before) else "")
            empty_forms()
        else:
            drafts.give(before, name)
        drafts.set_author(browser(), name)
