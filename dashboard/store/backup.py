"""Backups of a workspace, e.g. backups/workspace-20261123T101500Z-v2-daily.sqlite.

A backup is copied by SQLite under a temporary name, verified, written to the disk, then renamed: a
file under its final name is whole.
"""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count
from pathlib import Path

from dashboard.store.connection import connected, locked_folder, sync_file
from dashboard.store.problems import Problem, WorkspaceError, sqlite_errors
from dashboard.store.schema import schema_version
from dashboard.store.verify import verify

# Backups that the program makes by itself (daily, before a migration): two weeks of daily work.
# Those asked for by a person are never removed.
BACKUPS_KEPT = 14
_TIME = "%Y%m%dT%H%M%SZ"
_PARTIAL = ".partial"
_FOLDER = "backups"
_FINDINGS_NAMED = 3


class Reason(StrEnum):
    """Why a backup was made; part of its name."""

    DAILY = "daily"
    MIGRATION = "migration"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file: when it was made, and the version of its tables."""

    path: Path
    made: datetime
    version: int
    reason: Reason
    number: int = 1


def backups_folder(workspace: Path, setting: Path | None) -> Path:
    """The folder of that workspace's backups: the one set, or "backups" beside it."""
    return setting or workspace.parent / _FOLDER


def backups_of(workspace: Path, folder: Path) -> list[Backup]:
    """The backups of that workspace in `folder`, newest first; by their names, not opened."""
    with sqlite_errors(folder):
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    found = [backup for name in names if (backup := _parse(workspace, folder / name))]
    return sorted(found, key=lambda backup: (backup.made, backup.number), reverse=True)


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
    """Copy the workspace as it is now into `folder`; others may write meanwhile.

    Raises WorkspaceError if it cannot be read, if the copy has findings, or if `folder` cannot take
    it; then there is no new file, and no older backup is removed.
    """
    with locked_folder(folder):
        partial = folder / f".{workspace.stem}{_PARTIAL}"
        # Left by a process that was killed: whoever makes one holds the lock.
        partial.unlink(missing_ok=True)
        try:
            version = copy_database(workspace, partial)
            expect_good(partial, workspace)
            with sqlite_errors(folder):
                backup = _free_name(workspace, folder, version, reason)
                partial.replace(backup.path)
                sync_file(backup.path)
        finally:
            partial.unlink(missing_ok=True)
        others = [other for other in backups_of(workspace, folder) if other.path != backup.path]
        for old in superfluous(others):
            old.path.unlink(missing_ok=True)
        return backup


def copy_database(source: Path, target: Path) -> int:
    """Copy by SQLite's online backup, to a file without sidecars; gives its version of tables.

    Raises WorkspaceError that names the file which is at fault.
    """
    with connected(source) as reading:
        # Damage to the first page and locks are found here, and blamed on the source.
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with sqlite_errors(target), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            # In one step: a copy in several begins anew whenever somebody writes.
            reading.backup(copy, progress=lambda *step: _expect_going_on(step[0], source))
            copy.execute("PRAGMA journal_mode = DELETE")
            version = schema_version(copy)
    with sqlite_errors(target):
        sync_file(target)
    return version


def _expect_going_on(code: int, source: Path) -> None:
    """Python would try again for ever on a locked file."""
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise WorkspaceError(Problem.LOCKED, source)


def expect_good(copy: Path, source: Path, *, quick: bool = True) -> None:
    """Raise WorkspaceError, which names `source`, if the copy of it has findings."""
    findings = verify(copy, quick=quick)
    if findings:
        raise WorkspaceError(Problem.CORRUPT, source, "; ".join(findings[:_FINDINGS_NAMED]))


def superfluous(older: Sequence[Backup]) -> list[Backup]:
    """Of the program's own backups beside one just made, those beyond the newest BACKUPS_KEPT.

    `older` are newest first. The one just made is verified and never among them: so neither the only
    good one nor one made before a migration goes without a newer good one.
    """
    own = [backup for backup in older if backup.reason is not Reason.MANUAL]
    return own[BACKUPS_KEPT - 1 :]


def _parse(workspace: Path, path: Path) -> Backup | None:
    match = _name_pattern(workspace.stem).fullmatch(path.name)
    if match is None:
        return None
    try:
        made = datetime.strptime(match["made"], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    number = int(match["number"] or 1)
    return Backup(path, made, int(match["version"]), Reason(match["reason"]), number)


def _name_pattern(stem: str) -> re.Pattern[str]:
    reasons = "|".join(Reason)
    return re.compile(
        rf"{re.escape(stem)}-(?P<made>[0-9]{{8}}T[0-9]{{6}}Z)-v(?P<version>[0-9]{{1,9}})"
        rf"-(?P<reason>{reasons})(-(?P<number>[0-9]{{1,9}}))?\.sqlite"
    )


def _free_name(workspace: Path, folder: Path, version: int, reason: Reason) -> Backup:
    """A backup file that does not exist yet; the second within a second gets a number."""
    made = datetime.now(UTC).replace(microsecond=0)

    def name(number: int) -> str:
        suffix = f"-{number}" if number > 1 else ""
        return f"{workspace.stem}-{made.strftime(_TIME)}-v{version}-{reason.value}{suffix}.sqlite"

    number = next(number for number in count(1) if not (folder / name(number)).exists())
    return Backup(folder / name(number), made, version, reason, number)
