"""Restoring a backup; the workspace before becomes workspace-…-replaced.sqlite.

At every moment, also after a kill, the workspace is either the file before or the complete backup.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard.model.message import message
from dashboard.store.backup import copy_database, expect_good
from dashboard.store.capture_files import captures_folder
from dashboard.store.captures import copy_captures, named_files
from dashboard.store.connection import connected, locked_folder, sidecars, sync_file, transaction
from dashboard.store.entries import last_entry, new_entry
from dashboard.store.hash_chain import append_hash
from dashboard.store.problems import Problem, WorkspaceError, sqlite_errors
from dashboard.store.replacement_lock import file_replaced
from dashboard.store.schema import migrate
from dashboard.store.verify import count_entries

# Sessions use a connection for milliseconds; a longer one belongs to somebody at work.
_LOCK_WAIT_S = 5.0
_POLL_S = 0.05
# A larger number in a damaged file is not the number of an entry.
_LARGEST_NUMBER = 2**50
_LAST_NUMBER = (
    "SELECT max(seq) FROM entry",
    "SELECT max(seq) FROM sqlite_sequence WHERE name = 'entry'",
    "SELECT max(version) FROM record",
)
_REPLACED = "replaced"
_TEMPORARY = ".restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """The restored backup, the number of its entries, the new log entry, and the file before (`aside`).

    `aside` is `None` if there was no file. `faults` are those of captured files that the backup names.
    """

    backup: Path
    entries: int
    entry: int
    aside: Path | None
    faults: tuple[str, ...] = ()


def restore(workspace: Path, backup: Path, folder: Path, who: str) -> Restored:
    """Replace the workspace by a backup and record that as one entry of its log.

    `folder` is that of the backups. Raises WorkspaceError if the backup has findings, or if the
    workspace is in use; then nothing was changed. A file too damaged to be locked is replaced.
    """
    expect_good(backup, backup, quick=False)
    entries = count_entries(backup)
    workspace = workspace.resolve()
    temporary = workspace.with_name(f".{workspace.name}{_TEMPORARY}")
    # Before the swap, and harmless if there is none: a file is added under its hash, or is there.
    faults = copy_captures(named_files(backup), captures_folder(backup), captures_folder(workspace))
    with locked_folder(folder), sqlite_errors(workspace):
        _remove(temporary)
        try:
            with file_replaced(workspace, _LOCK_WAIT_S), _exclusive(workspace) as before:
                copy_database(backup, temporary)
                aside = _aside_name(workspace) if workspace.exists() else None
                entry = _write_entry(temporary, _last_entry(before), backup, who, aside)
                _swap(temporary, workspace, aside)
        finally:
            _remove(temporary)
    return Restored(backup, entries, entry, aside, tuple(faults))


@contextmanager
def _exclusive(path: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection with an exclusive lock on the file; `None` if there is no usable file."""
    connection = _lock(path) if path.exists() else None
    if connection is None:
        yield None
        return
    with closing(connection):
        yield connection
        # Nothing was written on this connection, whose file has another name by now.
        connection.execute("ROLLBACK")


def _lock(path: Path) -> sqlite3.Connection | None:
    """A connection with an exclusive lock; `None` if the file is too damaged.

    WAL mode can be left only without other connections. It moves the log into the file, so that no
    sidecar of the file remains when another file replaces it.
    """
    deadline = time.monotonic() + _LOCK_WAIT_S
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=_POLL_S, isolation_level=None)
    while True:
        try:
            with sqlite_errors(path):
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("BEGIN EXCLUSIVE")
        except WorkspaceError as error:
            if error.problem is not Problem.LOCKED:
                connection.close()
                return None
            if time.monotonic() > deadline:
                connection.close()
                raise
            time.sleep(_POLL_S)
        else:
            return connection


def _write_entry(
    temporary: Path, before: int | None, backup: Path, who: str, aside: Path | None
) -> int:
    """Write the log entry of the restoration into the new file; returns its number.

    `before` is the last number in the replaced file. No two entries may have one number: if `before` is
    unknown, the number is the time in milliseconds, since changes are less frequent.
    """
    with connected(temporary) as connection:
        # Sessions that have the workspace open know only the current tables.
        migrate(connection, temporary)
        seq = (
            max(last_entry(connection), time.time_ns() // 1_000_000 if before is None else before)
            + 1
        )
        with transaction(connection):
            why = (
                message("the file before is {name}", name=aside.name)
                if aside
                else message("there was no file before")
            )
            what = message("restored backup {name}", name=backup.name)
            append_hash(connection, new_entry(connection, who, what, why, seq=seq))
        connection.execute("PRAGMA journal_mode = WAL")
    sync_file(temporary)
    return seq


def _last_entry(connection: sqlite3.Connection | None) -> int | None:
    """The last number in the replaced file; `None` if it cannot be read or there are no entries.

    It is stored in three tables, not all of which may be damaged.
    """
    if connection is None:
        return None
    numbers = []
    for query in _LAST_NUMBER:
        with suppress(sqlite3.Error):
            numbers.append(connection.execute(query).fetchone()[0])
    return max((n for n in numbers if isinstance(n, int) and 0 < n < _LARGEST_NUMBER), default=None)


def _swap(temporary: Path, workspace: Path, aside: Path | None) -> None:
    """Rename the new file to `workspace`, and the one before to `aside`, if there is one."""
    if aside is not None:
        _link(workspace, aside)
    # Before the new file has its name: SQLite would take another file's log for its own.
    for sidecar, target in zip(
        sidecars(workspace), sidecars(aside or _aside_name(workspace)), strict=True
    ):
        if sidecar.exists():
            sidecar.replace(target)
    temporary.replace(workspace)
    sync_file(workspace)


def _link(workspace: Path, aside: Path) -> None:
    """Give the file a second name, so that there is a file at `workspace` at every moment."""
    try:
        os.link(workspace, aside)
    except OSError:
        # A file system without hard links: after a kill before the end the workspace is reported as
        # missing.
        workspace.replace(aside)


def _aside_name(workspace: Path) -> Path:
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (
        workspace.with_name(f"{workspace.stem}-{now}-{_REPLACED}{suffix}.sqlite")
        for suffix in ("", *(f"-{number}" for number in range(2, 1000)))
    )
    return next(path for path in names if not path.exists())


def _remove(path: Path) -> None:
    for file in (path, *sidecars(path)):
        file.unlink(missing_ok=True)
