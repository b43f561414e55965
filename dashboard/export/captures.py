"""The captured files of exported events: left out, or with the file of events in a ZIP archive.

In the archive `sha256sum -c SHA256SUMS` checks every file, and captures.csv says what each is proof of.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from dashboard.export.selection import Export
from dashboard.export.tables import write_csv
from dashboard.model.capture import Capture, Proof
from dashboard.model.errors import DashboardError
from dashboard.model.message import message
from dashboard.model.selected import SelectedEvents
from dashboard.store.capture_files import CaptureFiles, FileState
from dashboard.store.media_type import MEDIA_TYPES, UNKNOWN

# Of the files together: an archive is written to the disk before it is sent.
MOST_GIGABYTES = 2
_FOLDER, _SUMS, _LIST = "captures", "SHA256SUMS", "captures.csv"
_LEFT_OUT = "left out on purpose"
_COLUMNS = ("file", *(field.name for field in fields(Capture)), "state")


class ArchiveError(DashboardError):
    """An archive that would be too large."""


@dataclass(frozen=True, slots=True)
class ExportedCapture:
    """A capture of an exported event, and the state of its file when it was looked at."""

    capture: Capture
    state: FileState

    @property
    def path(self) -> str:
        """Its path in the archive; no part of it comes from the file's own name."""
        kind = MEDIA_TYPES.get(self.capture.media_type, UNKNOWN)
        return f"{_FOLDER}/{self.capture.sha256}.{kind.ending}"


def captures_of(
    selected: SelectedEvents, proof: Proof, files: CaptureFiles
) -> tuple[ExportedCapture, ...]:
    """The captures of the claims of these events, each once."""
    claims = selected.corpus.events.claims
    captures = {
        capture.capture_id: capture
        for claim in claims
        if claim.article_id in proof.captures
        for capture in proof.of_claim(claim).captures
    }
    return tuple(ExportedCapture(row, files.state(row.sha256)) for row in captures.values())


def left_out_words(captures: Sequence[ExportedCapture]) -> str:
    """How many captured files do not go with an export."""
    number = len({row.capture.sha256 for row in captures})
    return f"{_LEFT_OUT}: {number} captured files"


def with_captures(export: Export, captures: Sequence[ExportedCapture], *, included: bool) -> Export:
    """The export, which says whether the captured files go with it; nothing if there are none."""
    if not captures:
        return export
    return replace(export, about={**export.about, "captures": _about(captures, included=included)})


def _about(captures: Sequence[ExportedCapture], *, included: bool) -> str:
    every = {row.capture.sha256: row.state for row in captures}
    if not included:
        return f"{left_out_words(captures)}; their SHA-256 are in capture_sha256"
    counts = {state: list(every.values()).count(state) for state in FileState}
    faults = [f"{counts[state]} {state}" for state in FileState if state is not FileState.SOUND]
    return f"included: {counts[FileState.SOUND]} captured files in {_FOLDER}/; {', '.join(faults)}"


def write_archive(
    path: Path,
    name: str,
    content: bytes,
    captures: Sequence[ExportedCapture],
    files: CaptureFiles,
) -> None:
    """Write the file of events, `name`, and the captured files to a ZIP archive.

    Raises ArchiveError if the files are larger than MOST_GIGABYTES together.
    """
    sound = {row.path: row.capture for row in captures if row.state is FileState.SOUND}
    if sum(capture.size for capture in sound.values()) > MOST_GIGABYTES << 30:
        raise ArchiveError(
            message("expected captured files of at most {most} GB", most=MOST_GIGABYTES)
        )
    listed = write_csv(_COLUMNS, map(_row, captures))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in ((name, content), (_LIST, listed)):
            archive.writestr(member, data)
        for member, capture in sound.items():
            # Pictures and PDF are compressed already.
            archive.write(files.path(capture.sha256), member, zipfile.ZIP_STORED)
        archive.writestr(_SUMS, "".join(_sums(name, content, listed, sound)))


def _sums(name: str, content: bytes, listed: bytes, sound: dict[str, Capture]) -> Iterator[str]:
    """The lines that `sha256sum -c` reads."""
    for member, data in ((name, content), (_LIST, listed)):
        yield f"{hashlib.sha256(data).hexdigest()}  {member}\n"
    for member, capture in sound.items():
        yield f"{capture.sha256}  {member}\n"


def _row(row: ExportedCapture) -> list[object]:
    """The row of captures.csv: where the file is ("" if it is not there), its record, its state."""
    values = [getattr(row.capture, name) for name in _COLUMNS[1:-1]]
    sound = row.state is FileState.SOUND
    return [row.path if sound else "", *map(_cell, values), row.state.value]


def _cell(value: object) -> object:
    return str(value) if value is not None else ""
