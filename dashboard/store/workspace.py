"""The workspace: what analysts add and change, in one SQLite file with a log that only grows.

Records are JSON values under a kind and an id. Every change is an entry of the log with the values
before and after; the `record` table is what the log amounts to. Undoing is a new entry.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dashboard.model.errors import DashboardError, Fault
from dashboard.model.records import Difference, Entry, Held, Table
from dashboard.store.codec import RECORDS, decode, encode
from dashboard.store.schema import SchemaError, migrate

# How long a writer waits for another one before it gives up.
_WAIT_S = 20.0


class ConflictError(DashboardError):
    """Somebody else changed a record since it was read; nothing was written."""

    def __init__(self, kind: Table, record_id: str, entry: Entry | None) -> None:
        by = f"by {entry.who} at {entry.at:%Y-%m-%d %H:%M} UTC ({entry.what})" if entry else ""
        super().__init__(f"{kind.value} {record_id} was changed meanwhile {by}".strip())
        self.kind, self.record_id, self.entry = kind, record_id, entry


@dataclass(frozen=True, slots=True)
class Change:
    """A record as it shall be; `None` deletes it.

    `version` is that of the record as the writer read it, 0 if the workspace does not hold it;
    `base` is what stood before then, e.g. the seed that is edited for the first time.
    """

    kind: Table
    record_id: str
    after: object | None
    version: int = 0
    base: object | None = None


class Workspace:
    """One workspace file; safe to use from several threads and processes at once.

    Raises SchemaError for a file of a newer program, or one that is no database; it is left alone.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        try:
            with self._connection() as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                migrate(connection)
        except sqlite3.DatabaseError as error:
            fault = Fault(path.name, 0, "", "a workspace file", str(error))
            raise SchemaError((fault,)) from error

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
        try:
            # FULL: what was reported as saved survives a power cut, not only a killed process.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection
        finally:
            connection.close()

    def version(self) -> int:
        """The number of the last log entry; 0 for an empty workspace."""
        with self._connection() as connection:
            return int(connection.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()[0])

    def get(self, kind: Table, record_id: str) -> Held[object] | None:
        """One record, or `None` if the workspace does not hold it."""
        with self._connection() as connection:
            row = connection.execute(
                "SELECT value, version FROM record WHERE kind = ? AND record_id = ?",
                (kind.value, record_id),
            ).fetchone()
        return None if row is None else Held(_decoded(kind, row[0]), row[1])

    def all(self, kind: Table, *, status: str | None = None) -> dict[str, Held[object]]:
        """Every record of a kind by id, in the order of ids; only those of a status if one is given."""
        where, values = "kind = ?", [kind.value]
        if status is not None:
            where += " AND json_extract(value, '$.status') = ?"
            values.append(status)
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT record_id, value, version FROM record WHERE {where} ORDER BY record_id",  # noqa: S608
                values,
            ).fetchall()
        return {row[0]: Held(_decoded(kind, row[1]), row[2]) for row in rows}

    def of_article(self, kind: Table, article_id: str) -> dict[str, Held[object]]:
        """The records of a kind that belong to one article, by id."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT record_id, value, version FROM record "
                "WHERE kind = ? AND json_extract(value, '$.article_id') = ? ORDER BY record_id",
                (kind.value, article_id),
            ).fetchall()
        return {row[0]: Held(_decoded(kind, row[1]), row[2]) for row in rows}

    def deleted(self) -> dict[tuple[Table, str], int]:
        """The versions of records that were deleted, e.g. by an undo, by kind and id."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT kind, record_id, version FROM record WHERE value IS NULL"
            ).fetchall()
        return {(Table(kind), record_id): version for kind, record_id, version in rows}

    def count(self, kind: Table, *, status: str | None = None) -> int:
        """How many records of a kind, and of a status, there are."""
        where = "AND json_extract(value, '$.status') = ?" if status else "AND value IS NOT NULL"
        values = [kind.value, status] if status else [kind.value]
        with self._connection() as connection:
            return int(
                connection.execute(
                    f"SELECT count(*) FROM record WHERE kind = ? {where}",  # noqa: S608
                    values,
                ).fetchone()[0]
            )

    def text(self, sha256: str) -> str | None:
        """The text of that hash, if it is kept."""
        with self._connection() as connection:
            row = connection.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else str(row[0])

    def texts(self) -> dict[str, str]:
        """All texts that are kept, by hash."""
        with self._connection() as connection:
            return dict(connection.execute("SELECT sha256, body FROM text").fetchall())

    def commit(
        self,
        changes: Sequence[Change],
        *,
        who: str,
        what: str,
        why: str,
        texts: Sequence[tuple[str, str]] = (),
    ) -> int:
        """Write all changes and the log entry for them, or nothing; gives the entry's number.

        Raises ConflictError if a record is no longer the one that its change was made from.
        """
        with self._connection() as connection, _transaction(connection):
            seq = _new_entry(connection, who, what, why, None)
            connection.executemany("INSERT OR IGNORE INTO text VALUES (?, ?)", texts)
            for change in changes:
                _apply(connection, seq, change)
            return seq

    def undo(self, seq: int, *, who: str, why: str) -> int:
        """Put every record of an entry back to what it was; gives the new entry's number.

        Raises ConflictError if one of them was changed since, KeyError if there is no such entry.
        """
        with self._connection() as connection, _transaction(connection):
            row = connection.execute("SELECT what FROM entry WHERE seq = ?", (seq,)).fetchone()
            if row is None:
                raise KeyError(seq)
            changes = connection.execute(
                "SELECT kind, record_id, before, after FROM change WHERE seq = ?", (seq,)
            ).fetchall()
            undoing = _new_entry(connection, who, f"undid: {row[0]}", why, seq)
            for kind, record_id, before, after in changes:
                _expect_value(connection, Table(kind), record_id, after)
                _put(connection, undoing, kind, record_id, after, before)
            return undoing

    def log(self, *, limit: int = 100, record: tuple[Table, str] | None = None) -> list[Entry]:
        """The last entries, newest first; only those that touched `record` if one is given."""
        where, values = "", []
        if record is not None:
            where = "WHERE seq IN (SELECT seq FROM change WHERE kind = ? AND record_id = ?)"
            values = [record[0].value, record[1]]
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT seq, at, who, what, why, undoes, "  # noqa: S608
                "EXISTS (SELECT 1 FROM entry AS later WHERE later.undoes = entry.seq) "
                f"FROM entry {where} ORDER BY seq DESC LIMIT ?",
                (*values, limit),
            ).fetchall()
        return [_entry(row) for row in rows]

    def differences(self, seq: int) -> list[Difference]:
        """What an entry changed."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT kind, record_id, before, after FROM change WHERE seq = ?", (seq,)
            ).fetchall()
        return [
            Difference(Table(kind), record_id, _plain(before), _plain(after))
            for kind, record_id, before, after in rows
        ]

    def replayed(self) -> dict[tuple[str, str], str | None]:
        """The records as the log alone makes them: what the record table must equal."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT kind, record_id, after FROM change ORDER BY seq"
            ).fetchall()
        return {(kind, record_id): after for kind, record_id, after in rows}

    def stored(self) -> dict[tuple[str, str], str | None]:
        """The record table as it is, undecoded."""
        with self._connection() as connection:
            rows = connection.execute("SELECT kind, record_id, value FROM record").fetchall()
        return {(kind, record_id): value for kind, record_id, value in rows}


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _new_entry(
    connection: sqlite3.Connection, who: str, what: str, why: str, undoes: int | None
) -> int:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    cursor = connection.execute(
        "INSERT INTO entry (at, who, what, why, undoes) VALUES (?, ?, ?, ?, ?)",
        (at, who, what, why, undoes),
    )
    if cursor.lastrowid is None:
        raise sqlite3.DatabaseError("the entry got no number")
    return cursor.lastrowid


def _apply(connection: sqlite3.Connection, seq: int, change: Change) -> None:
    _expect(connection, change.kind, change.record_id, change.version)
    row = connection.execute(
        "SELECT value FROM record WHERE kind = ? AND record_id = ?",
        (change.kind.value, change.record_id),
    ).fetchone()
    before = row[0] if row else _encoded(change.base)
    _put(connection, seq, change.kind.value, change.record_id, before, _encoded(change.after))


def _put(
    connection: sqlite3.Connection,
    seq: int,
    kind: str,
    record_id: str,
    before: str | None,
    after: str | None,
) -> None:
    connection.execute(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?)", (seq, kind, record_id, before, after)
    )
    connection.execute(
        "INSERT INTO record VALUES (?, ?, ?, ?) ON CONFLICT (kind, record_id) "
        "DO UPDATE SET value = excluded.value, version = excluded.version",
        (kind, record_id, after, seq),
    )


def _expect(connection: sqlite3.Connection, kind: Table, record_id: str, version: int) -> None:
    row = connection.execute(
        "SELECT version FROM record WHERE kind = ? AND record_id = ?", (kind.value, record_id)
    ).fetchone()
    found = row[0] if row else 0
    if found != version:
        raise ConflictError(kind, record_id, _entry_of(connection, found))


def _expect_value(
    connection: sqlite3.Connection, kind: Table, record_id: str, value: str | None
) -> None:
    """What an entry wrote must still stand, though it may have been changed and put back since."""
    found, version = connection.execute(
        "SELECT value, version FROM record WHERE kind = ? AND record_id = ?",
        (kind.value, record_id),
    ).fetchone()
    if found != value:
        raise ConflictError(kind, record_id, _entry_of(connection, version))


def _entry_of(connection: sqlite3.Connection, seq: int) -> Entry | None:
    row = connection.execute(
        "SELECT seq, at, who, what, why, undoes, 0 FROM entry WHERE seq = ?", (seq,)
    ).fetchone()
    return _entry(row) if row else None


def _entry(row: tuple[int, str, str, str, str, int | None, int]) -> Entry:
    seq, at, who, what, why, undoes, undone = row
    return Entry(seq, datetime.fromisoformat(at), who, what, why, undoes, bool(undone))


def _encoded(value: object | None) -> str | None:
    return None if value is None else encode(value)


def _plain(value: str | None) -> Mapping[str, object] | None:
    return None if value is None else msgspec.json.decode(value)


def _decoded(kind: Table, value: str | None) -> object | None:
    return None if value is None else decode(RECORDS[kind], value)
