"""Starts programs of the dashboard: forked with their libraries loaded, or as new processes."""

import atexit
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from dashboard.programs.forkserver import Order
from dashboard.sandbox.fork_client import CAN_FORK, Forked, ForkServer
from dashboard.sandbox.frames import write_frame
from dashboard.sandbox.start import share

# The programs that are forked; their modules are imported once.
PRELOADED = ("dashboard.datasets.__main__",)


class Process(Protocol):
    """A running program, as `subprocess.Popen[str]` has it; leaving `with` waits for its end."""

    returncode: int | None
    stdout: IO[str] | None
    stderr: IO[str] | None

    def terminate(self) -> None:
        """Ask it to end."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
        /,
    ) -> None: ...


class _Forked:
    """A forked program."""

    def __init__(self, forked: Forked, stdout: IO[str], stderr: IO[str]) -> None:
        self._forked = forked
        self.stdout: IO[str] | None = stdout
        self.stderr: IO[str] | None = stderr
        self.returncode: int | None = None

    def terminate(self) -> None:
        self._forked.send(signal.SIGTERM)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for stream in (self.stdout, self.stderr):
            if stream is not None:
                stream.close()
        self.returncode = self._forked.status()
        self._forked.release()


_server = ForkServer(
    "dashboard.programs.forkserver", *PRELOADED, environment=lambda: dict(os.environ)
)
atexit.register(_server.close)


def prepare() -> None:
    """Load the libraries of the programs, if the system can fork, so that the first does not wait."""
    if CAN_FORK:
        _server.prepare()


def start(
    module: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    fork: bool | None = None,
) -> Process:
    """Run `main(arguments)` of a module in a process of its own, in this folder.

    `fork` False starts a new process, `None` forks where the system can. Raises OSError.
    """
    if CAN_FORK if fork is None else fork:
        return _fork(Order(module, tuple(arguments), str(Path.cwd()), dict(environment)))
    return subprocess.Popen(  # noqa: S603 no shell, and a list of arguments
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def _fork(order: Order) -> Process:
    ours, theirs = socket.socketpair()
    out, out_of_program = os.pipe()
    errors, errors_of_program = os.pipe()
    readers = share()
    try:
        forked = _server.fork(theirs.fileno(), out_of_program, errors_of_program, readers.fileno())
    finally:
        readers.close()
        theirs.close()
        os.close(out_of_program)
        os.close(errors_of_program)
    stdout, stderr = os.fdopen(out, encoding="utf-8"), os.fdopen(errors, encoding="utf-8")
    with ours, ours.makefile("wb") as requests:
        write_frame(requests, pickle.dumps(order))
    return _Forked(forked, stdout, stderr)
