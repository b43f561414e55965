"""The workspace: what analysts add and change, in one SQLite file with a log that only grows.

Records are JSON values under a kind and an id. Every change is an entry of the log with the values
before and after; the `record` table has the last value of each. Undoing is a new entry.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dashboard.model.message import StoredText
from dashboard.model.records import Difference, Entry, Table, Versioned
from dashboard.model.viewer import require, viewer
from dashboard.store.backup import Reason, backups_folder, backups_of, make_backup
from dashboard.store.capture_files import CaptureFiles, captures_folder
from dashboard.store.change_permissions import needed_for, needed_to_undo
from dashboard.store.codec import decode_fields, decode_stored, read_table_name
from dashboard.store.connection import connected, identity, locked_folder, sidecars, writing
from dashboard.store.daily import DailyBackup
from dashboard.store.entries import (
    Change,
    ConflictError,
    NoEntryError,
    UndoneError,
    last_entry,
    read_entry,
    write_changes,
    write_undo,
)
from dashboard.store.problems import Problem, WorkspaceError, sqlite_errors
from dashboard.store.schema import SchemaError, migrate, needs_migration

__all__ = [
    "Change",
    "ConflictError",
    "NoEntryError",
    "SchemaError",
    "UndoneError",
    "Workspace",
    "WorkspaceError",
]


def _size(path: Path) -> int | None:
    """The bytes of a file, `None` if there is none; the log may vanish at any time, when SQLite ends."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


class Workspace:
    """One workspace file; safe to use from several threads and processes at once.

    Every method raises WorkspaceError, with what to do next, for whatever is wrong with the file.
    A missing file is created only if it has no backups and no sidecar files.
    """

    def __init__(self, path: Path, backups: Path | None = None) -> None:
        self.path = path
        self.backups = backups_folder(path, backups)
        self.daily = DailyBackup(path, self.backups)
        self.captures = CaptureFiles(captures_folder(path))
        # The highest entry read so far; a file that has none afterwards was emptied.
        self._last_read = 0
        self._open()

    def _open(self) -> None:
        with sqlite_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._expect_not_lost()
        with connected(self.path, "rwc") as connection:
            if needs_migration(connection, self.path):
                make_backup(self.path, self.backups, Reason.MIGRATION)
            migrate(connection, self.path)
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                self._use_wal(connection)

    def _use_wal(self, connection: sqlite3.Connection) -> None:
        before = identity(self.path)
        # Not while the file is being replaced by a backup: the log would belong to the wrong file.
        with locked_folder(self.backups):
            if identity(self.path) != before:
                raise WorkspaceError(Problem.REPLACED, self.path)
            connection.execute("PRAGMA journal_mode = WAL")

    def _expect_not_lost(self) -> None:
        """Raise rather than create an empty file where a workspace with entries was."""
        with sqlite_errors(self.path):
            size = _size(self.path)
            leftover = bool(_size(sidecars(self.path)[0]))
        if not size and (leftover or backups_of(self.path, self.backups)):
            raise WorkspaceError(Problem.MISSING if size is None else Problem.EMPTIED, self.path)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with writing(self.path) as connection:
            self._last_entry(connection)
            yield connection

    def _last_entry(self, connection: sqlite3.Connection) -> int:
        """The number of the last entry; raises WorkspaceError (EMPTIED) if all are gone."""
        seq = last_entry(connection)
        if seq == 0 and self._last_read:
            raise WorkspaceError(Problem.EMPTIED, self.path)
        self._last_read = seq
        return seq

    def version(self) -> int:
        """The number of the last log entry; 0 for an empty workspace."""
        with connected(self.path) as connection:
            return self._last_entry(connection)

    def get(self, kind: Table, record_id: str) -> Versioned[object] | None:
        """One record, or `None` if the workspace has none of that id."""
        return self._records(kind, " AND record_id = ?", record_id).get(record_id)

    def at_version(self, kind: Table, record_id: str, version: int) -> object | None:
        """A record as entry `version` wrote it; 0: as it was before its first change.

        `None` if it did not exist then, or is a seed that was never changed.
        """
        query = "SELECT after FROM change WHERE kind = ? AND record_id = ? AND seq = ?"
        values: tuple[str | int, ...] = (kind.value, record_id, version)
        if version == 0:
            query = (
                "SELECT before FROM change WHERE kind = ? AND record_id = ? ORDER BY seq LIMIT 1"
            )
            values = values[:2]
        with connected(self.path) as connection:
            row = connection.execute(query, values).fetchone()
        return None if row is None or row[0] is None else decode_stored(kind, record_id, row[0])

    def all(self, kind: Table, *, status: str | None = None) -> dict[str, Versioned[object]]:
        """All records of a kind, or of a kind and status, by id and in the order of ids."""
        if status is None:
            return self._records(kind)
        return self._records(kind, " AND json_extract(value, '$.status') = ?", status)

    def of_article(self, kind: Table, article_id: str) -> dict[str, Versioned[object]]:
        """The records of a kind that belong to one article, by id."""
        return self._records(kind, " AND json_extract(value, '$.article_id') = ?", article_id)

    def _records(
        self, kind: Table, condition: str = "", *values: str
    ) -> dict[str, Versioned[object]]:
        query = (
            "SELECT record_id, value, version FROM record "  # noqa: S608
            f"WHERE kind = ?{condition} ORDER BY record_id"
        )
        with connected(self.path) as connection:
            rows = connection.execute(query, (kind.value, *values)).fetchall()
            return {row[0]: _versioned(kind, row) for row in rows}

    def deleted(self) -> dict[tuple[Table, str], int]:
        """The versions of records that were deleted, e.g. by an undo, by kind and id."""
        with connected(self.path) as connection:
            rows = connection.execute(
                "SELECT kind, record_id, version FROM record WHERE value IS NULL"
            ).fetchall()
            return {(read_table_name(row[0]), str(row[1])): int(row[2]) for row in rows}

    def count(self, kind: Table, *, status: str | None = None) -> int:
        """How many records of a kind, and of a status, there are."""
        where = "AND json_extract(value, '$.status') = ?" if status else "AND value IS NOT NULL"
        values = [kind.value, status] if status else [kind.value]
        with connected(self.path) as connection:
            return int(
                connection.execute(
                    f"SELECT count(*) FROM record WHERE kind = ? {where}",  # noqa: S608
                    values,
                ).fetchone()[0]
            )

    def text(self, sha256: str) -> str | None:
        """The stored text with this SHA-256, or `None`."""
        with connected(self.path) as connection:
            row = connection.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else str(row[0])

    def texts(self) -> dict[str, str]:
        """All stored texts by their SHA-256."""
        with connected(self.path) as connection:
            return dict(connection.execute("SELECT sha256, body FROM text").fetchall())

    def commit(
        self,
        changes: Sequence[Change],
        *,
        who: str,
        what: StoredText,
        why: StoredText,
        texts: Sequence[tuple[str, str]] = (),
    ) -> int:
        """Write all changes and the log entry for them, or nothing; returns the entry's number.

        `who` is the typed name of the analyst; with accounts that of the viewer's account is written.
        Raises ConflictError if a record was changed since the version in its change, and
        NotPermittedError if the viewer's role does not allow all of the changes.
        """
        who = viewer().name_in_log(who)
        with self._writing() as connection:
            require(*needed_for(connection, changes))
            connection.executemany("INSERT OR IGNORE INTO text VALUES (?, ?)", texts)
            seq = write_changes(connection, changes, who, what, why)
        self._last_read = seq
        return seq

    def undo(self, seq: int, *, who: str, why: StoredText) -> int:
        """Restore every record of an entry to its value before; returns the new entry's number.

        Raises UndoneError if it was undone already, ConflictError if one of its records was changed
        since, NoEntryError if there is no such entry, NotPermittedError if the viewer's role does not
        allow it; then nothing is written.
        """
        who = viewer().name_in_log(who)
        with self._writing() as connection:
            require(*needed_to_undo(connection, seq, who))
            undoing = write_undo(connection, seq, who, why)
        self._last_read = undoing
        return undoing

    def log(self, *, limit: int = 100, record: tuple[Table, str] | None = None) -> list[Entry]:
        """The last entries, newest first; only those that touched `record` if one is given."""
        where, values = "", []
        if record is not None:
            where = "WHERE seq IN (SELECT seq FROM change WHERE kind = ? AND record_id = ?)"
            values = [record[0].value, record[1]]
        with connected(self.path) as connection:
            rows = connection.execute(
                "SELECT seq, at, who, what, why, undoes, "  # noqa: S608
                "EXISTS (SELECT 1 FROM entry AS later WHERE later.undoes = entry.seq) "
                f"FROM entry {where} ORDER BY seq DESC LIMIT ?",
                (*values, limit),
            ).fetchall()
            return [read_entry(row) for row in rows]

    def differences(self, seq: int) -> list[Difference]:
        """The changes of an entry."""
        with connected(self.path) as connection:
            rows = connection.execute(
                "SELECT kind, record_id, before, after FROM change WHERE seq = ?", (seq,)
            ).fetchall()
            return [_difference(row) for row in rows]


def _versioned(kind: Table, row: tuple[str, str | None, int]) -> Versioned[object]:
    record_id, value, version = row
    return Versioned(None if value is None else decode_stored(kind, record_id, value), version)


def _difference(row: tuple[str, str, str | None, str | None]) -> Difference:
    kind, record_id, before, after = row
    return Difference(
        read_table_name(kind),
        record_id,
        None if before is None else decode_fields(before),
        None if after is None else decode_fields(after),
    )
