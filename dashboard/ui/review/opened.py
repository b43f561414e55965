"""An event with the version in which this browser opened it."""

from dashboard.model.records import Table
from dashboard.project.project import Loaded
from dashboard.review.claims import Opened
from dashboard.store.merge import event_record
from dashboard.ui.actions import edit_session


def opened_now(loaded: Loaded, event_id: str) -> Opened:
    """The event as it is now; raises KeyError if there is none."""
    record = event_record(loaded.corpus, event_id)
    if record is None:
        raise KeyError(event_id)
    return Opened(record, edit_session(loaded).version(Table.EVENT, event_id))
