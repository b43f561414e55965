"""Backups of a workspace, e.g. backups/workspace-20261123T101500Z-v2-daily.sqlite.

A backup is copied by SQLite under a temporary name, verified, written to the disk, then renamed: a
file under its final name is complete.
"""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count
from pathlib import Path

from dashboard.store.capture_files import captures_folder
from dashboard.store.captures import copy_captures, named_files
from dashboard.store.connection import connected, locked_folder, sync_file
from dashboard.store.problems import Problem, WorkspaceError, sqlite_errors
from dashboard.store.schema import schema_version
from dashboard.store.verify import verify

# Automatic backups (daily, before a migration): two weeks of daily work. Manual ones are never removed.
BACKUPS_KEPT = 14
_TIME = "%Y%m%dT%H%M%SZ"
_PARTIAL = ".partial"
_FOLDER = "backups"
_FINDINGS_NAMED = 3


class Reason(StrEnum):
    """The reason for a backup; part of its file name."""

    DAILY = "daily"
    MIGRATION = "migration"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file, with its time in UTC and the version of its tables.

    `faults` are those of captured files that could not be copied when it was made.
    """

    path: Path
    created: datetime
    version: int
    reason: Reason
    number: int = 1
    faults: tuple[str, ...] = ()


def backups_folder(workspace: Path, setting: Path | None) -> Path:
    """The folder of a workspace's backups: `setting`, or "backups" beside it."""
    return setting or workspace.parent / _FOLDER


def backups_of(workspace: Path, folder: Path) -> list[Backup]:
    """The backups of that workspace in `folder`, newest first, by their file names."""
    with sqlite_errors(folder):
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    backups = [backup for name in names if (backup := _parse(workspace, folder / name))]
    return sorted(backups, key=lambda backup: (backup.created, backup.number), reverse=True)


def last_good_backup(workspace: Path, folder: Path) -> Backup | None:
    """The newest backup without findings, or None."""
    return next((backup for backup in backups_of(workspace, folder) if is_good(backup.path)), None)


def is_good(path: Path) -> bool:
    """Whether that backup can be read and has no findings in the quick checks."""
    try:
        return not verify(path, quick=True)
    except WorkspaceError:
        return False


def make_backup(workspace: Path, folder: Path, reason: Reason) -> Backup:
    """Copy the workspace into `folder`; others may write meanwhile.

    Raises WorkspaceError if it cannot be read, if the copy has findings, or if it cannot be written
    to `folder`; then there is no new file, and no older backup is removed. Captured files are copied
    into one folder for all backups; those that cannot be are `faults` of the backup.
    """
    with locked_folder(folder):
        partial = folder / f".{workspace.stem}{_PARTIAL}"
        # Left over from a killed process: whoever writes one has the lock.
        partial.unlink(missing_ok=True)
        try:
            version = copy_database(workspace, partial)
            expect_good(partial, workspace)
            source = captures_folder(workspace)
            faults = copy_captures(named_files(partial), source, folder / source.name)
            with sqlite_errors(folder):
                backup = _free_name(workspace, folder, version, reason)
                partial.replace(backup.path)
                sync_file(backup.path)
        finally:
            partial.unlink(missing_ok=True)
        others = [other for other in backups_of(workspace, folder) if other.path != backup.path]
        for old in superfluous(others):
            old.path.unlink(missing_ok=True)
        return replace(backup, faults=tuple(faults))


def copy_database(source: Path, target: Path) -> int:
    """Copy by SQLite's online backup, to a file without sidecars; returns its schema version.

    Raises WorkspaceError, which names the faulty file.
    """
    with connected(source) as reading:
        # Damage to the first page and locks are errors of the source, not of the target.
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with sqlite_errors(target), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            # In one step: a copy in several steps starts again at each write.
            reading.backup(copy, progress=lambda *step: _expect_not_locked(step[0], source))
            copy.execute("PRAGMA journal_mode = DELETE")
            version = schema_version(copy)
    with sqlite_errors(target):
        sync_file(target)
    return version


def _expect_not_locked(code: int, source: Path) -> None:
    """Raise for a locked file, on which Python would try again for ever."""
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise WorkspaceError(Problem.LOCKED, source)


def expect_good(copy: Path, source: Path, *, quick: bool = True) -> None:
    """Raise WorkspaceError, which names `source`, if its copy has findings."""
    findings = verify(copy, quick=quick)
    if findings:
        raise WorkspaceError(Problem.CORRUPT, source, "; ".join(findings[:_FINDINGS_NAMED]))


def superfluous(older: Sequence[Backup]) -> list[Backup]:
    """The automatic backups to remove: with the newest one, BACKUPS_KEPT remain.

    `older` are the other backups, newest first. The newest one is verified, so a good backup is removed
    only if there is a newer good one.
    """
    automatic = [backup for backup in older if backup.reason is not Reason.MANUAL]
    return automatic[BACKUPS_KEPT - 1 :]


def _parse(workspace: Path, path: Path) -> Backup | None:
    pattern = (
        rf"{re.escape(workspace.stem)}-(?P<created>[0-9]{{8}}T[0-9]{{6}}Z)-v(?P<version>[0-9]{{1,9}})"
        rf"-(?P<reason>{'|'.join(Reason)})(-(?P<number>[0-9]{{1,9}}))?\.sqlite"
    )
    match = re.fullmatch(pattern, path.name)
    if match is None:
        return None
    try:
        created = datetime.strptime(match["created"], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    number = int(match["number"] or 1)
    return Backup(path, created, int(match["version"]), Reason(match["reason"]), number)


def _free_name(workspace: Path, folder: Path, version: int, reason: Reason) -> Backup:
    """A backup file that does not exist yet; the second within a second gets a number."""
    created = datetime.now(UTC).replace(microsecond=0)

    def name(number: int) -> str:
        suffix = f"-{number}" if number > 1 else ""
        return (
            f"{workspace.stem}-{created.strftime(_TIME)}-v{version}-{reason.value}{suffix}.sqlite"
        )

    number = next(number for number in count(1) if not (folder / name(number)).exists())
    return Backup(folder / name(number), created, version, reason, number)
