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
from contextlib import suppress
from pathlib import Path

from dashboard.sandbox.child import serve
from dashboard.sandbox.limits import adopt_orphans, end_with_parent


def main(control: int, modules: list[str]) -> None:
    """Fork a reader for each pair of sockets received on `control`, until it is closed."""
    for name in modules:
        # Optional libraries may be missing; the reader that needs one reports it.
        with suppress(ImportError):
            importlib.import_module(name)
    # All readers share the present objects, which are never garbage.
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=control) as requests:
        while True:
            message, sockets, _flags, _address = socket.recv_fds(requests, 1, 2)
            if not message:
                return
            if os.fork() == 0:
                requests.close()
                _supervise(*sockets)
            for descriptor in sockets:
                os.close(descriptor)


def _supervise(data: int, status: int) -> None:
    """Fork the reader, report its process id and exit status, and end with it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    end_with_parent()
    adopt_orphans()
    reader = os.fork()
    if reader == 0:
        os.close(status)
        _read(data)
    os.close(data)
    os.write(status, b"%d\n" % reader)
    _pid, wait_status = os.waitpid(reader, 0)
    _end_orphans()
    with suppress(OSError):
        os.write(status, b"%d\n" % os.waitstatus_to_exitcode(wait_status))
    os._exit(0)


def _end_orphans() -> None:
    """Kill the processes that the reader started: it has none to start."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    with suppress(OSError, ChildProcessError):
        while pids := children.read_text(encoding="ascii").split():
            for pid in map(int, pids):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _read(data: int) -> None:
    end_with_parent()
    try:
        with socket.socket(fileno=data) as connection:
            serve(connection.makefile("rb"), connection.makefile("wb"))
    finally:
        # Without the exit handlers of the libraries.
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
