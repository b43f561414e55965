"""Errors of the file are reported in sentences; nothing is half saved or lost in silence."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.model.records import Table
from dashboard.store import connection as connections
from dashboard.store.backup import Reason, make_backup
from dashboard.store.problems import ADVICE, WHAT, Problem, WorkspaceError, sqlite_errors
from dashboard.store.workspace import Change, Workspace
from tests.store.sample_workspaces import outlet, replayed, save, stored

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "workspace.sqlite")
    save(workspace, "a")
    return workspace


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "WAIT_S", 0.2)


def connect_with(monkeypatch: pytest.MonkeyPatch, pragma: str) -> None:
    """Run the pragma on each new connection."""
    real = sqlite3.connect

    def connect(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = real(*arguments, **options)
        connection.execute(pragma)
        return connection

    monkeypatch.setattr(connections.sqlite3, "connect", connect)


def problem_of(action) -> Problem:
    with pytest.raises(WorkspaceError) as raised:
        action()
    message = str(raised.value)
    assert str(raised.value.path) in message
    assert len(message.split(". ")) >= 2, "what happened, and what to do"
    return raised.value.problem


def test_each_problem_has_both_sentences():
    assert set(WHAT) == set(ADVICE) == set(Problem)


def test_a_full_disk_saves_nothing_and_the_next_change_works(workspace: Workspace):
    before = stored(workspace)
    with pytest.MonkeyPatch.context() as patch:
        connect_with(patch, "PRAGMA max_page_count = 1")
        long = [(f"{number}", "x" * 100_000) for number in range(20)]
        change = Change(Table.OUTLET, "o2", outlet("b", "o2"))
        problem = problem_of(
            lambda: workspace.commit([change], who="R", what="w", why="", texts=long)
        )
        assert problem is Problem.DISK_FULL
    assert (stored(workspace), len(workspace.log())) == (before, 1)
    save(workspace, "b", key="o2")
    assert replayed(workspace) == stored(workspace)


@pytest.mark.parametrize("limit", ["size", "user"])
def test_limits_of_the_system_are_reported(workspace: Workspace, limit: str):
    """A file size limit, or a user without the right to write, in a separate process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.limited", str(workspace.path), limit],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    problems = done.stdout.split()
    expected = {"size": {"DISK_ERROR", "DISK_FULL"}, "user": {"NO_ACCESS", "READ_ONLY"}}[limit]
    assert set(problems) <= expected
    assert len(problems) == 3, "opening or saving, backing up, and opening anew"
    assert [entry.what for entry in workspace.log()] == ["saved a"]
    assert not list(workspace.backups.glob("workspace-*")), "no half backup"


def test_a_lock_beyond_the_wait_is_reported(workspace: Workspace, impatient: None):
    other = sqlite3.connect(workspace.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert problem_of(lambda: save(workspace, "b", key="o2")) is Problem.LOCKED
    assert workspace.version() == 1, "reading goes on"
    other.close()
    save(workspace, "b", key="o2")


def test_a_file_that_cannot_be_written_is_reported(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    connect_with(monkeypatch, "PRAGMA query_only = ON")
    assert problem_of(lambda: save(workspace, "b", key="o2")) is Problem.READ_ONLY


def test_a_file_deleted_while_in_use_is_not_created_again(workspace: Workspace):
    workspace.path.unlink()
    for action in (
        workspace.version,
        workspace.texts,
        lambda: save(workspace, "b"),
        lambda: workspace.undo(1, who="R", why=""),
        lambda: make_backup(workspace.path, workspace.backups, Reason.MANUAL),
    ):
        assert problem_of(action) is Problem.MISSING
        assert not workspace.path.exists()


def test_a_file_deleted_within_a_change_does_not_count_as_saved(workspace: Workspace):
    def texts() -> Iterator[tuple[str, str]]:
        workspace.path.unlink()
        yield "hash", "text"

    change = Change(Table.OUTLET, "o2", outlet("b", "o2"))
    assert (
        problem_of(lambda: workspace.commit([change], who="R", what="w", why="", texts=texts()))
        is Problem.MISSING
    )


def test_an_empty_file_in_its_place_is_reported(workspace: Workspace):
    for end in ("", "-wal", "-shm"):
        workspace.path.with_name(workspace.path.name + end).unlink(missing_ok=True)
    Workspace(workspace.path)
    assert problem_of(workspace.version) is Problem.EMPTIED
    assert problem_of(lambda: save(workspace, "b")) is Problem.EMPTIED


@pytest.mark.parametrize("content", ["", None])
def test_a_new_process_creates_no_empty_file_where_backups_are(
    workspace: Workspace, content: str | None
):
    make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    workspace.path.unlink()
    if content is not None:
        workspace.path.write_text(content)
    expected = Problem.MISSING if content is None else Problem.EMPTIED
    assert problem_of(lambda: Workspace(workspace.path)) is expected
    assert workspace.path.exists() == (content is not None)


def test_nothing_is_saved_to_a_file_replaced_while_a_writer_waits(workspace: Workspace):
    """The writer has opened the old file; its change must not be saved there."""
    other = sqlite3.connect(workspace.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    problems: list[Problem] = []
    writer = threading.Thread(
        target=lambda: problems.append(problem_of(lambda: save(workspace, "b", key="o2")))
    )
    writer.start()
    time.sleep(0.3)
    aside = workspace.path.with_name("aside.sqlite")
    copy = workspace.path.with_name("copy.sqlite")
    copy.write_bytes(workspace.path.read_bytes())
    workspace.path.rename(aside)
    copy.rename(workspace.path)
    other.execute("ROLLBACK")
    other.close()
    writer.join(timeout=30)
    assert problems == [Problem.REPLACED]


def test_other_files_are_refused_and_not_changed(tmp_path: Path):
    text = tmp_path / "text.sqlite"
    text.write_bytes(b"no database " * 100)
    assert problem_of(lambda: Workspace(text)) is Problem.NOT_A_DATABASE
    foreign = tmp_path / "foreign.sqlite"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    before = foreign.read_bytes()
    assert problem_of(lambda: Workspace(foreign)) is Problem.NOT_A_WORKSPACE
    assert foreign.read_bytes() == before
    folder = tmp_path / "folder.sqlite"
    folder.mkdir()
    assert problem_of(lambda: Workspace(folder)) is Problem.NO_ACCESS
    assert problem_of(lambda: Workspace(text / "below.sqlite")) is Problem.NO_ACCESS


def test_a_newer_file_is_not_changed(tmp_path: Path):
    path = tmp_path / "newer.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entry (x)")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    assert problem_of(lambda: Workspace(path)) is Problem.NEWER
    assert path.read_bytes() == before


def test_half_a_surrogate_pair_is_reported_and_not_saved(workspace: Workspace):
    change = Change(Table.OUTLET, "o2", outlet("b\ud800", "o2"))
    assert (
        problem_of(lambda: workspace.commit([change], who="R", what="w", why=""))
        is Problem.INVALID_TEXT
    )
    assert (
        problem_of(lambda: workspace.commit([], who="R", what="\udfff", why=""))
        is Problem.INVALID_TEXT
    )
    assert len(workspace.log()) == 1


@pytest.mark.parametrize(
    ("number", "problem"),
    [(28, Problem.DISK_FULL), (30, Problem.READ_ONLY), (13, Problem.NO_ACCESS)],
)
def test_errors_of_the_system_are_reported(tmp_path: Path, number: int, problem: Problem):
    def fail() -> None:
        with sqlite_errors(tmp_path):
            raise OSError(number, "as the system says")

    assert problem_of(fail) is problem
