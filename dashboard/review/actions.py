"""What an analyst decides on suggestions and events, e.g. accept(...) -> an event and its log entry.

Each action is one log entry, and raises ConflictError if a record was changed since it was read.
"""

from dataclasses import replace

from dashboard.model.article import Speaker
from dashboard.model.records import EventRecord, SuggestionRecord, Table, Versioned
from dashboard.model.suggestion import SuggestionStatus
from dashboard.review.draft import Draft, as_event, with_claims
from dashboard.review.edit_session import EditSession
from dashboard.store.merge import event_record
from dashboard.store.workspace import Change


def accept(
    session: EditSession, stored: Versioned[SuggestionRecord], corrected: Draft, *, why: str
) -> str:
    """Create an event from the corrected suggestion. Returns the event's id."""
    record = _record(stored)
    event, speakers = as_event(record, corrected)
    event_id = event.event.event_id
    decided = replace(record, status=SuggestionStatus.ACCEPTED, event_id=event_id, why=why)
    session.workspace.commit(
        [
            # An event whose acceptance was undone may be accepted again.
            Change(Table.EVENT, event_id, event, session.version(Table.EVENT, event_id)),
            *_new_speakers(session, speakers),
            Change(Table.SUGGESTION, record.suggestion_id, decided, stored.version),
        ],
        who=session.who,
        what=f"accepted {corrected.title_en}",
        why=why,
    )
    return event_id


def merge(
    session: EditSession,
    stored: Versioned[SuggestionRecord],
    corrected: Draft,
    into: str,
    *,
    version: int,
    why: str,
) -> None:
    """Add the suggestion's claims to the event with the id `into`, which was read in `version`.

    Raises KeyError if there is no such event.
    """
    record = _record(stored)
    before = event_record(session.corpus, into)
    if before is None:
        raise KeyError(into)
    further, speakers = as_event(record, corrected, into)
    decided = replace(record, status=SuggestionStatus.MERGED, event_id=into, why=why)
    session.workspace.commit(
        [
            Change(Table.EVENT, into, with_claims(before, further), version, before),
            *_new_speakers(session, speakers),
            Change(Table.SUGGESTION, record.suggestion_id, decided, stored.version),
        ],
        who=session.who,
        what=f"added claims to {before.event.title_en}",
        why=why,
    )


def reject(
    session: EditSession, stored: Versioned[SuggestionRecord], *, title: str, why: str
) -> None:
    """Mark the suggestion as rejected, with the reason."""
    record = _record(stored)
    decided = replace(record, status=SuggestionStatus.REJECTED, why=why)
    session.workspace.commit(
        [Change(Table.SUGGESTION, record.suggestion_id, decided, stored.version)],
        who=session.who,
        what=f"rejected {title}",
        why=why,
    )


def edit_event(
    session: EditSession, before: EventRecord, after: EventRecord, *, version: int, why: str
) -> None:
    """Replace an event that was read in `version` (0: a seed event that was never edited)."""
    event_id = before.event.event_id
    session.workspace.commit(
        [Change(Table.EVENT, event_id, after, version, before)],
        who=session.who,
        what=f"edited {after.event.title_en}",
        why=why,
    )


def _record(stored: Versioned[SuggestionRecord]) -> SuggestionRecord:
    if stored.value is None:
        raise KeyError("suggestion")
    return stored.value


def _new_speakers(session: EditSession, speakers: tuple[Speaker, ...]) -> list[Change]:
    return [
        Change(
            Table.SPEAKER,
            speaker.speaker_id,
            speaker,
            session.version(Table.SPEAKER, speaker.speaker_id),
        )
        for speaker in speakers
        if speaker.speaker_id not in session.corpus.lexicon.speakers
    ]
