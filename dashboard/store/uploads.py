"""Copies of uploads on disk, e.g. for an import; those of a killed server are deleted at the next start.

Each server has its own folder below the given one, with a lock on a file in it. The system releases the
lock however the process ends, so a folder with an unlocked file is left over.
"""

import fcntl
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import IO

_LOCK = "lock"
_PREFIX = "server_"
# The name in the browser is only shown; it is never part of a path.
_NAME = "upload"


class UploadFolder:
    """The uploads of this server. Folders left over from other servers are deleted.

    Raises OSError if the folder cannot be written.
    """

    def __init__(self, below: Path) -> None:
        below.mkdir(parents=True, exist_ok=True)
        _delete_left_over(below)
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=below))
        self._lock = _locked(self.folder)
        self.close = weakref.finalize(self, _release, self.folder, self._lock)

    def session(self) -> "SessionUploads":
        """A folder for one session."""
        return SessionUploads(Path(tempfile.mkdtemp(dir=self.folder)), self)


class SessionUploads:
    """The upload of one session, deleted with it; one file at a time is enough for the pages."""

    def __init__(self, folder: Path, server: UploadFolder) -> None:
        self._folder = folder
        # The server's folder is deleted when nothing refers to it.
        self._server = server
        self._upload = ""
        self.close = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def save(self, upload: str, content: memoryview) -> Path:
        """Save the content and return its path; `upload` identifies the upload, and is not a path."""
        path = self._folder / _NAME
        if upload != self._upload:
            path.write_bytes(content)
            self._upload = upload
        return path


def _locked(folder: Path) -> IO[bytes] | None:
    """Lock a folder; `None` if another process has the lock."""
    file = (folder / _LOCK).open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def _delete_left_over(below: Path) -> None:
    for folder in below.glob(f"{_PREFIX}*"):
        # Another server may be deleting or creating it.
        with suppress(OSError):
            # A server creates the folder first, then the lock file.
            if not (folder / _LOCK).exists():
                continue
            lock = _locked(folder)
            if lock is not None:
                _release(folder, lock)


def _release(folder: Path, lock: IO[bytes] | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        lock.close()
