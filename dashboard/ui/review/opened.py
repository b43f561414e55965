"""An event with the version in which this browser opened it, and the form of its fields."""

from dashboard.language.names import title_of
from dashboard.model.records import EventRecord, Table
from dashboard.project.project import Loaded
from dashboard.review.claims import Opened
from dashboard.review.field_merge import opened_at
from dashboard.store.merge import event_record
from dashboard.ui.actions import edit_session
from dashboard.ui.components.form_draft import DraftedForm
from dashboard.ui.state.drawn_forms import form_key
from dashboard.ui.state.session import SessionValue


def opened_now(loaded: Loaded, event_id: str) -> Opened:
    """The event as it is now; raises KeyError if there is none."""
    record = event_record(loaded.corpus, event_id)
    if record is None:
        raise KeyError(event_id)
    return Opened(record, edit_session(loaded).version(Table.EVENT, event_id))


def as_opened(loaded: Loaded, now: Opened) -> Opened:
    """The event as its form was filled, though others may have changed it since; `now` is it now."""
    return opened_in(loaded, now, f"{form_key(_prefix(now.event_id))}version")


def opened_in(loaded: Loaded, now: Opened, key: str) -> Opened:
    """The event in the version under that key of the session, which is set if there is none."""
    version = SessionValue[int | None](key, None)
    opened = opened_at(loaded.workspace, now, version.get())
    version.set(opened.version)
    return opened


def event_fields(record: EventRecord) -> DraftedForm:
    """The form of an event's fields."""
    event_id = record.event.event_id
    return DraftedForm(
        f"event:{event_id}",
        _prefix(event_id),
        "_title_en",
        title_of(record.event),
        {"page": "review", "event": event_id},
    )


def _prefix(event_id: str) -> str:
    # The hyphen ends the id, which may be the beginning of another one.
    return f"edit_{event_id}-"
