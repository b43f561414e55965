"""Corrections of a suggestion that somebody else decided meanwhile: theirs and mine, field by field."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.language.numbers import in_digits
from dashboard.language.stored_text import translate
from dashboard.language.words import day, isolate
from dashboard.model.records import Entry, StoredSuggestion, SuggestionRecord, Table, Versioned
from dashboard.model.suggestion import SuggestionStatus
from dashboard.project.project import Loaded
from dashboard.review.actions import edit_event
from dashboard.review.claims import Opened
from dashboard.review.draft import draft, event_draft, with_draft
from dashboard.review.field_merge import event_changes, last_entries, merged
from dashboard.store.merge import event_record
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.form_draft import discard, drafted, forget_draft
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.conflict_panel import conflict_panel, event_words, seen_before
from dashboard.ui.review.decision import CORRECTING, correction_form
from dashboard.ui.review.event_form import event_form
from dashboard.ui.review.opened import opened_now
from dashboard.ui.review.queue import CHOSEN, Suggestions


def decided_meanwhile(loaded: Loaded, shown: Suggestions) -> StoredSuggestion | None:
    """The suggestion whose corrections are open here, if another decision took it from the list."""
    suggestion_id = CHOSEN.get()
    if suggestion_id is None or suggestion_id in shown or CORRECTING.get() != suggestion_id:
        return None
    stored = loaded.workspace.get(Table.SUGGESTION, suggestion_id)
    if stored is None or not isinstance(stored.value, SuggestionRecord):
        return None
    waits = (SuggestionStatus.PENDING, SuggestionStatus.DEFERRED)
    return None if stored.value.status in waits else Versioned(stored.value, stored.version)


def decided_panel(loaded: Loaded, stored: StoredSuggestion) -> None:
    """Say who decided what; corrections are saved to the event that the suggestion became."""
    record = stored.value
    if record is None:
        return
    entry = next(iter(loaded.workspace.log(record=(Table.SUGGESTION, record.suggestion_id))), None)
    st.warning(_decision(entry))
    event_id = record.event_id and loaded.corpus.current_id(record.event_id)
    if event_id and event_record(loaded.corpus, event_id) is not None:
        if record.status is SuggestionStatus.ACCEPTED:
            _save_to(loaded, record, opened_now(loaded, event_id), entry)
        shell.link_to("review", _("Open the event"), {"event": event_id})
    form = correction_form(record, draft(record, loaded.corpus))
    st.button(_("Discard my corrections"), on_click=partial(_close, form.name), key="decided_close")


def _decision(entry: Entry | None) -> str:
    if entry is None:
        return _("This suggestion was decided meanwhile. What you typed is still here.")
    sentence = _("{who} decided this suggestion on {time}: {what}. What you typed is still here.")
    time = f"{day(entry.at.date())} {in_digits(f'{entry.at:%H:%M}')} UTC"
    what = ": ".join(literal(translate(text)) for text in (entry.what, entry.why) if text)
    return sentence.format(who=literal(entry.who), time=isolate(time), what=what)


def _save_to(loaded: Loaded, record: SuggestionRecord, now: Opened, entry: Entry | None) -> None:
    """The fields as I typed them, and what differs from the event; saving is an edit of the event."""
    # The claims are those of the event now, with their own forms.
    given = replace(draft(record, loaded.corpus), stances=())
    form = correction_form(record, given)
    theirs = event_draft(now.record)
    with drafted(form) as key:
        above = st.container()
        corrected = event_form(loaded.corpus, given, [], key=key)
        why = st.text_input(_("Reason for the change"), key=f"{key}why").strip()
    if corrected is None:
        return
    changes = event_changes(given, theirs, corrected)
    _last, setting = last_entries(loaded.workspace, Opened(now.record, entry.seq if entry else 0))
    words = event_words(loaded.corpus, theirs), event_words(loaded.corpus, corrected)
    with above:
        choices = conflict_panel(changes, *words, entry, setting, key=key)
    saved = merged(theirs, corrected, changes, choices)
    needs = {
        _("a look at the other change, above"): seen_before(key, now.version),
        _("a choice for each field that both of you changed"): saved is not None,
        _("a reason"): bool(why),
    }
    if action_button(_("Save to the event"), needs=needs, type="primary") and saved:
        after = with_draft(now.record, saved)
        saving = partial(
            edit_event, edit_session(loaded), now.record, after, version=now.version, why=why
        )
        if act(loaded, _("Saved: {name}").format(name=isolate(title_of(after.event))), saving):
            forget_draft(form)
            _leave()
        st.rerun()


def _close(name: str) -> None:
    discard(name)
    _leave()


def _leave() -> None:
    CORRECTING.set(None)
    CHOSEN.set(None)
