"""Functions for reading processes in tests, which they can import."""

import ctypes
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path


def echo(*values: str) -> Iterator[str]:
    yield from values


def numbers(count: int) -> Iterator[int]:
    yield from range(count)


def fail(after: int) -> Iterator[int]:
    yield from range(after)
    raise KeyError("what no reader expects")


def read(path: Path) -> Iterator[str]:
    yield path.read_text(encoding="utf-8")[:100]


def write(path: Path) -> Iterator[str]:
    path.write_text("written", encoding="utf-8")
    yield str(path)


def connect(port: int) -> Iterator[str]:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as error:
        yield f"{type(error).__name__}: {error}"
    else:
        yield "connected"


def allocate(size: int) -> Iterator[int]:
    yield len(bytearray(size))


def allocate_slowly(step: int) -> Iterator[int]:
    blocks = []
    while True:
        blocks.append(os.urandom(step))
        time.sleep(0.01)


def abort(after: int = 0) -> Iterator[int]:
    yield from range(after)
    os.abort()


def sleep(seconds: float) -> Iterator[str]:
    time.sleep(seconds)
    yield "awake"


def environment() -> Iterator[str]:
    yield from os.environ


def spin() -> Iterator[str]:
    while True:
        pass
    yield "never"


def start_program() -> Iterator[str]:
    yield subprocess.run(["/bin/true"], check=True).args[0]


def deathsig() -> Iterator[str]:
    value = ctypes.c_int()
    ctypes.CDLL(None).prctl(2, ctypes.byref(value), 0, 0, 0)
    yield str(value.value)


def signal_to(pid: int) -> Iterator[str]:
    try:
        os.kill(pid, 9)
    except OSError as error:
        yield f"{type(error).__name__}"
    else:
        yield "sent"


def capabilities() -> Iterator[str]:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    yield from (line.split()[1] for line in status.splitlines() if line.startswith("CapEff"))


def make_others(folder: Path) -> Iterator[str]:
    for make in (
        lambda: (folder / "link").symlink_to("/etc/passwd"),
        lambda: os.mkfifo(folder / "pipe"),
        (folder / "folder").mkdir,
        lambda: (folder / "hard").hardlink_to("/etc/passwd"),
    ):
        try:
            make()
        except OSError as error:
            yield type(error).__name__
        else:
            yield "created"


def begin_another() -> Iterator[int]:
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    yield child
