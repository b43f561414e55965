"""What an analyst decides, written to the workspace, e.g. accept(...) -> an event and its log entry.

Each action is one log entry, and raises ConflictError if somebody else was quicker.
"""

from dataclasses import replace

from dashboard.model.article import Speaker
from dashboard.model.corpus import Corpus
from dashboard.model.records import (
    Correction,
    EventRecord,
    Held,
    PlaceRecord,
    SuggestionRecord,
    Table,
    UnknownPlaceRecord,
    UnknownStatus,
)
from dashboard.model.suggestion import SuggestionStatus
from dashboard.review.draft import Draft, as_event, merged
from dashboard.store.merge import event_record
from dashboard.store.workspace import Change, Workspace


def accept(
    workspace: Workspace,
    corpus: Corpus,
    held: Held[SuggestionRecord],
    corrected: Draft,
    *,
    who: str,
    why: str,
) -> str:
    """Make the suggestion, as corrected, an event; gives the event's id."""
    record = _record(held)
    event, speakers = as_event(record, corrected)
    event_id = event.event.event_id
    done = replace(record, status=SuggestionStatus.ACCEPTED, event_id=event_id, why=why)
    workspace.commit(
        [
            # An event whose acceptance was undone may be accepted again.
            Change(Table.EVENT, event_id, event, _version(workspace, Table.EVENT, event_id)),
            *_new_speakers(workspace, corpus, speakers),
            Change(Table.SUGGESTION, record.suggestion_id, done, held.version),
        ],
        who=who,
        what=f"accepted {corrected.title_en}",
        why=why,
    )
    return event_id


def merge(
    workspace: Workspace,
    corpus: Corpus,
    held: Held[SuggestionRecord],
    corrected: Draft,
    into: str,
    *,
    version: int,
    who: str,
    why: str,
) -> None:
    """Make the suggestion's claims further claims on the event `into`, as read in `version`."""
    record = _record(held)
    before = event_record(corpus, into)
    if before is None:
        raise KeyError(into)
    further, speakers = as_event(record, corrected, into)
    done = replace(record, status=SuggestionStatus.MERGED, event_id=into, why=why)
    workspace.commit(
        [
            Change(Table.EVENT, into, merged(before, further), version, before),
            *_new_speakers(workspace, corpus, speakers),
            Change(Table.SUGGESTION, record.suggestion_id, done, held.version),
        ],
        who=who,
        what=f"added claims to {before.event.title_en}",
        why=why,
    )


def reject(
    workspace: Workspace, held: Held[SuggestionRecord], *, title: str, who: str, why: str
) -> None:
    """Set the suggestion aside, with the reason."""
    record = _record(held)
    done = replace(record, status=SuggestionStatus.REJECTED, why=why)
    workspace.commit(
        [Change(Table.SUGGESTION, record.suggestion_id, done, held.version)],
        who=who,
        what=f"rejected {title}",
        why=why,
    )


def edit_event(
    workspace: Workspace,
    before: EventRecord,
    after: EventRecord,
    *,
    version: int,
    who: str,
    why: str,
) -> None:
    """Replace an event, read in `version` (0: a seed that was never edited)."""
    event_id = before.event.event_id
    workspace.commit(
        [Change(Table.EVENT, event_id, after, version, before)],
        who=who,
        what=f"edited {after.event.title_en}",
        why=why,
    )


def correct_mention(
    workspace: Workspace, correction: Correction, surface: str, *, who: str, why: str
) -> None:
    """Keep an analyst's reading of a span of an article; the last one for a span holds."""
    key = f"{correction.article_id}:{correction.type}:{correction.start}:{correction.end}"
    workspace.commit(
        [Change(Table.CORRECTION, key, correction, _version(workspace, Table.CORRECTION, key))],
        who=who,
        what=f"corrected “{surface}” in {correction.article_id} to {correction.value or 'nothing'}",
        why=why,
    )


def place_unknown(
    workspace: Workspace,
    seen: dict[str, Held[UnknownPlaceRecord]],
    place: PlaceRecord,
    *,
    who: str,
    why: str,
) -> None:
    """Put a place into the gazetteer for a name that it lacked, wherever the name was seen."""
    place_id = place.place.place_id
    workspace.commit(
        [
            Change(Table.PLACE, place_id, place),
            *_settled(seen, UnknownStatus.PLACED, place_id),
        ],
        who=who,
        what=f"placed {place.place.name_ar}",
        why=why,
    )


def name_known(
    workspace: Workspace,
    seen: dict[str, Held[UnknownPlaceRecord]],
    before: PlaceRecord,
    after: PlaceRecord,
    *,
    version: int,
    who: str,
    why: str,
) -> None:
    """Take an unknown name for a further name of a place that the gazetteer has."""
    workspace.commit(
        [
            Change(Table.PLACE, after.place.place_id, after, version, before),
            *_settled(seen, UnknownStatus.PLACED, after.place.place_id),
        ],
        who=who,
        what=f"added a name to {after.place.name_en}",
        why=why,
    )


def dismiss_unknown(
    workspace: Workspace,
    seen: dict[str, Held[UnknownPlaceRecord]],
    *,
    name: str,
    who: str,
    why: str,
) -> None:
    """Set a name aside that names no place, with the reason."""
    workspace.commit(
        list(_settled(seen, UnknownStatus.DISMISSED, None)),
        who=who,
        what=f"dismissed {name}",
        why=why,
    )


def edit_place(
    workspace: Workspace,
    before: PlaceRecord,
    after: PlaceRecord,
    *,
    version: int,
    who: str,
    why: str,
) -> None:
    """Replace a gazetteer entry, read in `version` (0: a curated one that was never edited)."""
    workspace.commit(
        [Change(Table.PLACE, after.place.place_id, after, version, before)],
        who=who,
        what=f"edited place {after.place.name_en}",
        why=why,
    )


def _record(held: Held[SuggestionRecord]) -> SuggestionRecord:
    if held.value is None:
        raise KeyError("suggestion")
    return held.value


def _version(workspace: Workspace, kind: Table, record_id: str) -> int:
    found = workspace.get(kind, record_id)
    return found.version if found else 0


def _new_speakers(
    workspace: Workspace, corpus: Corpus, speakers: tuple[Speaker, ...]
) -> list[Change]:
    return [
        Change(
            Table.SPEAKER,
            speaker.speaker_id,
            speaker,
            _version(workspace, Table.SPEAKER, speaker.speaker_id),
        )
        for speaker in speakers
        if speaker.speaker_id not in corpus.lexicon.speakers
    ]


def _settled(
    seen: dict[str, Held[UnknownPlaceRecord]], status: UnknownStatus, place_id: str | None
) -> list[Change]:
    return [
        Change(
            Table.UNKNOWN_PLACE,
            key,
            replace(held.value, status=status, place_id=place_id),
            held.version,
        )
        for key, held in seen.items()
        if held.value is not None
    ]
