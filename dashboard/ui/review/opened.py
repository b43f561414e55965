"""An event with the version in which this browser opened it, and the form of its fields."""

from dashboard.language.names import title_of
from dashboard.model.records import EventRecord, Table
from dashboard.project.project import Loaded
from dashboard.review.claims import Opened
from dashboard.store.merge import event_record
from dashboard.ui.actions import edit_session
from dashboard.ui.components.kept_form import KeptForm
from dashboard.ui.state.drawn_forms import form_key
from dashboard.ui.state.session import SessionValue


def opened_now(loaded: Loaded, event_id: str) -> Opened:
    """The event as it is now; raises KeyError if there is none."""
    record = event_record(loaded.corpus, event_id)
    if record is None:
        raise KeyError(event_id)
    return Opened(record, edit_session(loaded).version(Table.EVENT, event_id))


def opened_version(event_id: str) -> SessionValue[int | None]:
    """The version from which the fields of the event's form were filled; it is kept with its draft."""
    return SessionValue[int | None](f"{form_key(_prefix(event_id))}version", None)


def as_opened(loaded: Loaded, record: EventRecord) -> Opened:
    """The event as its form was filled, though others may have changed it since; `record` is it now."""
    event_id = record.event.event_id
    now = opened_now(loaded, event_id)
    version = opened_version(event_id)
    if version.get() is None:
        version.set(now.version)
    if version.get() == now.version:
        return now
    before = loaded.workspace.at_version(Table.EVENT, event_id, version.get() or 0)
    if not isinstance(before, EventRecord):
        # Of a restored backup, or of a log that ends earlier: there is nothing to compare with.
        version.set(now.version)
        return now
    return Opened(before, version.get() or 0)


def event_fields(record: EventRecord) -> KeptForm:
    """The form of an event's fields."""
    event_id = record.event.event_id
    return KeptForm(
        f"event:{event_id}",
        _prefix(event_id),
        "_title_en",
        title_of(record.event),
        {"page": "review", "event": event_id},
    )


def _prefix(event_id: str) -> str:
    # The hyphen ends the id, which may be the beginning of another one.
    return f"edit_{event_id}-"
