"""Events made, merged, split, withdrawn and related by hand, each as one log entry with its reason.

Each action raises ConflictError if an event was changed since it was read.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from dashboard.model.event import Event, EventActor, EventPlace, EventRelation, RelationKind
from dashboard.model.message import StoredText, message
from dashboard.model.records import DistinctEvents, EventRecord, MergedEvent, Table
from dashboard.review.claims import (
    ClaimDraft,
    ClaimError,
    Opened,
    as_claim,
    speaker_changes,
    with_moved,
    without_claims,
)
from dashboard.review.draft import Draft, with_draft
from dashboard.review.edit_session import EditSession
from dashboard.store.workspace import Change

Row = TypeVar("Row", EventPlace, EventActor)
_HASH = 8


def create_event(
    session: EditSession,
    draft: Draft,
    claims: Sequence[ClaimDraft],
    *,
    why: StoredText,
    sources: Sequence[Change] = (),
    texts: Sequence[tuple[str, str]] = (),
) -> str:
    """Create an event with its claims; returns its id. Raises ClaimError without a claim.

    `sources` and `texts` are written with the event: those of a note that the claims quote
    (`notes.py`), or a place that the gazetteer lacked.
    """
    if not claims:
        raise ClaimError(message("an event needs a claim: words of an article, or a note"))
    event_id = _new_id(session, draft)
    record = with_draft(_empty(event_id, draft), draft)
    made = tuple(as_claim(session.corpus, claim, event_id) for claim in claims)
    record = EventRecord(record.event, record.places, record.actors, made)
    changes = [
        *sources,
        session.change(Table.EVENT, event_id, record),
        *speaker_changes(session, claims),
    ]
    session.commit(changes, message("created {title}", title=draft.titles), why, texts)
    return event_id


def merge_events(
    session: EditSession, into: Opened, other: Opened, fields: Draft, *, why: StoredText
) -> None:
    """Merge `other` into an event: it gets the claims of both and `fields`; both ids lead to it.

    `fields` are kind, titles, date, places and parties as the analyst chose them. Relations of the
    other event become those of the merged one.
    """
    if into.event_id == other.event_id:
        raise ClaimError(message("expected another event, found the same one"))
    both = with_moved(into.record, other.record.claims)
    # Rows of the other event keep the article and the words that they are from.
    sources = EventRecord(
        both.event,
        (*both.places, *_rows_of(into.event_id, other.record.places)),
        (*both.actors, *_rows_of(into.event_id, other.record.actors)),
        both.claims,
    )
    changes = [
        into.change(with_draft(sources, fields)),
        other.change(None),
        session.change(Table.MERGED_EVENT, other.event_id, MergedEvent(into.event_id)),
        *_moved_relations(session, other.event_id, into.event_id),
    ]
    what = message("merged {other} into {title}", other=other.title, title=into.title)
    session.commit(changes, what, why)


def split_event(
    session: EditSession,
    opened: Opened,
    claim_ids: Collection[str],
    draft: Draft,
    *,
    why: StoredText,
) -> str:
    """Move some claims of an event to a new one with the fields of `draft`; returns its id.

    Raises ClaimError if one of the two would have no claim.
    """
    moved = [claim for claim in opened.record.claims if claim.claim_id in claim_ids]
    if not moved:
        raise ClaimError(message("expected claims for the new event, found none"))
    rest = without_claims(opened.record, claim_ids)
    event_id = _new_id(session, draft)
    empty = _empty(event_id, draft)
    sources = EventRecord(
        empty.event,
        _rows_of(event_id, opened.record.places),
        _rows_of(event_id, opened.record.actors),
        (),
    )
    record = with_moved(with_draft(sources, draft), moved)
    changes = [opened.change(rest), session.change(Table.EVENT, event_id, record)]
    what = message("split {title}: {other}", title=opened.title, other=draft.titles)
    session.commit(changes, what, why)
    return event_id


def withdraw_event(session: EditSession, opened: Opened, *, why: StoredText) -> None:
    """Remove an event with its claims and relations; the log has all of it, and the reason."""
    relations = _relations_of(session, opened.event_id)
    changes = [opened.change(None), *(_relation(session, row, None) for row in relations)]
    session.commit(changes, message("withdrew {title}", title=opened.title), why)


def relate_events(session: EditSession, relation: EventRelation, *, why: StoredText) -> None:
    """Record that an event is part of another, follows it or responds to it.

    Raises ClaimError if the two are one event, or are related in this manner already.
    """
    events = session.corpus.events.events
    if relation.event_id == relation.related_id:
        raise ClaimError(message("expected another event, found the same one"))
    if relation.kind is RelationKind.SAME_EVENT:
        raise ClaimError(message("two curated events that are one are merged"))
    if relation in session.corpus.relations:
        raise ClaimError(message("these events are related already"))
    first, second = (events[key].titles for key in (relation.event_id, relation.related_id))
    what = {
        RelationKind.PART_OF: message("{title}: part of {other}", title=first, other=second),
        RelationKind.FOLLOWS: message("{title}: follows {other}", title=first, other=second),
        RelationKind.RESPONDS_TO: message(
            "{title}: responds to {other}", title=first, other=second
        ),
    }
    session.commit([_relation(session, relation, relation)], what[relation.kind], why)


def tell_apart(session: EditSession, first: str, second: str, *, why: StoredText) -> None:
    """Record that two events that look alike are two: they are no longer offered as one."""
    events = session.corpus.events.events
    key = ":".join(sorted((first, second)))
    change = session.change(Table.DISTINCT_EVENTS, key, DistinctEvents(first, second, why))
    titles = {"title": events[first].titles, "other": events[second].titles}
    session.commit([change], message("{title} and {other} are two events", **titles), why)


def distinct_events(session: EditSession) -> frozenset[frozenset[str]]:
    """The pairs of events that analysts found to be two."""
    records = session.workspace.all(Table.DISTINCT_EVENTS).values()
    return frozenset(
        frozenset((item.value.first, item.value.second))
        for item in records
        if isinstance(item.value, DistinctEvents)
    )


def unrelate_events(session: EditSession, relation: EventRelation, *, why: StoredText) -> None:
    """Remove a relation between two events."""
    title = session.corpus.events.events[relation.event_id].titles
    what = message("removed a relation of {title}", title=title)
    session.commit([_relation(session, relation, None)], what, why)


def _relation(session: EditSession, relation: EventRelation, after: EventRelation | None) -> Change:
    key = f"{relation.event_id}:{relation.kind.value}:{relation.related_id}"
    return session.change(Table.RELATION, key, after)


def _relations_of(session: EditSession, event_id: str) -> list[EventRelation]:
    return [row for row in session.corpus.relations if event_id in (row.event_id, row.related_id)]


def _moved_relations(session: EditSession, old: str, new: str) -> list[Change]:
    """The relations of one event as those of another; one between the two is dropped."""
    changes = {}
    for row in _relations_of(session, old):
        first, second = (new if key == old else key for key in (row.event_id, row.related_id))
        moved = EventRelation(first, second, row.kind)
        removed = _relation(session, row, None)
        changes[removed.record_id] = removed
        if first != second and moved not in session.corpus.relations:
            added = _relation(session, moved, moved)
            changes[added.record_id] = added
    return list(changes.values())


def _empty(event_id: str, draft: Draft) -> EventRecord:
    event = Event(
        event_id, draft.kind, draft.title_en, draft.title_ar, draft.when, draft.date_reason, ""
    )
    return EventRecord(event, (), (), ())


def _rows_of(event_id: str, rows: Iterable[Row]) -> tuple[Row, ...]:
    """Places or actors of one event as those of another."""
    return tuple(replace(row, event_id=event_id) for row in rows)


def _new_id(session: EditSession, draft: Draft) -> str:
    """A readable id, e.g. "shelling_ain_issa_2020_12_27_1f0c9a3b", that no event of the log has."""
    place = draft.places[0][0] if draft.places else "unlocated"
    first = draft.when.start or draft.when.end
    day = first.isoformat().replace("-", "_") if first else "undated"
    key = f"{session.who}:{session.workspace.version()}:{draft.title_en}"
    digest = hashlib.sha256(key.encode()).hexdigest()[:_HASH]
    return f"{draft.kind}_{place}_{day}_{digest}"
