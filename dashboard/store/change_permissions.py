"""Which permissions a change of the workspace needs, e.g. a change of an event those of an editor."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.model.permissions import Permission
from dashboard.model.records import SuggestionRecord, Table
from dashboard.model.shared_work import Comment
from dashboard.model.suggestion import SuggestionStatus
from dashboard.model.viewer import viewer
from dashboard.store.codec import decode_stored, read_table_name
from dashboard.store.database import Connection
from dashboard.store.entries import Change

_NEEDED: Mapping[Table, Permission] = {
    Table.ARTICLE: Permission.REVIEW,
    Table.EVENT: Permission.DECIDE,
    Table.PLACE: Permission.GAZETTEER,
    Table.OUTLET: Permission.REVIEW,
    Table.SPEAKER: Permission.REVIEW,
    Table.SUGGESTION: Permission.REVIEW,
    Table.CORRECTION: Permission.REVIEW,
    Table.UNKNOWN_PLACE: Permission.REVIEW,
    Table.FILE: Permission.REVIEW,
    Table.MERGED_EVENT: Permission.DECIDE,
    Table.RELATION: Permission.DECIDE,
    Table.DISTINCT_EVENTS: Permission.DECIDE,
    Table.CAPTURE: Permission.REVIEW,
    Table.SOURCE_LINKS: Permission.REVIEW,
    Table.VERIFICATION: Permission.DECIDE,
    Table.IMPORTED_VERIFICATION: Permission.DECIDE,
    Table.SOURCE_RATING: Permission.DECIDE,
    Table.CLAIM_RATING: Permission.DECIDE,
    Table.LEARNED_NAME: Permission.GAZETTEER,
    Table.EVENT_LINK: Permission.DECIDE,
    Table.SAVED_VIEW: Permission.REVIEW,
    Table.RESTRICTION: Permission.ADMINISTER,
    Table.COMMENT: Permission.REVIEW,
    Table.ASSIGNMENT: Permission.REVIEW,
}
# What an analyst may do with a suggestion; all else decides on it.
_OPEN = frozenset({SuggestionStatus.PENDING, SuggestionStatus.DEFERRED})


def needed_for(connection: Connection, changes: Sequence[Change]) -> frozenset[Permission]:
    """The permissions that all these changes together need.

    Those of suggestions and comments also go by the value before.
    """
    needed = {_needed(change.kind, change.after) for change in changes}
    for change in changes:
        if change.kind not in {Table.SUGGESTION, Table.COMMENT}:
            continue
        row = connection.execute(
            "SELECT value FROM record WHERE kind = ? AND record_id = ?",
            (change.kind.value, change.record_id),
        ).fetchone()
        before = decode_stored(change.kind, change.record_id, row[0]) if row and row[0] else None
        needed.add(_needed(change.kind, before))
        if isinstance(before, Comment) and _changes_anothers(before, change.after):
            needed.add(Permission.UNDO_OTHERS)
    return frozenset(needed)


def _changes_anothers(before: Comment, after: object) -> bool:
    """Whether this changes another's comment, other than by saying who has seen it."""
    is_own = viewer().name_in_log(before.who) == before.who
    seen = isinstance(after, Comment) and replace(after, seen_by=before.seen_by) == before
    return not is_own and not seen


def needed_to_undo(connection: Connection, seq: int, who: str) -> frozenset[Permission]:
    """Those that it needs to undo an entry; `who` asks, and may not have written it.

    With accounts it is theirs if their account wrote it, whatever the two are called. Of an entry from
    before accounts were noted that is not known, so it counts as another person's.
    """
    account = viewer().account
    query, own = "SELECT who FROM entry WHERE seq = ?", who
    if account:
        query = (
            "SELECT coalesce(account, '') FROM entry LEFT JOIN entry_account USING (seq) "
            "WHERE seq = ?"
        )
        own = account
    written = connection.execute(query, (seq,)).fetchone()
    rows = connection.execute(
        "SELECT kind, record_id, before, after FROM change WHERE seq = ?", (seq,)
    ).fetchall()
    needed = {
        _needed_of_stored(read_table_name(name), record_id, value)
        for name, record_id, *values in rows
        for value in values
    }
    others = written is not None and written[0] != own
    return frozenset(needed | ({Permission.UNDO_OTHERS} if others else set()))


def write_account(connection: Connection, seq: int) -> None:
    """Note whose account wrote an entry; nothing without accounts."""
    if account := viewer().account:
        connection.execute("INSERT INTO entry_account VALUES (?, ?)", (seq, account))


def _needed_of_stored(kind: Table, record_id: str, value: str | None) -> Permission:
    return _needed(kind, None if value is None else decode_stored(kind, record_id, value))


def _needed(kind: Table, value: object) -> Permission:
    if isinstance(value, SuggestionRecord) and value.status not in _OPEN:
        return Permission.DECIDE
    return _NEEDED[kind]
