"""Editing an event: its fields, its log of changes, and conflicts with other changes."""

from dataclasses import replace

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.names import title_of
from dashboard.language.words import comma, isolate
from dashboard.model.event import EventActor, EventPlace, Stance
from dashboard.model.message import message
from dashboard.model.records import EventRecord, Table
from dashboard.project.project import Loaded
from dashboard.review.actions import edit_event
from dashboard.review.draft import Draft
from dashboard.store.merge import event_record
from dashboard.text.escape import escape
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.log_table import log_table
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.event_form import event_form
from dashboard.ui.state.session import SessionValue, forget


def edit_event_panel(loaded: Loaded, event_id: str) -> None:
    """The form for one event; saving is refused if somebody changed it since it was opened."""
    record = event_record(loaded.corpus, event_id)
    if record is None:
        st.warning(_("The event in the link does not exist here."))
        return
    opened, version = _as_opened(loaded, record)
    current = loaded.workspace.get(Table.EVENT, event_id)
    title = f"<bdi>{escape(title_of(record.event))}</bdi>"
    shell.heading(_("Edit: {title}").format(title=title))
    if current and current.version != version:
        _somebody_else(record, event_id, current.version)
    quotes = [claim.quote for claim in opened.claims]
    corrected = event_form(loaded.corpus, _draft(opened), quotes, key=f"edit_{event_id}")
    why = st.text_input(_("Reason for the change"), key=f"edit_why_{event_id}")
    needs = {_("a reason"): bool(why.strip())}
    with st.container(horizontal=True):
        if action_button(_("Save"), needs=needs, type="primary") and corrected:
            _save(loaded, opened, corrected, version, why.strip())
            st.rerun()
        shell.link_to("explore", _("Back to the map"), {"event": event_id, "tab": "evidence"})
    shell.heading(_("Changes to this event"), 3)
    log_table(loaded, loaded.workspace.log(record=(Table.EVENT, event_id)), key="event_log")


def _as_opened(loaded: Loaded, record: EventRecord) -> tuple[EventRecord, int]:
    """The event and its version when this browser opened it, even if it was changed since."""
    event_id = record.event.event_id
    version = edit_session(loaded).version(Table.EVENT, event_id)
    return SessionValue(f"edit_{event_id}_opened", (record, version)).stored()


def _somebody_else(theirs: EventRecord, event_id: str, version: int) -> None:
    """Show that somebody else changed the event, and let the analyst choose a version."""
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
    opened = SessionValue(f"edit_{event_id}_opened", (theirs, version))
    with st.container(horizontal=True):
        st.button(
            _("Keep my version; replace theirs"), on_click=lambda: opened.set((theirs, version))
        )
        st.button(_("Use their version"), on_click=lambda: forget(f"edit_{event_id}_"))


def _draft(record: EventRecord) -> Draft:
    event = record.event
    return Draft(
        kind=event.kind,
        title_en=event.title_en,
        title_ar=event.title_ar,
        when=event.when,
        date_reason=event.date_reason,
        places=tuple(dict.fromkeys((row.place_id, row.role) for row in record.places)),
        actors=tuple(dict.fromkeys((row.actor_id, row.role) for row in record.actors)),
        stances=tuple(claim.stance for claim in record.claims),
    )


def _save(loaded: Loaded, opened: EventRecord, corrected: Draft, version: int, why: str) -> None:
    after = edited(opened, corrected)
    if act(
        loaded,
        _("Saved: {name}").format(name=isolate(title_of(after.event))),
        lambda: edit_event(edit_session(loaded), opened, after, version=version, why=why),
    ):
        forget(f"edit_{opened.event.event_id}_")


def edited(record: EventRecord, corrected: Draft) -> EventRecord:
    """The event with the fields of the form; unchanged child rows keep source and notes."""
    event_id = record.event.event_id
    places = [row for row in record.places if (row.place_id, row.role) in corrected.places]
    previous_places = {(row.place_id, row.role) for row in places}
    actors = [row for row in record.actors if (row.actor_id, row.role) in corrected.actors]
    previous_actors = {(row.actor_id, row.role) for row in actors}
    same_reason = corrected.date_reason == record.event.date_reason
    return EventRecord(
        event=replace(
            record.event,
            kind=corrected.kind,
            title_en=corrected.title_en,
            title_ar=corrected.title_ar,
            when=corrected.when,
            date_reason=corrected.date_reason,
            # The Arabic text of the old reason would be wrong for a new one.
            date_reason_ar=record.event.date_reason_ar if same_reason else "",
        ),
        places=(
            *places,
            *(
                EventPlace(event_id, key, role, None, None, message("placed by an analyst"))
                for key, role in corrected.places
                if (key, role) not in previous_places
            ),
        ),
        actors=(
            *actors,
            *(
                EventActor(event_id, key, role, None)
                for key, role in corrected.actors
                if (key, role) not in previous_actors
            ),
        ),
        claims=tuple(
            replace(
                claim,
                stance=stance,
                disputes=None if stance is Stance.ASSERTS else claim.disputes,
            )
            for claim, stance in zip(record.claims, corrected.stances, strict=True)
        ),
    )
