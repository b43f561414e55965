"""The dashboard's end of a fork server: starts it, asks it for processes, restarts it once it ended."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

# The messages to a fork server: fork a process, or fork the server for another process.
FORK, SHARE = b"f", b"s"
CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
# The fork server has nothing to finish, but may be importing.
_EXIT_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Forked:
    """A process that a fork server has forked; `pid` is 0 if the server ended before."""

    pid: int
    reports: IO[bytes]
    handle: IO[bytes] | None

    def send(self, number: signal.Signals) -> None:
        """Send a signal; nothing happens if the process has ended."""
        # The handle cannot mean a later process with the same id.
        with suppress(ProcessLookupError):
            if self.handle is not None and not self.handle.closed:
                signal.pidfd_send_signal(self.handle.fileno(), number)
            elif self.pid and not hasattr(os, "pidfd_open"):
                os.kill(self.pid, number)

    def status(self) -> int | None:
        """Wait for the exit status; `None` if it is not known."""
        line = self.reports.readline().strip()
        return int(line) if line else None

    def release(self) -> None:
        """Close the open files of this process for it."""
        close_files(self.reports, self.handle)


class ForkServer:
    """A fork server of this process, started with the first process that is wanted.

    `module` is run with the number of its control socket and `arguments`, and in the environment that
    `environment` returns then.
    """

    def __init__(
        self, module: str, *arguments: str, environment: Callable[[], Mapping[str, str]]
    ) -> None:
        self._command = [sys.executable, "-m", module]
        self._arguments = arguments
        self._environment = environment
        self._lock = threading.Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def fork(self, *descriptors: int) -> Forked:
        """A new process that has the open files of these numbers. Raises OSError."""
        forked = self._fork(descriptors)
        if not forked.pid:  # the server ended while it was asked
            forked.release()
            forked = self._fork(descriptors)
        return forked

    def _fork(self, descriptors: tuple[int, ...]) -> Forked:
        reader, writer = socket.socketpair()
        with writer:
            self._send(FORK, [*descriptors, writer.fileno()])
        reports = reader.makefile("rb")
        reader.close()
        pid = int(reports.readline() or 0)
        return Forked(pid, reports, _handle_of(pid))

    def share(self) -> socket.socket:
        """The control socket of a fork of the server, for another process, see `adopt`.

        That fork ends, with its processes, when the socket is closed. Raises OSError.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            self._send(SHARE, [theirs.fileno()])
        return ours

    def adopt(self, control: socket.socket) -> None:
        """Use the fork of another process's server instead of starting one."""
        with self._lock:
            self._control, self._owner = control, os.getpid()

    def _send(self, kind: bytes, descriptors: list[int]) -> None:
        with self._lock:
            try:
                socket.send_fds(self._running(), [kind], descriptors)
            except OSError:  # it has ended; start another
                self.close()
                socket.send_fds(self._running(), [kind], descriptors)

    def prepare(self) -> None:
        """Start the server if it is not running, so that the first process does not wait."""
        with self._lock:
            self._running()

    def _running(self) -> socket.socket:
        # A fork of this process must not share its server.
        if self._control is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair()
            self._process = subprocess.Popen(  # noqa: S603 our own program
                [*self._command, str(theirs.fileno()), *self._arguments],
                pass_fds=[theirs.fileno()],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            theirs.close()
            self._control, self._owner = ours, os.getpid()
        return self._control

    def close(self) -> None:
        """End the server, and the processes with it."""
        if self._control is not None and self._owner == os.getpid():
            self._control.close()
            if self._process is not None:
                self._process.wait(_EXIT_TIMEOUT_S)
        self._control = self._process = None


def _handle_of(pid: int) -> IO[bytes] | None:
    """A pidfd of the process (Linux); `None` without support for it, or without the process."""
    if not pid or not hasattr(os, "pidfd_open"):
        return None
    try:
        return os.fdopen(os.pidfd_open(pid), "rb", buffering=0)
    except OSError:
        return None


def close_files(*files: IO[bytes] | None) -> None:
    """Close them, whatever is still buffered."""
    for file in files:
        # Buffered data for a process that has ended cannot be sent.
        with suppress(OSError):
            if file is not None:
                file.close()
