"""Editing an event: its fields, its log of changes, and conflicts with other changes."""

import streamlit as st

from dashboard.browser.event_history import event_history_page
from dashboard.language.messages import _, plural
from dashboard.language.names import title_of
from dashboard.language.words import comma, isolate
from dashboard.model.records import Table
from dashboard.project.project import Loaded
from dashboard.review.actions import edit_event
from dashboard.review.claims import Opened
from dashboard.review.draft import Draft, event_draft, with_draft
from dashboard.review.history import event_entries
from dashboard.store.merge import event_record
from dashboard.text.escape import escape
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.kept_form import forget_draft, kept
from dashboard.ui.components.log_table import log_table
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.claims_panel import claims_panel
from dashboard.ui.review.event_actions import event_actions
from dashboard.ui.review.event_form import event_form
from dashboard.ui.review.opened import as_opened, event_fields, opened_now, opened_version
from dashboard.ui.state.address_bar import change_params


def edit_event_panel(loaded: Loaded, event_id: str) -> None:
    """The form for one event; saving is refused if somebody changed it since it was opened."""
    if (current_id := loaded.corpus.current_id(event_id)) != event_id:
        st.info(_("The event in the link was merged into this one."))
        event_id = current_id
    record = event_record(loaded.corpus, event_id)
    if record is None:
        _not_here(loaded, event_id)
        return
    form = event_fields(record)
    title = f"<bdi>{escape(title_of(record.event))}</bdi>"
    shell.heading(_("Edit: {title}").format(title=title))
    with kept(form) as key:
        opened = as_opened(loaded, record)
        now = opened_now(loaded, event_id)
        if now.version != opened.version:
            _somebody_else(now)
        corrected = event_form(loaded.corpus, event_draft(opened.record), [], key=key)
        why = st.text_input(_("Reason for the change"), key=f"{key}why")
    needs = {_("a reason"): bool(why.strip())}
    with st.container(horizontal=True):
        if action_button(_("Save"), needs=needs, type="primary") and corrected:
            _save(loaded, opened, corrected, why.strip())
            st.rerun()
        shell.link_to("explore", _("Back to the map"), {"event": event_id, "tab": "evidence"})
    shell.heading(_("Claims"), 3)
    claims_panel(loaded, opened)
    adding = {"new": ["claim"], "into": [event_id], "event": []}
    st.button(_("Add a claim"), on_click=lambda: change_params(adding))
    shell.heading(_("The event as a whole"), 3)
    event_actions(loaded, opened)
    shell.heading(_("Changes to this event"), 3)
    _history(loaded, event_id)


def _not_here(loaded: Loaded, event_id: str) -> None:
    """Why there is no such event: it was withdrawn, by whom and for what reason, or never was here."""
    entries = loaded.workspace.log(record=(Table.EVENT, event_id))
    if not entries:
        st.warning(_("The event in the link does not exist here."))
        return
    st.warning(_("This event was withdrawn, or its creation undone. Its changes:"))
    _history(loaded, event_id)


def _history(loaded: Loaded, event_id: str) -> None:
    """The log of the event, and the same with its claims as a page to print."""
    entries = event_entries(loaded.workspace, loaded.corpus, event_id)
    differences = {entry.seq: loaded.workspace.differences(entry.seq) for entry in entries}
    st.download_button(
        _("History as a page to print"),
        data=event_history_page(loaded.corpus, event_id, entries, differences, loaded.proof),
        file_name=f"{event_id}_history.html",
        mime="text/html",
        key="event_history",
        on_click="ignore",
        help=_("Claims with their sentences and hashes, and every change with its reason."),
    )
    log_table(loaded, entries, key="event_log")


def _somebody_else(now: Opened) -> None:
    """Show that somebody else changed the event, and let the analyst choose a version."""
    theirs = now.record
    counts = [
        plural("{n} claim", "{n} claims", len(theirs.claims)),
        plural("{n} place", "{n} places", len(theirs.places)),
        plural("{n} actor", "{n} actors", len(theirs.actors)),
    ]
    message = _(
        "Somebody else changed this event after you opened it. Your version is below; the "
        "other version: “{title}”, {counts}."
    )
    title = literal(title_of(theirs.event))
    st.warning(message.format(title=title, counts=comma(counts)))
    with st.container(horizontal=True):
        st.button(
            _("Keep my version; replace theirs"),
            on_click=lambda: opened_version(now.event_id).set(now.version),
        )
        st.button(_("Use their version"), on_click=lambda: forget_draft(event_fields(theirs)))


def _save(loaded: Loaded, opened: Opened, corrected: Draft, why: str) -> None:
    before = opened.record
    after = with_draft(before, corrected)
    if act(
        loaded,
        _("Saved: {name}").format(name=isolate(title_of(after.event))),
        lambda: edit_event(edit_session(loaded), before, after, version=opened.version, why=why),
    ):
        forget_draft(event_fields(before))
