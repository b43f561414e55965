"""What an analyst decides on suggestions and events, e.g. accept(...) -> an event and its log entry.

Each action is one log entry, and raises ConflictError if a record was changed since it was read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.model.article import Speaker
from dashboard.model.message import Names, StoredText, message
from dashboard.model.records import EventRecord, StoredSuggestion, SuggestionRecord, Table
from dashboard.model.suggestion import SuggestionStatus
from dashboard.review.claims import ClaimError
from dashboard.review.draft import Draft, as_event, draft, remaining, with_claims
from dashboard.review.edit_session import EditSession
from dashboard.store.merge import event_record
from dashboard.store.workspace import Change


def accept(
    session: EditSession, stored: StoredSuggestion, corrected: Draft, *, why: StoredText
) -> str:
    """Create an event from the corrected suggestion. Returns the event's id.

    Raises ClaimError if none of its claims is of the event.
    """
    changes, event_id = _acceptance(session, stored, corrected, why)
    session.commit(changes, message("accepted {title}", title=corrected.titles), why)
    return event_id


def accept_all(
    session: EditSession, suggestions: Sequence[StoredSuggestion], *, why: StoredText
) -> int:
    """Accept suggestions as they are, as one entry of the log; returns how many.

    Those of one kind, place and day are events of their own: they are merged by hand.
    """
    changes: dict[tuple[Table, str], Change] = {}
    for stored in suggestions:
        given = draft(_record(stored), session.corpus)
        further, _event_id = _acceptance(session, stored, given, why)
        # Two suggestions may add the same speaker.
        changes |= {(change.kind, change.record_id): change for change in further}
    number = len(suggestions)
    session.commit(changes.values(), message("accepted {number} suggestions", number=number), why)
    return number


def defer(session: EditSession, stored: StoredSuggestion, *, title: Names, why: StoredText) -> None:
    """Leave a suggestion for later: it is no longer in the queue, and can be decided at any time."""
    record = _record(stored)
    deferred = replace(record, status=SuggestionStatus.DEFERRED, why=why)
    change = Change(Table.SUGGESTION, record.suggestion_id, deferred, stored.version)
    session.commit([change], message("deferred {title}", title=title), why)


def _acceptance(
    session: EditSession, stored: StoredSuggestion, corrected: Draft, why: StoredText
) -> tuple[list[Change], str]:
    """The changes that make the corrected suggestion an event, and the event's id."""
    record = _record(stored)
    event, speakers = as_event(record, corrected)
    _expect_claims(event)
    event_id = event.event.event_id
    decided = replace(record, status=SuggestionStatus.ACCEPTED, event_id=event_id, why=why)
    changes = [
        # From its version, as an event whose acceptance was undone may be accepted again.
        session.change(Table.EVENT, event_id, event),
        *_new_speakers(session, speakers),
        Change(Table.SUGGESTION, record.suggestion_id, decided, stored.version),
        *_remaining(session, record, corrected),
    ]
    return changes, event_id


def merge(
    session: EditSession,
    stored: StoredSuggestion,
    corrected: Draft,
    into: str,
    *,
    version: int,
    why: StoredText,
) -> None:
    """Add the suggestion's claims to the event with the id `into`, which was read in `version`.

    Raises KeyError if there is no such event, and ClaimError if none of the claims is of it.
    """
    record = _record(stored)
    before = event_record(session.corpus, into)
    if before is None:
        raise KeyError(into)
    further, speakers = as_event(record, corrected, into)
    _expect_claims(further)
    decided = replace(record, status=SuggestionStatus.MERGED, event_id=into, why=why)
    changes = [
        Change(Table.EVENT, into, with_claims(before, further), version, before),
        *_new_speakers(session, speakers),
        Change(Table.SUGGESTION, record.suggestion_id, decided, stored.version),
        *_remaining(session, record, corrected),
    ]
    what = message("added claims to {title}", title=before.event.titles)
    session.commit(changes, what, why)


def reject(
    session: EditSession, stored: StoredSuggestion, *, title: Names, why: StoredText
) -> None:
    """Mark the suggestion as rejected, with the reason."""
    record = _record(stored)
    decided = replace(record, status=SuggestionStatus.REJECTED, why=why)
    change = Change(Table.SUGGESTION, record.suggestion_id, decided, stored.version)
    session.commit([change], message("rejected {title}", title=title), why)


def edit_event(
    session: EditSession, before: EventRecord, after: EventRecord, *, version: int, why: str
) -> None:
    """Replace an event that was read in `version` (0: a seed event that was never edited)."""
    change = Change(Table.EVENT, before.event.event_id, after, version, before)
    session.commit([change], message("edited {title}", title=after.event.titles), why)


def _expect_claims(record: EventRecord) -> None:
    if not record.claims:
        raise ClaimError(message("an event needs a claim: none of these is of the event"))


def _remaining(
    session: EditSession, record: SuggestionRecord, corrected: Draft
) -> Iterator[Change]:
    """The change that leaves the claims that are not of the event to be reviewed."""
    rest = remaining(record, corrected)
    if rest is not None:
        yield session.change(Table.SUGGESTION, rest.suggestion_id, rest)


def _record(stored: StoredSuggestion) -> SuggestionRecord:
    if stored.value is None:
        raise KeyError("suggestion")
    return stored.value


def _new_speakers(session: EditSession, speakers: tuple[Speaker, ...]) -> list[Change]:
    return [
        session.change(Table.SPEAKER, speaker.speaker_id, speaker)
        for speaker in speakers
        if speaker.speaker_id not in session.corpus.lexicon.speakers
    ]
