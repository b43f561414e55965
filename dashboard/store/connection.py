"""Connections to the workspace file, which never create it by accident, and transactions."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from dashboard.store.problems import WAIT_S, Problem, WorkspaceError, sqlite_errors
from dashboard.store.replacement_lock import file_open

# "rwc" creates a missing file, "rw" and "ro" do not.
Mode = Literal["ro", "rw", "rwc"]
# How long to wait for a backup or a restoration by another process.
_FOLDER_WAIT_S = 60.0
_POLL_S = 0.05
_DAMAGE = frozenset(
    {Problem.CORRUPT, Problem.NOT_A_DATABASE, Problem.NOT_A_WORKSPACE, Problem.DISK_ERROR}
)


def identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of the file, which differ for a file that replaces it; `None` without a file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def sidecars(path: Path) -> tuple[Path, Path, Path]:
    """SQLite's files beside a database: write-ahead log, its index, rollback journal."""
    wal, shm, journal = (path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))
    return wal, shm, journal


@contextmanager
def connected(path: Path, mode: Mode = "rw") -> Iterator[sqlite3.Connection]:
    """A connection to `path`, closed at the end. Raises WorkspaceError for every error."""
    with file_open(path, WAIT_S), _replacement_detected(path), sqlite_errors(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=WAIT_S,
            isolation_level=None,
        )
        try:
            # FULL: a reported commit survives a power cut, not only a killed process.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection
        finally:
            connection.close()


@contextmanager
def _replacement_detected(path: Path) -> Iterator[None]:
    """Raise REPLACED instead of damage if another file replaced this one meanwhile.

    A connection to the old file opens the new file's log by its name, and SQLite reports a malformed
    file. It then neither writes nor removes the log: see `databaseIsUnmoved` in its pager.
    """
    before = identity(path)
    try:
        yield
    except WorkspaceError as error:
        if error.problem in _DAMAGE and before is not None and identity(path) != before:
            raise WorkspaceError(Problem.REPLACED, path, error.detail) from error
        raise


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block is written, or nothing; other writers wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite may have rolled back by itself, e.g. on a full disk.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on the file at `path`.

    Raises WorkspaceError (MISSING, REPLACED) if the file was deleted or replaced meanwhile.
    """
    before = identity(path)
    with connected(path) as connection:
        with transaction(connection):
            _expect_identity(path, before)
            yield connection
        # Writing to a deleted file succeeds, but nothing is saved.
        _expect_identity(path, before)


def _expect_identity(path: Path, before: tuple[int, int] | None) -> None:
    now = identity(path)
    if now is None:
        raise WorkspaceError(Problem.MISSING, path)
    if now != before:
        raise WorkspaceError(Problem.REPLACED, path)


@contextmanager
def locked_folder(folder: Path, wait: float = _FOLDER_WAIT_S) -> Iterator[None]:
    """A lock: only one process or thread at a time makes or restores backups of `folder`.

    Raises WorkspaceError (LOCKED) after `wait` seconds.
    """
    with sqlite_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(descriptor, folder, time.monotonic() + wait)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise WorkspaceError(Problem.LOCKED, folder) from None
            time.sleep(_POLL_S)
        else:
            return


def sync_file(path: Path) -> None:
    """Write the file and its name to the disk (fsync), so that both survive a power cut."""
    for target in (path, path.parent):
        descriptor = os.open(target, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
