"""The commands of docs/workspace.md for a server: they are run as they are written there."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.model.corpus import Corpus
from dashboard.store.database import Server
from dashboard.store.verify import verify
from dashboard.store.workspace import Workspace
from tests import engines
from tests.store.sample_workspaces import contents, fill, filled, save, stored

DOCUMENT = Path(__file__).parents[2] / "docs" / "workspace.md"
_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
Run = Callable[..., str]


def documented(beginning: str) -> list[str]:
    """The commands of the document that begin so."""
    lines = "".join(_BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))).splitlines()
    return [line for line in lines if line.startswith(beginning)]


@pytest.fixture
def run(server: Server, tmp_path: Path) -> Run:
    """Runs a command of the document in an empty folder, with this server in place of its example."""
    programs = engines._binaries()
    assert programs is not None

    def in_folder(command: str) -> str:
        command = command.replace("postgresql://event_map@host/event_map", server.url)
        environment = {
            **os.environ,
            "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "EVENT_MAP_WORKSPACE": server.url,
            "EVENT_MAP_WORKSPACE_FILES": str(tmp_path),
        }
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True,
            timeout=200, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stderr)
        return done.stdout

    return in_folder


def test_a_dump_restores_the_workspace(server: Server, run: Run, tmp_path: Path, corpus: Corpus):
    workspace = fill(Workspace(tmp_path / "workspace.postgresql", server=server), corpus)
    before, entries = stored(workspace), workspace.version()
    (dump,) = documented("pg_dump")
    run(dump)
    save(workspace, "after the dump", key="later")
    engines.without_workspace(server.url)
    (restore,) = documented("pg_restore")
    run(restore)
    assert verify(server) == []
    restored = Workspace(workspace.path, server=server)
    assert (stored(restored), restored.version()) == (before, entries)
    assert save(restored, "goes on", key="later") == entries + 1
    assert verify(server) == []


def test_the_documented_moves_there_and_back(run: Run, tmp_path: Path, corpus: Corpus):
    first = tmp_path / "workspace" / "workspace.sqlite"
    first.parent.mkdir()
    filled(first, corpus)
    there, back = documented("event-map workspace move")
    digest = run(there).splitlines()[-1]
    assert run(back).splitlines()[-1] == digest
    assert contents(tmp_path / "copy.sqlite") == contents(first)
