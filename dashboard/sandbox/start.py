"""How reading processes begin: forked by a server that has the libraries loaded, or started anew."""

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

# Imported once by the fork server, so that no reader has to.
PRELOADED = (
    "dashboard.datasets.worker",
    "dashboard.ingest.worker",
    "trafilatura",
    "python_calamine",
)
# What a reading process inherits of the environment: nothing that may hold a password, such as the URL
# of the engine.
_INHERITED = (
    "PATH",
    "HOME",
    "LANG",
    "LC_",
    "TZ",
    "PYTHON",
    "LD_LIBRARY_PATH",
    "OPENBLAS_",
    "SYSTEMROOT",
)
# What it has beside that. One thread and one arena of memory each: readers run side by side, and
# threads do not survive forks.
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
}
# It has nothing to finish, but may be at its imports.
_ENDS_WITHIN_S = 20.0
_CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")


@dataclass(frozen=True, slots=True)
class Started:
    """A process: where requests go and where answers come from.

    `end` ends it, if it has not; `status` waits for its exit status (`None` if it cannot be known);
    `release` gives back what this process holds open for it.
    """

    pid: int
    requests: IO[bytes]
    answers: IO[bytes]
    end: Callable[[], None]
    status: Callable[[], int | None]
    release: Callable[[], None]


def start(*, fork: bool | None = None) -> Started:
    """A new reading process; `fork` says which way it begins, `None` the quicker one there is.

    Raises OSError if there can be no more processes.
    """
    return _forked() if (_CAN_FORK if fork is None else fork) else _spawned()


def _environment() -> dict[str, str]:
    inherited = {key: text for key, text in os.environ.items() if key.startswith(_INHERITED)}
    return {**inherited, **_ENVIRONMENT}


def prepare() -> None:
    """Begin the fork server now, if there can be one, so that the first reader does not wait."""
    if _CAN_FORK:
        _server.prepare()


class _ForkServer:
    """The fork server of this process, begun when the first reader is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def fork(self, data: socket.socket, status: socket.socket) -> None:
        """Hand the sockets of a new reader over."""
        with self._lock:
            try:
                socket.send_fds(self._running(), [b"f"], [data.fileno(), status.fileno()])
            except OSError:  # it has ended; a new one takes its place
                self.close()
                socket.send_fds(self._running(), [b"f"], [data.fileno(), status.fileno()])

    def prepare(self) -> None:
        """Begin, if it has not."""
        with self._lock:
            self._running()

    def _running(self) -> socket.socket:
        # A process forked from this one must not share the server of its parent.
        if self._control is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair()
            command = [sys.executable, "-m", "dashboard.sandbox.forkserver", str(theirs.fileno())]
            self._process = subprocess.Popen(  # noqa: S603 our own program
                [*command, *PRELOADED],
                pass_fds=[theirs.fileno()],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            theirs.close()
            self._control, self._owner = ours, os.getpid()
        return self._control

    def close(self) -> None:
        """End the server; readers end with it."""
        if self._control is not None and self._process is not None and self._owner == os.getpid():
            self._control.close()
            self._process.wait(_ENDS_WITHIN_S)
        self._control = None


_server = _ForkServer()
atexit.register(_server.close)


def _forked() -> Started:
    ours, theirs = socket.socketpair()
    watched, reported = socket.socketpair()
    with theirs, reported:
        _server.fork(theirs, reported)
    reports = watched.makefile("rb")
    watched.close()
    pid = int(reports.readline() or 0)
    requests, answers = ours.makefile("wb"), ours.makefile("rb")
    ours.close()
    handle = _handle_of(pid)

    def end() -> None:
        # By a handle, the process that is ended is never another that got the same number after it.
        with suppress(ProcessLookupError):
            if handle is not None and not handle.closed:
                signal.pidfd_send_signal(handle.fileno(), signal.SIGKILL)
            elif pid and not hasattr(os, "pidfd_open"):
                os.kill(pid, signal.SIGKILL)

    def status() -> int | None:
        line = reports.readline().strip()
        return int(line) if line else None

    def release() -> None:
        _close(requests, answers, reports, handle)

    return Started(pid, requests, answers, end, status, release)


def _handle_of(pid: int) -> IO[bytes] | None:
    """A file that stands for the process (Linux); `None` where there is no such thing, or no process."""
    if not pid or not hasattr(os, "pidfd_open"):
        return None
    try:
        return os.fdopen(os.pidfd_open(pid), "rb", buffering=0)
    except OSError:
        return None


def _close(*files: IO[bytes] | None) -> None:
    for file in files:
        # What is left to send to a process that has ended cannot be sent.
        with suppress(OSError):
            if file is not None:
                file.close()


def _spawned() -> Started:
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.sandbox.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    requests, answers = process.stdin, process.stdout
    if requests is None or answers is None:
        raise OSError("a reading process began without its streams")

    def release() -> None:
        _close(requests, answers)
        process.wait()

    return Started(process.pid, requests, answers, process.kill, process.wait, release)
