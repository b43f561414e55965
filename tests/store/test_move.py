"""A workspace moved from a file to a server and back has everything that it had."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError
from dashboard.model.permissions import Role, permissions_of
from dashboard.model.records import Table
from dashboard.model.viewer import NotPermittedError, Viewer, acting_as
from dashboard.settings import Settings, with_workspace, with_workspace_at
from dashboard.store import __main__ as command
from dashboard.store import captures
from dashboard.store import move as moving
from dashboard.store.database import Server, reading, source_of
from dashboard.store.move import move, replayed_digest
from dashboard.store.schema import _STEPS, _add_functions
from dashboard.store.taken_files import TakenFile, log_taken, taken_files
from dashboard.store.verify import verify
from dashboard.store.workspace import Workspace, open_workspace
from tests.store.capture_samples import PDF, added
from tests.store.sample_workspaces import contents, filled, replayed, save, stored


@pytest.fixture
def file(settings: Settings, corpus: Corpus, tmp_path: Path) -> Settings:
    """The settings of a file with records of several kinds, and a list of places beside it."""
    there = with_workspace_at(settings, tmp_path / "one" / "w.sqlite")
    filled(there.workspace, corpus)
    there.place_lists.mkdir()
    (there.place_lists / "list.csv").write_text("a", encoding="utf-8")
    return there


@pytest.fixture
def on_server(settings: Settings, server: Server, tmp_path: Path) -> Settings:
    return with_workspace(replace(settings, workspace_files=tmp_path / "two"), server.url)


def test_there_and_back_nothing_is_lost(
    file: Settings, on_server: Settings, settings: Settings, tmp_path: Path
):
    before = contents(file.workspace)
    there = move(file, on_server)
    moved = open_workspace(on_server)
    assert replayed(moved) == stored(moved) == stored(Workspace(file.workspace))
    assert verify(moved.source) == []
    assert (on_server.place_lists / "list.csv").read_text(encoding="utf-8") == "a"
    back = with_workspace_at(settings, tmp_path / "three" / "w.sqlite")
    assert move(on_server, back).digest == there.digest
    assert contents(back.workspace) == before == contents(file.workspace)
    assert verify(back.workspace) == []


def test_accounts_of_entries_and_the_log_of_taken_files_go_there_and_back(
    file: Settings, on_server: Settings, settings: Settings, tmp_path: Path
):
    ada = Viewer("ada@example.org", "Ada", permissions_of(Role.ADMINISTRATOR))
    eve = Viewer("eve@example.org", "Ada", permissions_of(Role.ANALYST))

    def work(workspace: Workspace, key: str) -> int:
        with acting_as(ada):
            log_taken(workspace, "csv", f"kind={key}", 12)
            log_taken(workspace, "ogc json", "/ogc", None)
            return save(workspace, key, key=key)

    def taken(workspace: Workspace) -> list[TakenFile]:
        with acting_as(ada):
            return taken_files(workspace)

    first = Workspace(file.workspace)
    seq = work(first, "there")
    move(file, on_server)
    moved = open_workspace(on_server)
    assert taken(moved) == taken(first)
    back = with_workspace_at(settings, tmp_path / "three" / "w.sqlite")
    later = work(moved, "back")
    move(on_server, back)
    last = open_workspace(back)
    assert taken(last) == taken(moved)
    assert [each.events for each in taken(last)] == [None, 12, None, 12]
    work(last, "after")
    for workspace, entry in ((moved, seq), (last, later)):
        with acting_as(eve), pytest.raises(NotPermittedError):
            workspace.undo(entry, who="", why="")
        with acting_as(replace(ada, permissions=eve.permissions)):
            workspace.undo(entry, who="", why="")


def test_a_file_of_an_older_program_is_moved(
    on_server: Settings, settings: Settings, tmp_path: Path
):
    there = with_workspace_at(settings, tmp_path / "old" / "w.sqlite")
    there.workspace.parent.mkdir()
    with closing(sqlite3.connect(there.workspace)) as connection:
        _add_functions(connection)
        for step in _STEPS[:8]:
            connection.executescript(step)
        connection.execute("PRAGMA user_version = 8")
    assert move(there, on_server).entry == 0
    assert verify(open_workspace(on_server).source) == []


def test_a_workspace_from_which_files_were_taken_is_not_empty(file: Settings, on_server: Settings):
    with acting_as(Viewer("ada@example.org", "Ada", permissions_of(Role.READER))):
        log_taken(open_workspace(on_server), "csv", "", 1)
    with pytest.raises(DashboardError, match="expected an empty workspace"):
        move(file, on_server)


def test_work_goes_on_after_a_move(file: Settings, on_server: Settings):
    last = move(file, on_server).entry
    workspace = open_workspace(on_server)
    assert save(workspace, "later", key="later") == last + 1
    workspace.undo(last, who="R", why="")
    assert verify(workspace.source) == []
    assert workspace.all(Table.OUTLET, status="none") == {}


def test_a_workspace_with_entries_is_not_moved_to(file: Settings, on_server: Settings):
    save(open_workspace(on_server), "there")
    with pytest.raises(DashboardError, match="expected an empty workspace"):
        move(file, on_server)
    assert len(open_workspace(on_server).log()) == 1


def test_a_copy_that_differs_is_not_saved(
    file: Settings, on_server: Settings, monkeypatch: pytest.MonkeyPatch
):
    whole = moving._insert

    def without_the_last(copy, table: str, columns, rows) -> None:
        whole(copy, table, columns, rows[:-1] if table == "change" else rows)

    monkeypatch.setattr(moving, "_insert", without_the_last)
    with pytest.raises(DashboardError, match="nothing was moved"):
        move(file, on_server)
    assert open_workspace(on_server).log() == []


def test_captured_files_are_moved_and_missing_ones_are_said(
    file: Settings, on_server: Settings, settings: Settings, tmp_path: Path, corpus: Corpus
):
    sha256 = added(Workspace(file.workspace), corpus, PDF).sha256
    assert move(file, on_server).faults == []
    copy = open_workspace(on_server).captures.path(sha256)
    assert copy.read_bytes() == PDF
    assert captures.recorded(source_of(on_server), sha256) is not None
    copy.unlink()
    back = with_workspace_at(settings, tmp_path / "three" / "w.sqlite")
    assert move(on_server, back).faults == [f"captured file {sha256}: it is missing"]


def test_the_command_moves_and_shows_no_password(
    file: Settings,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE_FILES", str(tmp_path / "two"))
    url = server.url.replace("event_map@", "event_map:very%2Fsecret@")
    assert command.main(["move", str(file.workspace), url]) == 0
    assert command.main(["--workspace", url, "verify"]) == 0
    assert command.main(["move", str(file.workspace), url]) == 2, "it is not empty any more"
    assert command.main(["--workspace", url, "backup"]) == 2
    printed = "".join(capsys.readouterr())
    with reading(source_of(file)) as connection:
        assert replayed_digest(connection) in printed
    assert "pg_dump" in printed
    assert "secret" not in printed
    assert command.main(["move", str(tmp_path / "none.sqlite"), url]) == 2
