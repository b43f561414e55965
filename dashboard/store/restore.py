"""Putting a backup in the place of a workspace, which is kept as workspace-…-replaced.sqlite.

At every moment, also of a kill, the workspace is either the file before or the whole backup.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard.store.backup import copy_database, expect_good
from dashboard.store.connection import connected, locked_folder, sidecars, sync_file, transaction
from dashboard.store.entries import new_entry
from dashboard.store.problems import Problem, WorkspaceError, sqlite_errors
from dashboard.store.schema import migrate
from dashboard.store.verify import count_entries

# Sessions hold a connection for milliseconds; somebody who is still there after this is at work.
_LOCK_WAIT_S = 5.0
_POLL_S = 0.05
# Beyond this a number in a damaged file is no number of an entry.
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
    """What a restoration did: the backup's entries, the entry that tells of it, the file kept aside.

    `aside` is None if there was no file.
    """

    backup: Path
    entries: int
    entry: int
    aside: Path | None


def restore(workspace: Path, backup: Path, folder: Path, who: str) -> Restored:
    """Replace the workspace by a backup, with one entry in its log that tells of it.

    `folder` is that of the backups. Raises WorkspaceError if the backup has findings, or if
    somebody is working with the file; then nothing was changed. A file that is too damaged to tell
    whether it is in use is replaced.
    """
    expect_good(backup, backup, quick=False)
    entries = count_entries(backup)
    workspace = workspace.resolve()
    temporary = workspace.with_name(f".{workspace.name}{_TEMPORARY}")
    with locked_folder(folder), sqlite_errors(workspace):
        _remove(temporary)
        try:
            with _exclusive(workspace) as before:
                copy_database(backup, temporary)
                aside = _aside_name(workspace) if workspace.exists() else None
                entry = _write_entry(temporary, _last_entry(before), backup, who, aside)
                _swap(temporary, workspace, aside)
        finally:
            _remove(temporary)
    return Restored(backup, entries, entry, aside)


@contextmanager
def _exclusive(path: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection that keeps everybody else from the file; None if there is no usable file."""
    connection = _lock(path) if path.exists() else None
    if connection is None:
        yield None
        return
    with closing(connection):
        yield connection
        # Nothing was written on this connection, whose file is aside by now.
        connection.execute("ROLLBACK")


def _lock(path: Path) -> sqlite3.Connection | None:
    """A connection that alone has the file; None if the file is too damaged for that.

    Leaving WAL mode needs that nobody else is connected, and moves the log into the file: so no file
    beside it belongs to it when another comes into its place.
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
    """Write the entry that tells of the restoration into the new file; gives its number.

    `before` is the last number in the file that is replaced. No number may stand for two entries: if
    it is not known the number is the time in milliseconds, for nobody makes a change in each.
    """
    with connected(temporary) as connection:
        # Sessions that have the workspace open know the tables of now only.
        migrate(connection, temporary)
        last = int(connection.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()[0])
        seq = max(last, time.time_ns() // 1_000_000 if before is None else before) + 1
        with transaction(connection):
            why = f"the file before is {aside.name}" if aside else "there was no file before"
            new_entry(connection, who, f"restored backup {backup.name}", why, seq=seq)
        connection.execute("PRAGMA journal_mode = WAL")
    sync_file(temporary)
    return seq


def _last_entry(connection: sqlite3.Connection | None) -> int | None:
    """The last number in the file that is replaced; None if it cannot be read, or has no entries.

    Damage may have spared one of the places where it stands.
    """
    if connection is None:
        return None
    numbers = []
    for query in _LAST_NUMBER:
        with suppress(sqlite3.Error):
            numbers.append(connection.execute(query).fetchone()[0])
    return max((n for n in numbers if isinstance(n, int) and 0 < n < _LARGEST_NUMBER), default=None)


def _swap(temporary: Path, workspace: Path, aside: Path | None) -> None:
    """Put the new file in place; the one before becomes `aside`, None if there is none."""
    if aside is not None:
        _keep(workspace, aside)
    # Before the new file is there: a log of another file beside it would be taken for its own.
    for sidecar, kept in zip(
        sidecars(workspace), sidecars(aside or _aside_name(workspace)), strict=True
    ):
        if sidecar.exists():
            sidecar.replace(kept)
    temporary.replace(workspace)
    sync_file(workspace)


def _keep(workspace: Path, aside: Path) -> None:
    """Give the file a second name, so that there is one at `workspace` all the time."""
    try:
        os.link(workspace, aside)
    except OSError:
        # A file system without hard links: a kill from here to the end leaves no workspace, which is
        # told as missing.
        workspace.replace(aside)


def _aside_name(workspace: Path) -> Path:
    made = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (
        workspace.with_name(f"{workspace.stem}-{made}-{_REPLACED}{suffix}.sqlite")
        for suffix in ("", *(f"-{number}" for number in range(2, 1000)))
    )
    return next(path for path in names if not path.exists())


def _remove(path: Path) -> None:
    for file in (path, *sidecars(path)):
        file.unlink(missing_ok=True)
