"""Runs the commands of the documents: in a copy of the checkout, with a time limit, without network."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from tests.docs.markdown import ROOT

_ENDS_WITHIN_S, _STARTS_WITHIN_S = 150, 100
# Python runs it at its start: each command reaches this machine alone.
_NO_NETWORK = """
from pytest_socket import socket_allow_hosts
socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)
"""


@dataclass(frozen=True)
class Place:
    """Where commands run: a folder with a copy of the checkout, and their environment."""

    folder: Path
    environment: Mapping[str, str]


@dataclass(frozen=True)
class NotRun:
    """Why a command is not run by these tests, and the file and text of the step that runs it."""

    why: str
    file: str
    text: str


NOT_RUN = {
    "pip install -r requirements.txt": NotRun(
        "installs packages for minutes", ".ci/install.py", '"--quiet", "-r", "requirements.txt"'
    ),
    'pip install -e ".[cluster]"': NotRun(
        "installs packages", "requirements-dev.txt", "distributed=="
    ),
    "pip install -e '.[postgres]'": NotRun(
        "installs packages", "requirements-dev.txt", "ibis-framework[postgres]=="
    ),
    "pip install -r requirements-video.txt": NotRun(
        "installs 68 MB", "requirements-video.txt", "imageio-ffmpeg=="
    ),
    "pip install -e '.[spark]'": NotRun("installs packages", "requirements-dev.txt", "pyspark=="),
}  # fmt: skip


def place_at(folder: Path, checkout: Path) -> Place:
    """A place to run commands, whose workspace lies in it; `checkout` is the copy."""
    blocker = folder / "no_network"
    blocker.mkdir()
    (blocker / "sitecustomize.py").write_text(_NO_NETWORK, encoding="utf-8")
    others = {key: value for key, value in os.environ.items() if not key.startswith("EVENT_MAP_")}
    environment = {
        **others,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{blocker}{os.pathsep}{checkout}",
        "EVENT_MAP_WORKSPACE": str(folder / "workspace" / "workspace.sqlite"),
    }
    return Place(checkout, environment)


def commands(text: str) -> list[str]:
    """The commands of a block, one a line, without comments."""
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def check(command: str, place: Place) -> None:
    """Run a command, or its substitute; raises KeyError for one that no rule knows."""
    rule = next((rule for start, rule in _RULES if re.match(start, command)), None)
    if rule is None:
        raise KeyError(f"neither run nor listed in NOT_RUN: {command}")
    rule(command, place)


def _runs(command: str, place: Place) -> None:
    done = _run(shlex.split(command), place)
    assert done.returncode == 0, (command, done.returncode, done.stderr[-2_000:])


def _expands(command: str, place: Place) -> None:
    """`make -n` prints what the target would run."""
    words = shlex.split(command)
    done = _run([words[0], "-n", *words[1:]], place)
    assert done.returncode == 0, (command, done.stderr)
    assert done.stdout.strip(), command


def _is_listed(command: str, place: Place) -> None:
    """A step elsewhere runs it, and what it asks for exists: a file, or the project's extras."""
    step = NOT_RUN[command]
    assert step.text in (ROOT / step.file).read_text(encoding="utf-8"), step
    words = shlex.split(command)[2:]
    if words[0] == "-r":
        assert (place.folder / words[1]).is_file()
        return
    project = tomllib.loads((place.folder / "pyproject.toml").read_text(encoding="utf-8"))
    extras = Requirement(f"{project['project']['name']}{words[1].removeprefix('.')}").extras
    assert extras
    assert extras <= set(project["project"]["optional-dependencies"])


def _needs_a_server(command: str, _place: Place) -> None:
    """`tests/store/test_server_backup.py` runs these commands of the document."""
    beginning = (
        command.split(" ", 1)[0] if command.startswith("pg_") else "event-map workspace move"
    )
    step = ROOT / "tests" / "store" / "test_server_backup.py"
    assert f'documented("{beginning}")' in step.read_text(encoding="utf-8")


def _is_served(command: str, place: Place) -> None:
    """The server is started, asked for its health page, and ended."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        shlex.split(command), cwd=place.folder, start_new_session=True, stdout=subprocess.DEVNULL,
        env={**place.environment, "STREAMLIT_SERVER_PORT": str(port)},
    )  # fmt: skip
    try:
        assert _health(port, process) == b"ok"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _health(port: int, process: subprocess.Popen[bytes]) -> bytes:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{port}/_stcore/health", timeout=2
            ) as got:
                return got.read()
        except OSError:
            time.sleep(0.3)
    return b"no answer"


def _run(words: list[str], place: Place) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=place.folder, env=dict(place.environment), capture_output=True, text=True,
        timeout=_ENDS_WITHIN_S, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


# Substitutes by the beginning of a command; the first match is used.
_RULES: tuple[tuple[str, Callable[[str, Place], None]], ...] = (
    (r"make ", _expands),
    (r"pip install ", _is_listed),
    (r"streamlit run |event-map run\b", _is_served),
    (r"pg_dump |pg_restore |event-map workspace move ", _needs_a_server),
    (r"event-map ", _runs),
)
