"""The engines to test on: DuckDB in this process, a PostgreSQL server of the tests' own, local Spark."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _binaries() -> Path | None:
    """Where Debian's PostgreSQL keeps its server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def missing(url: str) -> str | None:
    """Why an engine cannot be tested here; `None` if it can."""
    if url.startswith("postgresql") and _binaries() is None:
        return "PostgreSQL is not on this machine: apt-get install postgresql"
    if url.startswith("spark") and shutil.which("java") is None:
        return "Spark needs Java, which is not on this machine"
    return None


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a server that lives as long as the context, on a free port of the loopback."""
    binaries = _binaries()
    assert binaries is not None
    with tempfile.TemporaryDirectory(prefix="event_map_pg_") as folder:
        # The server refuses to run as root.
        user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(folder, user)
        data, port = f"{folder}/data", _free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        _run(user, binaries / "initdb", "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8")
        _run(
            user,
            binaries / "pg_ctl",
            "-D",
            data,
            "-o",
            options,
            "-w",
            "-l",
            f"{folder}/log",
            "start",
        )
        try:
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        finally:
            _run(user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _run(user: str, *command: object) -> None:
    line = [str(part) for part in command]
    if os.getuid() == 0:
        line = ["runuser", "-u", user, "--", *line]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port
