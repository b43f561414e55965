"""Copies of uploads on disk, e.g. for an import; those of a server that was killed go at the next start.

Each server has a folder of its own below the given one, and holds a lock on a file in it for as long as
it lives: the system gives a lock back however a process ends, so a folder without one is left over.
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
# A name of our own: what a browser calls a file is shown, and never part of a path.
_NAME = "upload"


class UploadFolder:
    """The uploads of this server; folders that no server holds any more are deleted when it begins.

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
    """The uploads of one session, deleted with it; one file at a time, as pages need it."""

    def __init__(self, folder: Path, server: UploadFolder) -> None:
        self._folder = folder
        # The server's folder goes when nothing uses it any more.
        self._server = server
        self._upload = ""
        self.close = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def save(self, upload: str, content: memoryview) -> Path:
        """Where the content of an upload is; `upload` tells one from another, and is no path."""
        path = self._folder / _NAME
        if upload != self._upload:
            path.write_bytes(content)
            self._upload = upload
        return path


def _locked(folder: Path) -> IO[bytes] | None:
    """The lock of a folder, `None` if another process has it."""
    file = (folder / _LOCK).open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def _delete_left_over(below: Path) -> None:
    for folder in below.glob(f"{_PREFIX}*"):
        # Another server may be deleting it, or have just made it.
        with suppress(OSError):
            if _is_new(folder):
                continue
            lock = _locked(folder)
            if lock is not None:
                _release(folder, lock)


def _is_new(folder: Path) -> bool:
    """Whether it has no lock yet: a server that begins makes the folder first."""
    return not (folder / _LOCK).exists()


def _release(folder: Path, lock: IO[bytes] | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        lock.close()
