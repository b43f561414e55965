"""The captured files that a workspace names: who names them, their copies in backups, their faults."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard.model.capture import Capture
from dashboard.model.records import Table
from dashboard.store.capture_files import CaptureFiles, FileState, captures_folder
from dashboard.store.codec import decode, decode_fields
from dashboard.store.database import Source, reading, searched

_FINDINGS = {
    FileState.MISSING: "captured file {name}: it is missing",
    FileState.ALTERED: "captured file {name}: its hash is another, so it was changed from outside",
}


def recorded(source: Source, sha256: str) -> Capture | None:
    """A capture of the workspace with this file; `None` if there is none (any more)."""
    with reading(source) as connection:
        row = connection.execute(
            "SELECT value FROM record WHERE kind = ? AND value IS NOT NULL "  # noqa: S608
            f"AND {searched(connection, 'sha256')} = ? ORDER BY record_id LIMIT 1",
            (Table.CAPTURE.value, sha256),
        ).fetchone()
    return None if row is None else decode(Capture, row[0])


def named_files(source: Source) -> list[str]:
    """The SHA-256 of every file that the log of a workspace names, also of removed captures."""
    with reading(source) as connection:
        rows = connection.execute(
            "SELECT before, after FROM change WHERE kind = ?", (Table.CAPTURE.value,)
        ).fetchall()
        values = {value for row in rows for value in row if value is not None}
        return sorted({str(decode_fields(value).get("sha256")) for value in values})


def verify_captures(path: Path, source: Source | None = None) -> list[str]:
    """The findings on the captured files beside `path`, the workspace or a backup, one line each.

    `source` is the database that names them, if it is not the file at `path`.
    """
    return list(_findings(CaptureFiles(captures_folder(path)), named_files(source or path)))


def copy_captures(names: Iterable[str], source: Path, target: Path) -> list[str]:
    """Copy these files from one folder to another, except those that are there already.

    Returns the findings on those that could not be copied, because they are missing or altered in both;
    raises WorkspaceError if the folder cannot be written.
    """
    files, copies = CaptureFiles(source), CaptureFiles(target)
    left_out = [name for name in names if not copies.copy_from(files, name)]
    return list(_findings(files, left_out))


def _findings(files: CaptureFiles, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        state = files.state(name)
        if state is not FileState.SOUND:
            yield _FINDINGS[state].format(name=name)
