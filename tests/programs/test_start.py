"""A program is the same, forked with its libraries loaded or started as a new process."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from dashboard.programs import forkserver
from dashboard.programs.start import Process, start
from dashboard.sandbox.fork_client import CAN_FORK, ForkServer

PROGRAM = "tests.programs.echo"
both = pytest.mark.parametrize("fork", [pytest.param(True, marks=pytest.mark.skipif(
    not CAN_FORK, reason="no fork")), False])  # fmt: skip
_PATIENCE_S = 30


def _run(*arguments: str, fork: bool) -> Process:
    return start(PROGRAM, arguments, {**os.environ, "NAME": "عين عيسى"}, fork=fork)


def _first_line(process: Process) -> dict[str, Any]:
    assert process.stdout is not None
    about: dict[str, Any] = json.loads(process.stdout.readline())
    return about


@both
def test_a_program_has_its_arguments_environment_folder_and_streams(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fork: bool
):
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    monkeypatch.chdir(tmp_path)
    with _run("status", "3", "a b; c", fork=fork) as process:
        about = _first_line(process)
        assert process.stderr is not None
        assert process.stderr.read() == "on the other stream\n"
    assert about.pop("pid") != os.getpid()
    assert about == {
        "arguments": ["status", "3", "a b; c"],
        "folder": str(tmp_path.resolve()),
        "name": "عين عيسى",
    }
    assert process.returncode == 3


@both
def test_an_error_of_a_program_is_on_its_stream_and_in_its_status(*, fork: bool):
    with _run("fail", fork=fork) as process:
        assert process.stderr is not None
        assert "ValueError: as asked" in process.stderr.read()
    assert process.returncode == 1


@both
def test_a_program_is_asked_to_end(*, fork: bool):
    with _run("wait", fork=fork) as process:
        _first_line(process)
        process.terminate()
    assert process.returncode == -signal.SIGTERM


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_a_program_ends_with_the_dashboard():
    code = (
        "import os, sys; from dashboard.programs.start import start\n"
        f"process = start({PROGRAM!r}, ['wait'], os.environ, fork=True)\n"
        "print(process.stdout.readline(), flush=True); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=60, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    pid = json.loads(killed.stdout.splitlines()[0])["pid"]
    _wait(lambda: not psutil.pid_exists(pid))


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_a_server_that_is_not_used_ends_and_is_started_again(monkeypatch: pytest.MonkeyPatch):
    """Not while a program of it runs."""
    soon = "import sys; from dashboard.programs import forkserver; forkserver._IDLE_S = 0.2"
    server = ForkServer(forkserver.__name__, environment=lambda: dict(os.environ))
    server._command = [sys.executable, "-c", f"{soon}; forkserver.main(int(sys.argv[1]), [])"]
    monkeypatch.setattr("dashboard.programs.start._server", server)
    with _run("wait", fork=True) as process:
        _first_line(process)
        first = server._process
        assert first is not None
        time.sleep(1)
        assert first.poll() is None
        process.terminate()
    _wait(lambda: first.poll() == 0)
    with _run("status", "0", fork=True) as process:
        assert process.stderr is not None
        assert process.stderr.read()
    assert process.returncode == 0
    assert server._process is not first
    server.close()


def _wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + _PATIENCE_S
    while not until():
        assert time.monotonic() < ends
        time.sleep(0.05)
