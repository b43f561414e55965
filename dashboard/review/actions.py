"""What an analyst decides on suggestions and events, e.g. accept(...) -> an event and its log entry.

Each action is one log entry, and raises ConflictError if somebody else was quicker.
"""

from dataclasses import replace

from dashboard.model.article import Speaker
from dashboard.model.records import EventRecord, Held, SuggestionRecord, Table
from dashboard.model.suggestion import SuggestionStatus
from dashboard.review.desk import Desk
from dashboard.review.draft import Draft, as_event, merged
from dashboard.store.merge import event_record
from dashboard.store.workspace import Change


def accept(desk: Desk, held: Held[SuggestionRecord], corrected: Draft, *, why: str) -> str:
    """Make the suggestion, as corrected, an event; gives the event's id."""
    record = _record(held)
    event, speakers = as_event(record, corrected)
    event_id = event.event.event_id
    done = replace(record, status=SuggestionStatus.ACCEPTED, event_id=event_id, why=why)
    desk.workspace.commit(
        [
            # An event whose acceptance was undone may be accepted again.
            Change(Table.EVENT, event_id, event, desk.version(Table.EVENT, event_id)),
            *_new_speakers(desk, speakers),
            Change(Table.SUGGESTION, record.suggestion_id, done, held.version),
        ],
        who=desk.who,
        what=f"accepted {corrected.title_en}",
        why=why,
    )
    return event_id


def merge(
    desk: Desk,
    held: Held[SuggestionRecord],
    corrected: Draft,
    into: str,
    *,
    version: int,
    why: str,
) -> None:
    """Make the suggestion's claims further claims on the event `into`, as read in `version`."""
    record = _record(held)
    before = event_record(desk.corpus, into)
    if before is None:
        raise KeyError(into)
    further, speakers = as_event(record, corrected, into)
    done = replace(record, status=SuggestionStatus.MERGED, event_id=into, why=why)
    desk.workspace.commit(
        [
            Change(Table.EVENT, into, merged(before, further), version, before),
            *_new_speakers(desk, speakers),
            Change(Table.SUGGESTION, record.suggestion_id, done, held.version),
        ],
        who=desk.who,
        what=f"added claims to {before.event.title_en}",
        why=why,
    )


def reject(desk: Desk, held: Held[SuggestionRecord], *, title: str, why: str) -> None:
    """Set the suggestion aside, with the reason."""
    record = _record(held)
    done = replace(record, status=SuggestionStatus.REJECTED, why=why)
    desk.workspace.commit(
        [Change(Table.SUGGESTION, record.suggestion_id, done, held.version)],
        who=desk.who,
        what=f"rejected {title}",
        why=why,
    )


def edit_event(
    desk: Desk, before: EventRecord, after: EventRecord, *, version: int, why: str
) -> None:
    """Replace an event, read in `version` (0: a seed that was never edited)."""
    event_id = before.event.event_id
    desk.workspace.commit(
        [Change(Table.EVENT, event_id, after, version, before)],
        who=desk.who,
        what=f"edited {after.event.title_en}",
        why=why,
    )


def _record(held: Held[SuggestionRecord]) -> SuggestionRecord:
    if held.value is None:
        raise KeyError("suggestion")
    return held.value


def _new_speakers(desk: Desk, speakers: tuple[Speaker, ...]) -> list[Change]:
    return [
        Change(
            Table.SPEAKER,
            speaker.speaker_id,
            speaker,
            desk.version(Table.SPEAKER, speaker.speaker_id),
        )
        for speaker in speakers
        if speaker.speaker_id not in desk.corpus.lexicon.speakers
    ]
