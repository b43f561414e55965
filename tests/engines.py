"""The engines to test on: DuckDB in this process, a PostgreSQL server of the tests' own, local Spark."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

# The superuser of the tests' server.
_ADMINISTRATOR = "tester"
# Where the commands of an administrator are documented.
_DOCUMENT = Path(__file__).parents[1] / "docs" / "scaling.md"


def _binaries() -> Path | None:
    """The folder with the programs of Debian's PostgreSQL server."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return programs[-1].parent if programs else None


def missing(url: str) -> str | None:
    """Why an engine cannot be tested here; `None` if it can."""
    if url.startswith("postgresql") and _binaries() is None:
        return "PostgreSQL is not on this machine: apt-get install postgresql"
    if url.startswith("spark") and shutil.which("java") is None:
        return "Spark needs Java, which is not on this machine"
    return None


def as_administrator(url: str) -> str:
    """The URL of the same database for the superuser of the tests' server."""
    return url.replace("//event_map@", f"//{_ADMINISTRATOR}@")


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a server that lives as long as the context, on a free port of the loopback."""
    with killable_postgresql() as (url, _kill):
        yield url


@contextmanager
def killable_postgresql() -> Iterator[tuple[str, Callable[[], None]]]:
    """As `postgresql`, with a function that kills the server (-9) and starts it again."""
    binaries = _binaries()
    assert binaries is not None
    with tempfile.TemporaryDirectory(prefix="event_map_pg_") as folder:
        # The server refuses to run as root.
        user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(folder, user)
        data, port = f"{folder}/data", _free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        control = (binaries / "pg_ctl", "-D", data, "-w")
        _run(
            user, binaries / "initdb", "-D", data, "-A", "trust", "-U", _ADMINISTRATOR, "-E", "UTF8"
        )

        def start() -> None:
            _run(user, *control, "-o", options, "-l", f"{folder}/log", "start")

        def kill() -> None:
            _kill_all(int((Path(data) / "postmaster.pid").read_text().split()[0]))
            start()

        start()
        try:
            _prepare(f"postgresql://{_ADMINISTRATOR}@127.0.0.1:{port}/postgres")
            yield f"postgresql://event_map@127.0.0.1:{port}/event_map", kill
        finally:
            _run(user, *control, "-m", "immediate", "stop")


def _kill_all(server: int) -> None:
    """Kill a server with all of its processes, which would otherwise end in their own time."""
    process = psutil.Process(server)
    # A stopped server starts no further process that would keep its memory in use.
    process.suspend()
    processes = [*process.children(recursive=True), process]
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    psutil.wait_procs(processes, timeout=30)


def _prepare(url: str) -> None:
    """Create the database, and run the commands that the documentation asks of an administrator."""
    # psycopg is an optional requirement, like the server.
    import psycopg

    documented = re.findall(r"```sql\n(.*?)```", _DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    with psycopg.connect(url, autocommit=True) as con:
        con.execute("CREATE DATABASE event_map")
    with psycopg.connect(url.replace("/postgres", "/event_map"), autocommit=True) as con:
        for block in documented:
            con.execute(block)


def without_workspace(url: str) -> None:
    """Put the schema of the workspace back to what the documentation makes: an empty one."""
    import psycopg

    from dashboard.store import postgresql as sessions

    sessions.close_idle()
    with psycopg.connect(as_administrator(url), autocommit=True) as con:
        con.execute("DROP SCHEMA IF EXISTS event_map_workspace CASCADE")
        con.execute("CREATE SCHEMA event_map_workspace AUTHORIZATION event_map")


def _run(user: str, *command: object) -> None:
    line = [str(part) for part in command]
    if os.getuid() == 0:
        line = ["runuser", "-u", user, "--", *line]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port
