"""A lock within this process: a workspace file is open, or it is being replaced, never both.

SQLite's locks are those of POSIX: they exclude other processes, but not another thread that has the
file before open by the same name. That thread would truncate the index of the new file's log (`-shm`),
which others have mapped into memory, and the process would end with a bus error. Source:
`unixLockSharedMemory` in SQLite's os_unix.c.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.store.problems import Problem, WorkspaceError

_condition = threading.Condition()
_connections: Counter[Path] = Counter()
_replaced: set[Path] = set()


@contextmanager
def file_open(path: Path, wait: float) -> Iterator[None]:
    """The file is open; any number of threads may have it open.

    Raises WorkspaceError (LOCKED) if it is being replaced for longer than `wait` seconds.
    """
    key = path.resolve()
    with _condition:
        _wait_until(lambda: key not in _replaced, path, wait)
        _connections[key] += 1
    try:
        yield
    finally:
        with _condition:
            _connections[key] -= 1
            if not _connections[key]:
                del _connections[key]
            _condition.notify_all()


@contextmanager
def file_replaced(path: Path, wait: float) -> Iterator[None]:
    """The file is being replaced: no thread has it open through `file_open`.

    Raises WorkspaceError (LOCKED) if a thread has it open for longer than `wait` seconds.
    """
    key = path.resolve()
    with _condition:
        _wait_until(lambda: not _connections[key] and key not in _replaced, path, wait)
        _replaced.add(key)
    try:
        yield
    finally:
        with _condition:
            _replaced.remove(key)
            _condition.notify_all()


def _wait_until(holds: Callable[[], bool], path: Path, wait: float) -> None:
    if not _condition.wait_for(holds, wait):
        raise WorkspaceError(Problem.LOCKED, path)
