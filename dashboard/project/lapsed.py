"""The verifications that lapsed, of curated and of imported events, with their events."""

from dashboard.model.event import Event
from dashboard.model.verification import VerificationRecord
from dashboard.project.catalog import Catalog
from dashboard.project.cross_pairs import events_by_id


def lapsed_of(catalog: Catalog) -> list[tuple[Event, VerificationRecord]]:
    """Each event with its lapsed verification, the latest verification first."""
    curated = catalog.curated
    imported = catalog.verified.judgements.lapsed
    events = dict(curated.events.events)
    if imported:
        ids = {event_id for event_id, _part in imported}
        events |= {event.event_id: event for event in events_by_id(catalog, ids).events}
    lapsed = {**curated.judgements.lapsed, **imported}
    found = [(events[key], record) for (key, _part), record in lapsed.items() if key in events]
    return sorted(found, key=lambda row: row[1].at, reverse=True)
