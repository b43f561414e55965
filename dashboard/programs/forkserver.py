"""A process that imports a program's libraries once, and forks the program on demand.

Run as `python -m dashboard.programs.forkserver FD MODULE...`. It ends by itself when it is not used, and
gives its memory back; the next program starts it again.
"""

import gc
import importlib
import os
import pickle
import signal
import socket
import sys
import time
from dataclasses import dataclass

from dashboard.sandbox.forkserver import fork_on_demand, preload
from dashboard.sandbox.frames import MOST_REQUEST, read_frame
from dashboard.sandbox.start import adopt

_IDLE_S = 600.0


@dataclass(frozen=True, slots=True)
class Order:
    """The program to run: a module with a `main` that takes arguments and returns an exit status."""

    module: str
    arguments: tuple[str, ...]
    folder: str
    environment: dict[str, str]


def main(control: int, modules: list[str]) -> None:
    """Fork a program for each message on `control`, until it is closed or was not used for long."""
    preload(modules)
    fork_on_demand(control, _run, idle_s=_IDLE_S)


def _run(orders: int, out: int, errors: int, readers: int) -> None:
    """Become the program that the order names: its folder, environment, output and exit status.

    `readers` is the control socket of the server that forks its reading processes.
    """
    with socket.socket(fileno=orders) as connection:
        message = read_frame(connection.makefile("rb"), MOST_REQUEST)
    # Not JSON: variables and paths may be no text.
    order: Order = pickle.loads(message or b"")  # noqa: S301 from the dashboard
    os.chdir(order.folder)
    os.environ.clear()
    os.environ.update(order.environment)
    time.tzset()
    for stream, descriptor in ((out, 1), (errors, 2)):
        os.dup2(stream, descriptor)
        os.close(stream)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # At their end libraries report objects that were not freed.
    gc.unfreeze()
    sys.argv = [order.module, *order.arguments]
    adopt(socket.socket(fileno=readers))
    sys.exit(importlib.import_module(order.module).main(order.arguments))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
