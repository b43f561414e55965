"""Captured files beside the workspace, each under its SHA-256: workspace_captures/3f2a….

A file is written once, complete and read-only, and is never opened but to tell its type and its hash.
"""

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from dashboard.model.errors import DashboardError
from dashboard.model.message import message
from dashboard.model.permissions import Permission
from dashboard.model.viewer import require
from dashboard.store.connection import sync_file
from dashboard.store.media_type import MediaType, media_type_of
from dashboard.store.problems import sqlite_errors

# A long page as PDF with its pictures has a tenth of it; videos are archived elsewhere.
MOST_MEGABYTES = 100
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
# Of one folder, with the originals of articles: a backup looks at each.
MOST_FILES = 200_000
# After so many new files they are counted again: other processes write too.
_COUNTED_EVERY = 100
_CHUNK = 1024 * 1024
_READ_ONLY = 0o444
_HASH = re.compile(r"[0-9a-f]{64}")
# Names of a database's copies: backups (-…-daily) and files that were replaced (-…-replaced).
_COPY = re.compile(r"(.+)-[0-9]{8}T[0-9]{6}Z-.*")


class CaptureError(DashboardError):
    """A file or capture that cannot be as it was asked for; nothing was recorded."""


class FileState(StrEnum):
    """Whether a file is there with the content of its hash."""

    SOUND = "sound"
    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as its content has it; `known` if the same file was there before."""

    sha256: str
    size: int
    media_type: MediaType
    known: bool


def captures_folder(database: Path) -> Path:
    """The folder of the files that a workspace or a copy of it names, beside it."""
    copy = _COPY.fullmatch(database.stem)
    return database.with_name(f"{copy[1] if copy else database.stem}_captures")


class CaptureFiles:
    """The captured files in one folder, which is made when the first one is added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # How many files may be written before they are counted again.
        self._room = 0

    def path(self, sha256: str) -> Path:
        """The path of a file. Raises CaptureError for what is no SHA-256, such as "../x"."""
        if not _HASH.fullmatch(sha256):
            raise CaptureError(message("expected a SHA-256 of 64 hexadecimal digits"))
        return self.folder / sha256

    def describe(self, content: bytes | memoryview) -> StoredFile:
        """What would be stored. Raises CaptureError if the file is empty or too large."""
        size = len(content)
        if not size:
            raise CaptureError(message("expected a file with content, found an empty one"))
        if size > MOST_BYTES:
            raise CaptureError(
                message(
                    "expected a file of at most {most} MB, found a larger one", most=MOST_MEGABYTES
                )
            )
        sha256 = hashlib.sha256(content).hexdigest()
        known = self.state(sha256) is FileState.SOUND
        return StoredFile(sha256, size, media_type_of(content), known)

    def add(self, content: bytes | memoryview) -> StoredFile:
        """Store a file, once.

        Raises CaptureError as `describe`, or if there are too many files, and NotPermittedError.
        """
        require(Permission.REVIEW)
        file = self.describe(content)
        if not file.known:
            self._write(file.sha256, content)
        return file

    def state(self, sha256: str) -> FileState:
        """Whether the file is sound; it is read again only if it was touched since."""
        path = self.path(sha256)
        try:
            at = path.stat(follow_symlinks=False)
            stamp = (at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)
            return _state(path, sha256, stamp)
        except FileNotFoundError:
            return FileState.MISSING
        except OSError:
            return FileState.ALTERED

    def copy_from(self, other: "CaptureFiles", sha256: str) -> bool:
        """Copy a file of another folder unless it is here; whether it is here and sound now."""
        if self.state(sha256) is FileState.SOUND:
            return True
        if other.state(sha256) is not FileState.SOUND:
            return False
        with sqlite_errors(self.folder):
            self._write(sha256, other.path(sha256).read_bytes())
        return self.state(sha256) is FileState.SOUND

    def _write(self, sha256: str, content: bytes | memoryview) -> None:
        """Write the file under a temporary name, then rename it; an altered one stays beside it."""
        with sqlite_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._expect_room()
            descriptor, name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=self.folder)
            partial, path = Path(name), self.path(sha256)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                partial.chmod(_READ_ONLY)
                if self.state(sha256) is FileState.ALTERED:
                    path.replace(path.with_name(f"{sha256}.altered"))
                partial.replace(path)
                sync_file(path)
            finally:
                with suppress(FileNotFoundError):
                    partial.unlink()

    def _expect_room(self) -> None:
        if self._room <= 0:
            left = MOST_FILES - sum(1 for _ in self.folder.iterdir())
            if left <= 0:
                raise CaptureError(
                    message(
                        "expected at most {most} captured files in a workspace", most=MOST_FILES
                    )
                )
            self._room = min(left, _COUNTED_EVERY)
        self._room -= 1


@lru_cache(maxsize=65_536)
def _state(path: Path, sha256: str, _stamp: tuple[int, ...]) -> FileState:
    """Compare the file with its hash; `_stamp` changes when it is touched, so that it is read again."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        hashed = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
    return FileState.SOUND if hashed.hexdigest() == sha256 else FileState.ALTERED
