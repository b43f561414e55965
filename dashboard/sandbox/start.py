"""Starts reading processes: forked by a server with the libraries loaded, or spawned."""

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

# Modules that the fork server imports once for all readers.
PRELOADED = (
    "dashboard.datasets.worker",
    "dashboard.ingest.worker",
    "trafilatura",
    "python_calamine",
)
# The prefixes of environment variables that a reading process inherits: none with a password, such as
# the URL of the engine.
_INHERITED = (
    "PATH", "HOME", "LANG", "LC_", "TZ", "PYTHON", "LD_LIBRARY_PATH", "OPENBLAS_", "SYSTEMROOT",
)  # fmt: skip
# Its other variables. One thread and one memory arena each: readers run in parallel, and threads do not
# survive forks.
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    # Arrow's own allocators return each column to the system and take it back for the next one.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
}
# The fork server has nothing to finish, but may be importing.
_EXIT_TIMEOUT_S = 20.0
_CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")


@dataclass(frozen=True, slots=True)
class Started:
    """A process, with the streams of its requests and answers.

    `end` kills it if it runs; `status` waits for its exit status, `None` if unknown; `release` closes
    the open files of this process for it.
    """

    pid: int
    requests: IO[bytes]
    answers: IO[bytes]
    end: Callable[[], None]
    status: Callable[[], int | None]
    release: Callable[[], None]


def start(*, fork: bool | None = None) -> Started:
    """Start a reading process; `fork` False spawns it, `None` forks it where the system can.

    Raises OSError if no process can be started.
    """
    return _forked() if (_CAN_FORK if fork is None else fork) else _spawned()


def _environment() -> dict[str, str]:
    inherited = {key: text for key, text in os.environ.items() if key.startswith(_INHERITED)}
    return {**inherited, **_ENVIRONMENT}


def prepare() -> None:
    """Start the fork server, if the system can fork, so that the first reader does not wait."""
    if _CAN_FORK:
        _server.prepare()


class _ForkServer:
    """The fork server of this process, started with the first reader."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def fork(self, data: socket.socket, status: socket.socket) -> None:
        """Send the sockets of a new reader to the server."""
        with self._lock:
            try:
                socket.send_fds(self._running(), [b"f"], [data.fileno(), status.fileno()])
            except OSError:  # it has ended; start another
                self.close()
                socket.send_fds(self._running(), [b"f"], [data.fileno(), status.fileno()])

    def prepare(self) -> None:
        """Start the server if it is not running."""
        with self._lock:
            self._running()

    def _running(self) -> socket.socket:
        # A fork of this process must not share its server.
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
            self._process.wait(_EXIT_TIMEOUT_S)
        self._control = None


_server = _ForkServer()
atexit.register(_server.close)


def _forked() -> Started:
    ours, theirs = socket.socketpair()
    status_reader, status_writer = socket.socketpair()
    with theirs, status_writer:
        _server.fork(theirs, status_writer)
    reports = status_reader.makefile("rb")
    status_reader.close()
    pid = int(reports.readline() or 0)
    requests, answers = ours.makefile("wb"), ours.makefile("rb")
    ours.close()
    handle = _handle_of(pid)

    def end() -> None:
        # The handle cannot mean a later process with the same id.
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
    """A pidfd of the process (Linux); `None` without support for it, or without the process."""
    if not pid or not hasattr(os, "pidfd_open"):
        return None
    try:
        return os.fdopen(os.pidfd_open(pid), "rb", buffering=0)
    except OSError:
        return None


def _close(*files: IO[bytes] | None) -> None:
    for file in files:
        # Buffered data for a process that has ended cannot be sent.
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
