"""What waits for the analyst: comments that mention them, and what is assigned to them, with links."""

from functools import partial

import streamlit as st

from dashboard.browser.comments import comment_html
from dashboard.language.messages import N_, _
from dashboard.language.names import either
from dashboard.language.words import day, isolate
from dashboard.model.shared_work import Assignment, Item, ItemKind, Waiting
from dashboard.project.project import Loaded
from dashboard.review.sharing import item_title, mark_seen
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.analyst import NAME
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.shared_panel import seen_button
from dashboard.ui.state.address_bar import change_params

_KINDS = {ItemKind.EVENT: N_("Event"), ItemKind.SUGGESTION: N_("Suggestion to review")}
# Fewer are marked one by one.
_MANY = 2


def waiting_panel(loaded: Loaded) -> None:
    """Show the lists, each the oldest first."""
    shell.heading(_("Waits for you"))
    st.button(_("Back to the suggestions"), on_click=lambda: change_params({"waiting": []}))
    if not NAME.get():
        st.info(_("Enter your name to see what is assigned to you and where you are mentioned."))
        return
    waiting = loaded.shared_work.waiting_for(NAME.get())
    if not waiting.number:
        st.success(_("Nothing waits for you."))
        return
    if waiting.mentions:
        _mentions(loaded, waiting)
    if waiting.assigned:
        shell.heading(_("Assigned to you"), 3)
        for item, assignment in waiting.assigned.items():
            _assigned(loaded, item, assignment)


def _mentions(loaded: Loaded, waiting: Waiting) -> None:
    shell.heading(_("Mentions that you have not answered"), 3)
    many = len(waiting.mentions) >= _MANY
    if many and action_button(_("Mark all as seen"), key="seen_all"):
        seeing = partial(mark_seen, edit_session(loaded), list(waiting.mentions))
        act(loaded, _("Marked as seen"), seeing)
        st.rerun()
    for comment_id, (item, comment) in waiting.mentions.items():
        with st.container(key=f"waits_{comment_id}", gap="xxsmall"):
            _link(loaded, item)
            with st.container(key=f"row_of_{comment_id}", horizontal=True):
                st.html(comment_html(comment))
                seen_button(loaded, comment_id)


def _assigned(loaded: Loaded, item: Item, assignment: Assignment) -> None:
    with st.container(key=f"waits_{item.key}", gap="xxsmall"):
        _link(loaded, item)
        by = _("assigned by {who}, {day}").format(
            who=literal(assignment.who), day=isolate(day(assignment.at.date()))
        )
        st.caption(f"{_(_KINDS[item.kind])} · {by}")


def _link(loaded: Loaded, item: Item) -> None:
    titles = item_title(loaded.workspace, loaded.corpus, item)
    title = either(*titles) if titles else item.item_id
    shell.link_to("review", literal(title), {item.kind.value: item.item_id})
