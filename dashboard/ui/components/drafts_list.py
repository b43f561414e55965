"""The list of this analyst's drafts in this browser, each with a link to its form."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.model.errors import DashboardError
from dashboard.store.drafts import StoredDraft
from dashboard.ui import project
from dashboard.ui.analyst import owner
from dashboard.ui.components.form_draft import discard, saved_words
from dashboard.ui.components.workspace_fault import literal

LinkTo = Callable[[str, str, Mapping[str, str]], None]


def drafts_list(link_to: LinkTo) -> None:
    """Show a button with the number of drafts, always there, which opens their list.

    `link_to(page, label, parameters)` shows a link.
    """
    drafts = _all()
    label = plural("{n} draft", "{n} drafts", len(drafts)) if drafts else _("No drafts")
    with st.popover(label, disabled=not drafts, key="drafts", width="stretch"):
        for draft in drafts:
            _row(draft, link_to)


def _row(draft: StoredDraft, link_to: LinkTo) -> None:
    link = dict(draft.link)
    page = link.pop("page", "")
    with st.container(key=f"draft_{draft.form}", horizontal=True, vertical_alignment="center"):
        link_to(page, literal(_(draft.title)), link)
        st.caption(saved_words(draft))
        st.button(
            _("Discard"),
            key=f"discard_in_list_{draft.form}",
            type="tertiary",
            on_click=partial(discard, draft.form),
        )


def _all() -> list[StoredDraft]:
    """The drafts; none if they cannot be read, which their forms report."""
    if not owner().browser:
        return []
    try:
        return project.project().drafts.all(owner())
    except DashboardError:
        return []
