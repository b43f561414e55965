"""A process that imports the libraries of all readers once, and forks a reading process on demand.

Run as `python -m dashboard.sandbox.forkserver FD MODULE...`. Python's own fork server would run the
page's script in each new process, since Streamlit replaces `__main__`.

For each reader there are two processes: one that reads, and its parent, which waits for it and
reports, on a separate socket, first its process id and at the end its exit status, one line each.
"""

import gc
import importlib
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from dashboard.sandbox.child import serve
from dashboard.sandbox.fork_client import SHARE
from dashboard.sandbox.limits import adopt_orphans, end_with_parent

# The most open files that a new process is given.
_MOST_FILES = 8


def main(control: int, modules: list[str]) -> None:
    """Fork a reader for each socket received on `control`, until it is closed."""
    preload(modules)
    fork_on_demand(control, _read)


def preload(modules: Iterable[str]) -> None:
    """Import modules whose objects all forked processes share."""
    for name in modules:
        # Optional libraries may be missing; the reader that needs one reports it.
        with suppress(ImportError):
            importlib.import_module(name)
    # The present objects are never garbage.
    gc.freeze()


def fork_on_demand(control: int, run: Callable[..., None], *, idle_s: float | None = None) -> None:
    """For each message on `control`, `run` in a new process with the open files that came with it.

    The last of them is the socket for its reports. A message to share the server comes with a control
    socket, for a fork of the server. Ends once `control` is closed, or nothing was asked
    for `idle_s` seconds and no process runs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=control) as requests:
        requests.settimeout(idle_s)
        while True:
            try:
                message, files, _flags, _address = socket.recv_fds(requests, 1, _MOST_FILES)
            except TimeoutError:
                if _has_children():
                    continue
                return
            if not message:
                return
            if os.fork() == 0:
                requests.close()
                if message == SHARE:
                    end_with_parent()
                    fork_on_demand(files[0], run)
                else:
                    _supervise(run, *files)
                return
            for descriptor in files:
                os.close(descriptor)


def _has_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def _supervise(run: Callable[..., None], *files: int) -> None:
    """Fork the process, report its process id and exit status, and end with it."""
    *given, status = files
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    end_with_parent()
    adopt_orphans()
    child = os.fork()
    if child == 0:
        os.close(status)
        end_with_parent()
        run(*given)
        return
    for descriptor in given:
        os.close(descriptor)
    os.write(status, b"%d\n" % child)
    _pid, wait_status = os.waitpid(child, 0)
    _end_orphans()
    with suppress(OSError):
        os.write(status, b"%d\n" % os.waitstatus_to_exitcode(wait_status))
    os._exit(0)


def _end_orphans() -> None:
    """Kill the processes that the process started and left."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    with suppress(OSError, ChildProcessError):
        while pids := children.read_text(encoding="ascii").split():
            for pid in map(int, pids):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _read(data: int) -> None:
    try:
        with socket.socket(fileno=data) as connection:
            serve(connection.makefile("rb"), connection.makefile("wb"))
    finally:
        # Without the exit handlers of the libraries.
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
