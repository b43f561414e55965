"""A suggestion that a new reading of its article replaced or dropped, e.g. while it was corrected."""

from dataclasses import dataclass

from dashboard.model.records import Entry, StoredSuggestion, SuggestionRecord, Table, Versioned
from dashboard.model.suggestion import SuggestionStatus
from dashboard.store.workspace import Workspace

_WAITS = (SuggestionStatus.PENDING, SuggestionStatus.DEFERRED)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A suggestion as it was, with the version of its removal, and the entry that removed it.

    `successor` is the suggestion of the new reading that quotes the most of the same words; `None` if
    none does.
    """

    before: StoredSuggestion
    entry: Entry
    successor: StoredSuggestion | None


def replaced_suggestion(workspace: Workspace, suggestion_id: str) -> Replaced | None:
    """What became of a suggestion that is no longer there; `None` if it is, or never was."""
    stored = workspace.get(Table.SUGGESTION, suggestion_id)
    if stored is None or stored.value is not None:
        return None
    entries = workspace.log(record=(Table.SUGGESTION, suggestion_id), limit=2)
    # That which removed it, and that which wrote it before.
    if len(entries) < 2:
        return None
    removing, writing = entries
    before = workspace.at_version(Table.SUGGESTION, suggestion_id, writing.seq)
    if not isinstance(before, SuggestionRecord):
        return None
    return Replaced(Versioned(before, stored.version), removing, _successor(workspace, before))


def _successor(workspace: Workspace, before: SuggestionRecord) -> StoredSuggestion | None:
    """The waiting suggestion of the article that shares the most characters, of the same kind first."""
    best: tuple[bool, int] = (False, 0)
    successor: StoredSuggestion | None = None
    for stored in workspace.of_article(Table.SUGGESTION, before.article_id).values():
        record = stored.value
        if not isinstance(record, SuggestionRecord) or record.status not in _WAITS:
            continue
        shared = _shared(before, record)
        rank = (record.suggestion.kind == before.suggestion.kind, shared)
        if shared and rank > best:
            best, successor = rank, Versioned(record, stored.version)
    return successor


def _shared(one: SuggestionRecord, other: SuggestionRecord) -> int:
    """The number of characters that the claims of both quote."""
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.suggestion.claims
        for b in other.suggestion.claims
    )
