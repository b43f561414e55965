"""Log entries written inside a transaction, e.g. one that undoes entry 12, and their errors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from dashboard.model.errors import DashboardError
from dashboard.model.message import Message, StoredText, message
from dashboard.model.records import Entry, Table
from dashboard.store.codec import (
    StoredValueError,
    decode_text,
    encode,
    read_table_name,
    read_time,
)
from dashboard.store.database import Connection, put_record
from dashboard.store.hash_chain import append_hash

# Messages nested deeper (undone, undone again, ...) are stored as their English text.
_MOST_UNDONE = 4


class ConflictError(DashboardError):
    """Somebody else changed a record since it was read; nothing was written."""

    def __init__(self, kind: Table, record_id: str, entry: Entry | None) -> None:
        by = f"by {entry.who} at {entry.at:%Y-%m-%d %H:%M} UTC ({entry.what})" if entry else ""
        super().__init__(f"{kind.value} {record_id} was changed meanwhile {by}".strip())
        self.kind, self.record_id, self.entry = kind, record_id, entry


class UndoneError(DashboardError):
    """The entry `seq` was undone already, by `entry`; nothing was written."""

    def __init__(self, seq: int, entry: Entry) -> None:
        at = f"{entry.at:%Y-%m-%d %H:%M} UTC"
        super().__init__(
            f"entry {seq} was undone already by entry {entry.seq}, by {entry.who} at {at}"
        )
        self.seq, self.entry = seq, entry


class NoEntryError(DashboardError, KeyError):
    """The log has no entry of that number, or it changed no record that could be restored."""

    def __init__(self, seq: int, reason: str = "does not exist") -> None:
        super().__init__(f"entry {seq} {reason}")
        self.seq, self.reason = seq, reason

    def __str__(self) -> str:
        return f"entry {self.seq} {self.reason}"


@dataclass(frozen=True, slots=True)
class Change:
    """The new value of a record, `after`; `None` deletes it.

    `version` is that of the record as the writer read it, 0 if it is not in the workspace; `base` is
    then the value before, e.g. the seed that is edited for the first time.
    """

    kind: Table
    record_id: str
    after: object | None
    version: int = 0
    base: object | None = None


def write_changes(
    connection: Connection,
    changes: Iterable[Change],
    who: str,
    what: StoredText,
    why: StoredText,
) -> int:
    """Write one entry with its changes; returns its number. Raises ConflictError."""
    seq = new_entry(connection, who, what, why)
    for change in changes:
        _apply(connection, seq, change)
    append_hash(connection, seq)
    return seq


def write_undo(connection: Connection, seq: int, who: str, why: StoredText) -> int:
    """Write one entry that reverses the changes of `seq`; returns its number.

    Raises NoEntryError, UndoneError, or ConflictError if one of its records was changed since.
    """
    row = connection.execute("SELECT what FROM entry WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        raise NoEntryError(seq)
    _expect_not_undone(connection, seq)
    changes = connection.execute(
        "SELECT kind, record_id, before, after FROM change WHERE seq = ?", (seq,)
    ).fetchall()
    if not changes:
        raise NoEntryError(seq, "changed no record, so there is nothing to undo")
    what = decode_text(row[0])
    if isinstance(what, Message) and what.depth > _MOST_UNDONE:
        what = str(what)
    undoing = new_entry(connection, who, message("undid: {what}", what=what), why, undoes=seq)
    for kind, record_id, before, after in changes:
        _expect_value(connection, read_table_name(kind), record_id, after)
        _put(connection, undoing, kind, record_id, after, before)
    append_hash(connection, undoing)
    return undoing


def new_entry(
    connection: Connection,
    who: str,
    what: StoredText,
    why: StoredText,
    *,
    undoes: int | None = None,
    seq: int | None = None,
) -> int:
    """Write an entry without changes; returns its number, the next one unless `seq` is given.

    It is part of the log once its hash is appended, after its changes.
    """
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    number = last_entry(connection) + 1 if seq is None else seq
    connection.execute(
        "INSERT INTO entry (seq, at, who, what, why, undoes) VALUES (?, ?, ?, ?, ?, ?)",
        (number, at, who, encode(what), encode(why), undoes),
    )
    return number


def last_entry(connection: Connection) -> int:
    """The number of the last entry; 0 if there is none."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()[0])


def read_entry(row: tuple[int, str, str, str, str, int | None, int]) -> Entry:
    """Build an entry from its columns and `undone`. Raises StoredValueError if damaged."""
    seq, at, who, what, why, undoes, undone = row
    return Entry(
        seq, read_time(at), str(who), decode_text(what), decode_text(why), undoes, bool(undone)
    )


def _expect_not_undone(connection: Connection, seq: int) -> None:
    entry = _entry_where(connection, "undoes", seq)
    if entry is not None:
        raise UndoneError(seq, entry)


def _apply(connection: Connection, seq: int, change: Change) -> None:
    """Write the change. Raises ConflictError if the record has another version."""
    before, version = _stored(connection, change.kind.value, change.record_id) or (
        _encoded(change.base),
        0,
    )
    if version != change.version:
        entry = _entry_where(connection, "seq", version)
        raise ConflictError(change.kind, change.record_id, entry)
    _put(connection, seq, change.kind.value, change.record_id, before, _encoded(change.after))


def _put(
    connection: Connection,
    seq: int,
    kind: str,
    record_id: str,
    before: str | None,
    after: str | None,
) -> None:
    connection.execute(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?)", (seq, kind, record_id, before, after)
    )
    put_record(connection, kind, record_id, after, seq)


def _expect_value(connection: Connection, kind: Table, record_id: str, value: str | None) -> None:
    """Raise ConflictError if the record has another value; its version may differ."""
    row = _stored(connection, kind.value, record_id)
    if row is None:
        raise StoredValueError(f"the log has {kind.value} {record_id}, the records do not")
    if row[0] != value:
        raise ConflictError(kind, record_id, _entry_where(connection, "seq", row[1]))


def _stored(connection: Connection, kind: str, record_id: str) -> tuple[str | None, int] | None:
    """Value and version of a record."""
    query = "SELECT value, version FROM record WHERE kind = ? AND record_id = ?"
    row: tuple[str | None, int] | None = connection.execute(query, (kind, record_id)).fetchone()
    return row


def _entry_where(
    connection: Connection, column: Literal["seq", "undoes"], seq: int
) -> Entry | None:
    query = f"SELECT seq, at, who, what, why, undoes, 0 FROM entry WHERE {column} = ?"  # noqa: S608
    row = connection.execute(query, (seq,)).fetchone()
    return read_entry(row) if row else None


def _encoded(value: object | None) -> str | None:
    return None if value is None else encode(value)
