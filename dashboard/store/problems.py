"""Errors of a workspace file as sentences, e.g. SQLITE_FULL -> "No space is left …"."""

import errno
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from dashboard.language.messages import N_
from dashboard.model.errors import DataError, Fault
from dashboard.store.codec import StoredValueError

# How long a connection waits for another one before it gives up.
WAIT_S = 20.0


class Problem(StrEnum):
    """A cause of an error; WHAT has the sentence on what happened, ADVICE the one on what to do."""

    DISK_FULL = "disk full"
    LOCKED = "locked"
    READ_ONLY = "read-only"
    NO_ACCESS = "no access"
    MISSING = "missing"
    EMPTIED = "emptied"
    REPLACED = "replaced"
    NOT_A_DATABASE = "not a database"
    NOT_A_WORKSPACE = "not a workspace"
    CORRUPT = "corrupt"
    NEWER = "newer"
    DISK_ERROR = "disk error"
    INVALID_TEXT = "invalid text"
    TOO_LARGE = "too large"
    UNREACHABLE = "unreachable"
    UNCERTAIN = "uncertain"
    OTHER = "other"


WHAT: Mapping[Problem, str] = {
    Problem.DISK_FULL: N_("No space is left on the disk of {file}; nothing was saved."),
    Problem.LOCKED: N_("Another program has locked {file} and did not release it in time."),
    Problem.READ_ONLY: N_("{file} cannot be changed: the file or its folder is read-only."),
    Problem.NO_ACCESS: N_("{file} cannot be opened: {detail}."),
    Problem.MISSING: N_("{file} is missing: it was deleted, moved or renamed."),
    Problem.EMPTIED: N_("{file} had entries before and is empty now."),
    Problem.REPLACED: N_("{file} was replaced by another file during the change."),
    Problem.NOT_A_DATABASE: N_("{file} is not an SQLite database, or its first bytes are damaged."),
    Problem.NOT_A_WORKSPACE: N_("{file} does not have the tables of a workspace: {detail}."),
    Problem.CORRUPT: N_("{file} is damaged: {detail}."),
    Problem.NEWER: N_("{file} was written by a newer version of the program: {detail}."),
    Problem.DISK_ERROR: N_("The disk reported an error while {file} was in use: {detail}."),
    Problem.INVALID_TEXT: N_("A text has characters that cannot be stored in {file}: {detail}."),
    Problem.TOO_LARGE: N_("A text is too large to be stored in {file}."),
    Problem.UNREACHABLE: N_("{file} cannot be reached, and nothing was saved: {detail}."),
    Problem.UNCERTAIN: N_("The connection to {file} broke while a change was saved: {detail}."),
    Problem.OTHER: N_("{file} could not be used: {detail}."),
}
_RESTORE = N_("Restore the last good backup. The present file gets another name.")
_MISSING = N_(
    "Put the file back, or restore the last backup. No empty file is created in its place."
)
_LOOK = N_("Reload the page and check whether the change was saved. If it was not, make it again.")
ADVICE: Mapping[Problem, str] = {
    Problem.DISK_FULL: N_("Free some space, then try again."),
    Problem.LOCKED: N_("Wait until the other program has finished, or close it, then try again."),
    Problem.READ_ONLY: N_("Make the file and its folder writable, then try again."),
    Problem.NO_ACCESS: N_("Give this user access to the file and its folder, then try again."),
    Problem.MISSING: _MISSING,
    Problem.EMPTIED: _MISSING,
    Problem.REPLACED: _LOOK,
    Problem.NOT_A_DATABASE: _RESTORE,
    Problem.NOT_A_WORKSPACE: N_("Set EVENT_MAP_WORKSPACE to a workspace, or restore a backup."),
    Problem.CORRUPT: _RESTORE,
    Problem.NEWER: N_("Use the newer program. The file was not changed."),
    Problem.DISK_ERROR: N_("Check the disk and its connection, then verify the workspace."),
    Problem.INVALID_TEXT: N_("Remove these characters, then try again."),
    Problem.TOO_LARGE: N_("Split the text, then try again."),
    Problem.UNREACHABLE: N_("Check that the server of the database runs, then try again."),
    Problem.UNCERTAIN: _LOOK,
    Problem.OTHER: N_("Verify the workspace; if it has faults, restore the last good backup."),
}
# Problems that restoring a backup solves.
RESTORABLE = frozenset({
    Problem.MISSING, Problem.EMPTIED, Problem.NOT_A_DATABASE, Problem.NOT_A_WORKSPACE, Problem.CORRUPT,
})  # fmt: skip
# SQLite's primary result codes, see https://sqlite.org/rescode.html
_BY_CODE: Mapping[int, Problem] = {
    sqlite3.SQLITE_PERM: Problem.NO_ACCESS,
    sqlite3.SQLITE_BUSY: Problem.LOCKED,
    sqlite3.SQLITE_LOCKED: Problem.LOCKED,
    sqlite3.SQLITE_READONLY: Problem.READ_ONLY,
    sqlite3.SQLITE_IOERR: Problem.DISK_ERROR,
    sqlite3.SQLITE_CORRUPT: Problem.CORRUPT,
    sqlite3.SQLITE_FULL: Problem.DISK_FULL,
    sqlite3.SQLITE_CANTOPEN: Problem.NO_ACCESS,
    sqlite3.SQLITE_TOOBIG: Problem.TOO_LARGE,
    sqlite3.SQLITE_AUTH: Problem.NO_ACCESS,
    sqlite3.SQLITE_NOTADB: Problem.NOT_A_DATABASE,
}
# The code SQLITE_ERROR has many causes, which these words identify.
_BY_WORDS: Mapping[str, Problem] = {
    "no such": Problem.NOT_A_WORKSPACE,
    "has no column": Problem.NOT_A_WORKSPACE,
    "columns but": Problem.NOT_A_WORKSPACE,
    "malformed": Problem.CORRUPT,
    "unsupported file format": Problem.CORRUPT,
}
_SYSTEM: Mapping[int, Problem] = {
    errno.ENOSPC: Problem.DISK_FULL,
    errno.EDQUOT: Problem.DISK_FULL,
    errno.EFBIG: Problem.DISK_FULL,
    errno.EROFS: Problem.READ_ONLY,
    errno.EACCES: Problem.NO_ACCESS,
    errno.EPERM: Problem.NO_ACCESS,
    errno.EEXIST: Problem.NO_ACCESS,
    errno.ENOTDIR: Problem.NO_ACCESS,
    errno.EISDIR: Problem.NO_ACCESS,
    errno.ENOENT: Problem.MISSING,
}


class WorkspaceError(DataError):
    """A workspace or backup that cannot be used; `str()` has both sentences in English.

    `path` is the file, or the name of a database on a server.
    """

    def __init__(self, problem: Problem, path: Path | str, detail: str = "") -> None:
        self.problem, self.path, self.detail = problem, path, detail
        fault = Fault(Path(path).name, 0, "", "a workspace file", detail or problem.value)
        super().__init__((fault,))

    def sentence(
        self, translate: Callable[[str], str] = str, quote: Callable[[str], str] = str
    ) -> str:
        """What happened; `quote` is applied to the path and to SQLite's message."""
        template = translate(WHAT[self.problem])
        return template.format(file=quote(str(self.path)), detail=quote(self.detail))

    def advice(self, translate: Callable[[str], str] = str) -> str:
        """What to do next."""
        return translate(ADVICE[self.problem])

    @property
    def restorable(self) -> bool:
        """Whether restoring a backup solves it."""
        return self.problem in RESTORABLE

    def __str__(self) -> str:
        command = " (python -m dashboard.store restore latest)" if self.restorable else ""
        return f"{self.sentence()} {self.advice()}{command}"


@contextmanager
def sqlite_errors(path: Path | str) -> Iterator[None]:
    """Raise every error of SQLite and of the file system in the block as WorkspaceError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(error, path) from error
    except StoredValueError as error:
        raise WorkspaceError(Problem.CORRUPT, path, str(error)) from error
    except UnicodeEncodeError as error:
        raise WorkspaceError(Problem.INVALID_TEXT, path, str(error)) from error
    except OSError as error:
        raise _from_system(error, path) from error


def _from_sqlite(error: sqlite3.Error, path: Path | str) -> WorkspaceError:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python's sqlite3 raises this without a code when stored bytes are not UTF-8.
        decoding = isinstance(error, sqlite3.OperationalError) and "decode" in str(error)
        return WorkspaceError(Problem.CORRUPT if decoding else Problem.OTHER, path, str(error))
    problem = _BY_CODE.get(code & 0xFF, Problem.OTHER)
    if problem is Problem.NO_ACCESS and not Path(path).exists():
        problem = Problem.MISSING
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        problem = Problem.REPLACED
    if code == sqlite3.SQLITE_ERROR:
        problem = next((p for words, p in _BY_WORDS.items() if words in str(error)), Problem.OTHER)
    name = getattr(error, "sqlite_errorname", "")
    return WorkspaceError(problem, path, f"{error} ({name})")


def _from_system(error: OSError, path: Path | str) -> WorkspaceError:
    detail = error.strerror or str(error)
    return WorkspaceError(_SYSTEM.get(error.errno or 0, Problem.DISK_ERROR), path, detail)
