"""The workspace: what analysts add and change, in a SQLite file or on a PostgreSQL server.

Records are JSON values under a kind and an id. Every change is an entry of the log with the values
before and after; the `record` table has the last value of each. Undoing is a new entry.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from dashboard.model.message import StoredText
from dashboard.model.records import Difference, Entry, Table, Versioned
from dashboard.model.restriction import NOTHING_HIDDEN, Hidden
from dashboard.model.viewer import require, viewer
from dashboard.settings import Settings
from dashboard.store.backup import Backup, Reason, backups_folder, backups_of, make_backup
from dashboard.store.capture_files import CaptureFiles, captures_folder
from dashboard.store.change_permissions import needed_for, needed_to_undo, write_account
from dashboard.store.codec import MOST_DECODED, decode_fields, decode_stored, read_table_name
from dashboard.store.connection import connected, identity, locked_folder, sidecars
from dashboard.store.daily import DailyBackup
from dashboard.store.database import (
    Connection,
    Server,
    Source,
    postgresql,
    reading,
    searched,
    source_name,
    source_of,
    writing,
)
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
    "MOST_ENTRIES",
    "Change",
    "ConflictError",
    "NoEntryError",
    "SchemaError",
    "UndoneError",
    "Workspace",
    "WorkspaceError",
    "open_workspace",
]


_ADD_TEXT = "INSERT INTO text (sha256, body) VALUES (?, ?) ON CONFLICT DO NOTHING"
# Rows of a table of which all are asked for.
MOST_ENTRIES = 2**62


def _size(path: Path) -> int | None:
    """The bytes of a file, `None` if there is none; the log may vanish at any time, when SQLite ends."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


class Workspace:
    """One workspace; safe to use from several threads, processes and, with a `server`, machines at once.

    Every method raises WorkspaceError, with what to do next, for whatever is wrong with the database.
    A missing file is created only if it has no backups and no sidecar files. With a `server` there is no
    file at `path`: captured files and others of the workspace are beside it.
    `hidden` is what its viewer may not see (`seen_workspace.py`): of this one, nothing.
    """

    hidden: Hidden = NOTHING_HIDDEN

    def __init__(
        self, path: Path, backups: Path | None = None, server: Server | None = None
    ) -> None:
        self.path = path
        self.source: Source = server or path
        self.backups = backups_folder(path, backups)
        self.daily = DailyBackup(path, self.backups)
        self.captures = CaptureFiles(captures_folder(path))
        # The highest entry read so far; a file that has none afterwards was emptied.
        self._last_read = 0
        # By kind the last entry that wrote one of its records, that entry's hash, and the records.
        self._read_records: dict[
            Table, tuple[int, str | None, Mapping[str, Versioned[object]]]
        ] = {}
        if server is None:
            self._open()
        else:
            postgresql(server).prepare(server.url)

    @property
    def key(self) -> str:
        """A text that differs from that of every other workspace, for caches."""
        if not isinstance(self.source, Server):
            return str(self.path)
        return f"{self.path} {source_name(self.source)}"

    def made_backups(self) -> list[Backup]:
        """The backups that the program made, newest first; those of a server are its administrator's."""
        return [] if isinstance(self.source, Server) else backups_of(self.path, self.backups)

    def start_daily_backup(self) -> None:
        """Back the file up once a day from now on, without waiting for it."""
        if not isinstance(self.source, Server):
            self.daily.start()

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

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self.source, "rw")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with writing(self.source) as connection:
            self._last_entry(connection)
            yield connection

    def _last_entry(self, connection: Connection) -> int:
        """The number of the last entry; raises WorkspaceError (EMPTIED) if all are gone."""
        seq = last_entry(connection)
        if seq == 0 and self._last_read:
            raise WorkspaceError(Problem.EMPTIED, source_name(self.source))
        self._last_read = seq
        return seq

    def version(self) -> int:
        """The number of the last log entry; 0 for an empty workspace."""
        with self._reading() as connection:
            return self._last_entry(connection)

    def get(self, kind: Table, record_id: str) -> Versioned[object] | None:
        """One record, or `None` if the workspace has none of that id."""
        query = "SELECT record_id, value, version FROM record WHERE kind = ? AND record_id = ?"
        with self._reading() as connection:
            row = connection.execute(query, (kind.value, record_id)).fetchone()
            return None if row is None else _versioned(kind, row)

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
        with self._reading() as connection:
            row = connection.execute(query, values).fetchone()
        return None if row is None or row[0] is None else decode_stored(kind, record_id, row[0])

    def before_changes(self, kind: Table) -> dict[str, object]:
        """The seeds of a kind that were changed, by id, as they were before their first change.

        Each as `at_version` of 0 gives it, with one connection for all.
        """
        query = (
            "SELECT record_id, before FROM change WHERE kind = ? AND before IS NOT NULL AND seq = "
            "(SELECT min(seq) FROM change AS first "
            "WHERE first.kind = change.kind AND first.record_id = change.record_id)"
        )
        with self._reading() as connection:
            rows = connection.execute(query, (kind.value,)).fetchall()
        return {row[0]: decode_stored(kind, row[0], row[1]) for row in rows}

    def all(self, kind: Table, *, status: str | None = None) -> dict[str, Versioned[object]]:
        """All records of a kind, or of a kind and status, by id and in the order of ids."""
        if status is None:
            return dict(self._all_records(kind))
        return self._records(kind, "status", status)

    def of_article(self, kind: Table, article_id: str) -> dict[str, Versioned[object]]:
        """The records of a kind that belong to one article, by id."""
        return self._records(kind, "article_id", article_id)

    def _all_records(self, kind: Table) -> Mapping[str, Versioned[object]]:
        """The records of a kind; those that were read before are not read and decoded again.

        The hash of an entry is that of the whole log up to it (`hash_chain.py`): if the last entry that
        wrote one of them is still there, so are they, unless a later entry changed them.
        """
        with self._reading() as connection:
            last, mark, before = self._read_records.get(kind, (0, None, {}))
            if mark is None or _hash_of(connection, last) != mark:
                last, before = 0, {}
            rows = connection.execute(
                "SELECT record_id, CASE WHEN version > ? THEN value END, version FROM record "
                "WHERE kind = ? ORDER BY record_id",
                (last, kind.value),
            ).fetchall()
            found = {
                row[0]: _versioned(kind, row) if row[2] > last else before[row[0]] for row in rows
            }
            last = max((row[2] for row in rows), default=0)
            if len(found) <= MOST_DECODED:
                self._read_records[kind] = last, _hash_of(connection, last), found
        return found

    def _records(
        self, kind: Table, name: str | None = None, *values: str
    ) -> dict[str, Versioned[object]]:
        """The records of a kind, or those with a value in the field `name`, in the order of ids."""
        with self._reading() as connection:
            condition = f" AND {searched(connection, name)} = ?" if name else ""
            query = (
                "SELECT record_id, value, version FROM record "  # noqa: S608
                f"WHERE kind = ?{condition} ORDER BY record_id"
            )
            rows = connection.execute(query, (kind.value, *values)).fetchall()
            return {row[0]: _versioned(kind, row) for row in rows}

    def deleted(self) -> dict[tuple[Table, str], int]:
        """The versions of records that were deleted, e.g. by an undo, by kind and id."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT kind, record_id, version FROM record WHERE value IS NULL"
            ).fetchall()
            return {(read_table_name(row[0]), str(row[1])): int(row[2]) for row in rows}

    def created(self, kind: Table, since: int, until: int) -> list[str]:
        """The ids of records of a kind that came to be after entry `since`, up to `until`, in order."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT record_id, max(seq) FROM change WHERE seq > ? AND seq <= ? AND kind = ? "
                "AND before IS NULL AND after IS NOT NULL "
                "GROUP BY record_id ORDER BY max(seq), record_id",
                (since, until, kind.value),
            ).fetchall()
        return [str(row[0]) for row in rows]

    def count(self, kind: Table, *, status: str | None = None) -> int:
        """How many records of a kind, and of a status, there are."""
        values = [kind.value, status] if status else [kind.value]
        with self._reading() as connection:
            equal = f"AND {searched(connection, 'status')} = ?"
            where = equal if status else "AND value IS NOT NULL"
            return int(
                connection.execute(
                    f"SELECT count(*) FROM record WHERE kind = ? {where}",  # noqa: S608
                    values,
                ).fetchone()[0]
            )

    def text(self, sha256: str) -> str | None:
        """The stored text with this SHA-256, or `None`."""
        with self._reading() as connection:
            row = connection.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else str(row[0])

    def texts(self) -> dict[str, str]:
        """All stored texts by their SHA-256."""
        with self._reading() as connection:
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
            connection.executemany(_ADD_TEXT, texts)
            seq = write_changes(connection, changes, who, what, why)
            write_account(connection, seq)
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
            write_account(connection, undoing)
        self._last_read = undoing
        return undoing

    def log(self, *, limit: int = 100, record: tuple[Table, str] | None = None) -> list[Entry]:
        """The last entries, newest first; only those that touched `record` if one is given.

        A negative `limit` is none.
        """
        where, values = "", []
        if record is not None:
            where = "WHERE seq IN (SELECT seq FROM change WHERE kind = ? AND record_id = ?)"
            values = [record[0].value, record[1]]
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT seq, at, who, what, why, undoes, "  # noqa: S608
                "EXISTS (SELECT 1 FROM entry AS later WHERE later.undoes = entry.seq) "
                f"FROM entry {where} ORDER BY seq DESC LIMIT ?",
                (*values, limit if limit >= 0 else MOST_ENTRIES),
            ).fetchall()
            return [read_entry(row) for row in rows]

    def authors(self) -> tuple[str, ...]:
        """The names under which entries were written, sorted."""
        with self._reading() as connection:
            rows = connection.execute("SELECT DISTINCT who FROM entry").fetchall()
        return tuple(sorted(str(row[0]) for row in rows if row[0]))

    def differences(self, seq: int) -> list[Difference]:
        """The changes of an entry."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT kind, record_id, before, after FROM change WHERE seq = ?", (seq,)
            ).fetchall()
            return [_difference(row) for row in rows]


def open_workspace(settings: Settings) -> Workspace:
    """The workspace of the settings. Raises WorkspaceError."""
    source = source_of(settings)
    server = source if isinstance(source, Server) else None
    return Workspace(settings.workspace, settings.backups, server)


def _hash_of(connection: Connection, seq: int) -> str | None:
    row = connection.execute("SELECT hash FROM entry_hash WHERE seq = ?", (seq,)).fetchone()
    return None if row is None else str(row[0])


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
