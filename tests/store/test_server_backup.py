"""Restoring: the commands of docs/workspace.md for a server as they are written, and datasets too."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.engine.vocabulary import count_all
from dashboard.model.corpus import Corpus
from dashboard.project.project import Project
from dashboard.settings import Settings, read_settings
from dashboard.store.backup import Reason, make_backup
from dashboard.store.database import Server, source_of
from dashboard.store.restore import restore
from dashboard.store.verify import verify
from dashboard.store.workspace import Workspace, open_workspace
from tests import engines
from tests.engine import sample_data
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
    (command,) = documented("pg_restore")
    run(command)
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


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_workspace_and_datasets_are_restored(
    request: pytest.FixtureRequest, tmp_path: Path, corpus: Corpus, kind: str
):
    """The database by its backup, the datasets by a copy of their folder, as the document says."""
    files = tmp_path / "files"
    url = str(files / "workspace.sqlite")
    if kind == "PostgreSQL":
        run, url = request.getfixturevalue("run"), request.getfixturevalue("server").url
    settings = read_settings({"EVENT_MAP_WORKSPACE": url, "EVENT_MAP_WORKSPACE_FILES": str(files)})
    sample_data.folder_of(settings.datasets, corpus)
    save(open_workspace(settings), "before")
    before = _all_of(settings)
    assert before[0] > 0
    shutil.copytree(settings.datasets, tmp_path / "copy")
    if kind == "PostgreSQL":
        run(documented("pg_dump")[0])
        engines.without_workspace(url)
    else:
        backup = make_backup(settings.workspace, tmp_path / "backups", Reason.MANUAL)
        settings.workspace.unlink()
    shutil.rmtree(settings.datasets)
    if kind == "PostgreSQL":
        run(documented("pg_restore")[0])
    else:
        restore(settings.workspace, backup.path, tmp_path / "backups", "R")
    shutil.copytree(tmp_path / "copy", settings.datasets)
    assert _all_of(settings) == before
    assert verify(source_of(settings)) == []


def _all_of(settings: Settings) -> tuple[int, dict[tuple[str, str], str | None]]:
    """The number of events of all datasets, as the page counts them, and the workspace's records."""
    project = Project(settings)
    catalog = project.catalog(project.load())
    return count_all(catalog.engine, unreviewed=True), stored(project.workspace)
