"""Starts reading processes: forked by a server with the libraries loaded, or spawned."""

import atexit
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from dashboard.sandbox.fork_client import CAN_FORK, ForkServer, close_files

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
    return _forked() if (CAN_FORK if fork is None else fork) else _spawned()


def _environment() -> dict[str, str]:
    inherited = {key: text for key, text in os.environ.items() if key.startswith(_INHERITED)}
    return {**inherited, **_ENVIRONMENT}


def prepare() -> None:
    """Start the fork server, if the system can fork, so that the first reader does not wait."""
    if CAN_FORK:
        _server.prepare()


def share() -> socket.socket:
    """What a program of the dashboard adopts, so that its readers start as quickly. Raises OSError."""
    return _server.share()


def adopt(control: socket.socket) -> None:
    """Fork the readers of this process from the server that was shared with it."""
    _server.adopt(control)


_server = ForkServer("dashboard.sandbox.forkserver", *PRELOADED, environment=_environment)
atexit.register(_server.close)


def _forked() -> Started:
    ours, theirs = socket.socketpair()
    with theirs:
        forked = _server.fork(theirs.fileno())
    requests, answers = ours.makefile("wb"), ours.makefile("rb")
    ours.close()

    def release() -> None:
        close_files(requests, answers)
        forked.release()

    end = partial(forked.send, signal.SIGKILL)
    return Started(forked.pid, requests, answers, end, forked.status, release)


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
        close_files(requests, answers)
        process.wait()

    return Started(process.pid, requests, answers, process.kill, process.wait, release)
