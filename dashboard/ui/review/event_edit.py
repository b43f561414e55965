"""Editing an event: its fields, its log of changes, and conflicts with other changes."""

import streamlit as st

from dashboard.browser.resting import resting_html
from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.language.words import isolate
from dashboard.model.records import Table
from dashboard.model.shared_work import Item, ItemKind
from dashboard.project.project import Loaded
from dashboard.review.actions import edit_event
from dashboard.review.claims import Opened
from dashboard.review.draft import Draft, event_draft, with_draft
from dashboard.review.field_merge import event_changes, last_entries, merged
from dashboard.review.history import event_entries
from dashboard.store.merge import event_record
from dashboard.text.escape import escape
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.form_draft import draft_of, drafted, forget_draft
from dashboard.ui.review.claims_panel import claims_panel
from dashboard.ui.review.conflict_panel import conflict_panel, event_words, seen_before
from dashboard.ui.review.event_actions import event_actions
from dashboard.ui.review.event_form import event_form
from dashboard.ui.review.history_panel import history_panel
from dashboard.ui.review.imported_panel import imported_panel
from dashboard.ui.review.opened import as_opened, event_fields, opened_now
from dashboard.ui.review.shared_panel import shared_panel
from dashboard.ui.state.address_bar import change_params
from dashboard.ui.state.drawn_forms import empty_fields


def edit_event_panel(loaded: Loaded, event_id: str) -> None:
    """The form for one event; saving is refused if somebody changed it since it was opened."""
    if (current_id := loaded.corpus.current_id(event_id)) != event_id:
        st.info(_("The event in the link was merged into this one."))
        event_id = current_id
    record = event_record(loaded.corpus, event_id)
    if record is None:
        if not imported_panel(loaded, event_id):
            _not_here(loaded, event_id)
        return
    form = event_fields(record)
    title = f"<bdi>{escape(title_of(record.event))}</bdi>"
    shell.heading(_("Edit: {title}").format(title=title))
    shared_panel(loaded, Item(ItemKind.EVENT, event_id), record.event.titles)
    now = opened_now(loaded, event_id)
    with drafted(form) as key:
        opened = as_opened(loaded, now)
        above = st.container()
        corrected = event_form(loaded.corpus, event_draft(opened.record), [], key=key)
        with above:
            saved, needs = _with_theirs(loaded, opened, now, corrected, key)
        why = st.text_input(_("Reason for the change"), key=f"{key}why").strip()
    needs |= {_("a reason"): bool(why)}
    with st.container(horizontal=True):
        if action_button(_("Save"), needs=needs, type="primary") and saved:
            _save(loaded, now, saved, why)
            st.rerun()
        shell.link_to("explore", _("Back to the map"), {"event": event_id, "tab": "evidence"})
    shell.heading(_("Claims"), 3)
    claims_panel(loaded, now)
    adding = {"new": ["claim"], "into": [event_id], "event": []}
    st.button(_("Add a claim"), on_click=lambda: change_params(adding))
    shell.heading(_("The event as a whole"), 3)
    event_actions(loaded, now)
    shell.heading(_("Changes to this event"), 3)
    _history(loaded, event_id)


def _not_here(loaded: Loaded, event_id: str) -> None:
    """Why there is no such event: it was withdrawn, by whom and for what reason, or never was here."""
    if resting := resting_html(loaded.verified, event_id):
        st.warning(_("The event in the link is not here now. Its verifications rest until it is."))
        st.html(resting)
        return
    entries = loaded.workspace.log(record=(Table.EVENT, event_id))
    if not entries:
        st.warning(_("The event in the link does not exist here."))
        return
    st.warning(_("This event was withdrawn, or its creation undone. Its changes:"))
    _history(loaded, event_id)


def _history(loaded: Loaded, event_id: str) -> None:
    history_panel(loaded, event_id, event_entries(loaded.workspace, loaded.corpus, event_id))


def _with_theirs(
    loaded: Loaded, opened: Opened, now: Opened, corrected: Draft | None, key: str
) -> tuple[Draft | None, dict[str, bool]]:
    """What is to be saved, and what saving needs; if others changed the event, shown field by field.

    `None`: the fields are not valid, or a choice is missing.
    """
    if corrected is None or now.version == opened.version:
        return corrected, {}
    before, theirs = event_draft(opened.record), event_draft(now.record)
    changes = event_changes(before, theirs, corrected)
    if not any(change.theirs for change in changes):
        # They changed its claims, which are not in this form.
        return corrected, {}
    form = event_fields(now.record)
    if not any(change.mine for change in changes) and draft_of(form) is None:
        # Nothing was typed: the form shows the event as it is now.
        empty_fields(form.prefix)
        st.rerun()
    last, setting = last_entries(loaded.workspace, opened)
    words = event_words(loaded.corpus, theirs), event_words(loaded.corpus, corrected)
    choices = conflict_panel(changes, *words, last, setting, key=key)
    saved = merged(theirs, corrected, changes, choices)
    return saved, {
        _("a look at the other change, above"): seen_before(key, now.version),
        _("a choice for each field that both of you changed"): saved is not None,
    }


def _save(loaded: Loaded, now: Opened, fields: Draft, why: str) -> None:
    before = now.record
    after = with_draft(before, fields)
    if act(
        loaded,
        _("Saved: {name}").format(name=isolate(title_of(after.event))),
        lambda: edit_event(edit_session(loaded), before, after, version=now.version, why=why),
    ):
        forget_draft(event_fields(before))
