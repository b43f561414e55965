"""Restoring: the backup is unchanged, the file before is not lost, any damage is reported."""

import random
import shutil
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError
from dashboard.model.records import Table
from dashboard.store import restore as restoring
from dashboard.store import schema
from dashboard.store.backup import Backup, Reason, last_good_backup, make_backup
from dashboard.store.entries import NoEntryError, UndoneError
from dashboard.store.problems import Problem, WorkspaceError
from dashboard.store.restore import restore
from dashboard.store.verify import verify
from dashboard.store.workspace import Workspace
from tests.store.sample_workspaces import contents, filled, save

_FLIPS = 200


@pytest.fixture
def workspace(tmp_path: Path, corpus: Corpus) -> Workspace:
    return filled(tmp_path / "workspace.sqlite", corpus)


@pytest.fixture
def backup(workspace: Workspace) -> Backup:
    return make_backup(workspace.path, workspace.backups, Reason.MANUAL)


def test_the_backup_is_restored_and_the_file_before_gets_another_name(
    workspace: Workspace, backup: Backup
):
    later = save(workspace, "later", key="later")
    before = contents(workspace.path)
    done = restore(workspace.path, backup.path, workspace.backups, "Rana")
    assert done.entries == later - 1
    assert done.aside is not None
    assert contents(done.aside) == before
    assert verify(done.aside) == verify(workspace.path) == []
    restored, saved = contents(workspace.path), contents(backup.path)
    assert restored["entry"][:-1] == saved["entry"]
    assert {k: v for k, v in restored.items() if k != "entry"} == {
        k: v for k, v in saved.items() if k != "entry"
    }
    entry = workspace.log()[0]
    assert (entry.seq, entry.who) == (done.entry, "Rana")
    assert backup.path.name in str(entry.what)
    assert save(workspace, "again", key="again") == done.entry + 1, "the workspace goes on"


def test_no_two_entries_have_the_same_number(workspace: Workspace, backup: Backup):
    """An undo button on an open page must not undo a later entry of another user."""
    lost = save(workspace, "later", key="later")
    numbers = [lost]
    for damage in (None, "truncate", "delete"):
        if damage == "truncate":
            workspace.path.write_bytes(b"")
        elif damage == "delete":
            workspace.path.unlink()
        numbers.append(restore(workspace.path, backup.path, workspace.backups, "R").entry)
        numbers.append(save(workspace, f"{damage}", key=f"{damage}"))
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers)
    with pytest.raises(DashboardError, match="does not exist"):
        workspace.undo(lost, who="R", why="")


def test_undoing_a_restoration_is_an_error(workspace: Workspace, backup: Backup):
    done = restore(workspace.path, backup.path, workspace.backups, "R")
    with pytest.raises(DashboardError, match="nothing to undo"):
        workspace.undo(done.entry, who="R", why="")


def test_a_file_that_somebody_writes_is_not_replaced(
    workspace: Workspace, backup: Backup, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(restoring, "_LOCK_WAIT_S", 0.2)
    before = contents(workspace.path)
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO text VALUES ('x', 'y')")
        with pytest.raises(WorkspaceError) as raised:
            restore(workspace.path, backup.path, workspace.backups, "R")
    assert raised.value.problem is Problem.LOCKED
    assert contents(workspace.path) == before
    names = {path.name for path in workspace.path.parent.iterdir()}
    assert not [name for name in names if "replaced" in name or "restoring" in name]


def test_a_bad_backup_is_not_restored(workspace: Workspace, backup: Backup):
    with closing(sqlite3.connect(backup.path)) as connection, connection:
        connection.execute("UPDATE text SET body = body || '.'")
    before = contents(workspace.path)
    with pytest.raises(WorkspaceError, match="its hash is another"):
        restore(workspace.path, backup.path, workspace.backups, "R")
    assert contents(workspace.path) == before
    newer = backup.path.with_name("newer.sqlite")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(WorkspaceError, match="newer program"):
        restore(workspace.path, newer, workspace.backups, "R")


def test_a_backup_of_an_older_version_is_migrated(workspace: Workspace, tmp_path: Path):
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(schema._STEPS[0])
        connection.execute("PRAGMA user_version = 1")
    restore(workspace.path, old, workspace.backups, "R")
    assert verify(workspace.path) == []
    with closing(sqlite3.connect(workspace.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_the_last_good_backup_is_not_the_last_one_if_that_is_damaged(
    workspace: Workspace, backup: Backup
):
    save(workspace, "later", key="later")
    second = make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    assert last_good_backup(workspace.path, workspace.backups) == second
    content = bytearray(second.path.read_bytes())
    content[4096:8192] = bytes(4096)
    second.path.write_bytes(content)
    assert last_good_backup(workspace.path, workspace.backups) == backup


def _use(path: Path) -> None:
    """Everything that pages and commands do; each action succeeds or raises WorkspaceError."""
    with suppress(WorkspaceError):
        workspace = Workspace(path, path.parent / "none")
        for action in (
            workspace.version,
            workspace.texts,
            workspace.deleted,
            workspace.log,
            lambda: workspace.undo(31, who="R", why=""),
            lambda: save(workspace, "more", key="more"),
            *(lambda seq=seq: workspace.differences(seq) for seq in (1, 31, 33)),
            *(lambda kind=kind: workspace.all(kind, status="x") for kind in Table),
            *(lambda kind=kind: workspace.of_article(kind, "a") for kind in Table),
            *(lambda kind=kind: workspace.all(kind) for kind in Table),
        ):
            with suppress(WorkspaceError, UndoneError, NoEntryError):
                action()


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_are_findings_or_harmless_and_a_backup_can_be_restored(
    workspace: Workspace, backup: Backup, tmp_path: Path, seed: int
):
    chance = random.Random(seed)
    sound = backup.path.read_bytes()
    original = contents(backup.path)
    damaged = tmp_path / "flipped" / "workspace.sqlite"
    damaged.parent.mkdir()
    named = 0
    for _ in range(_FLIPS // 4):
        content = bytearray(sound)
        for _ in range(chance.choice((1, 1, 1, 20))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        damaged.write_bytes(content)
        try:
            findings = verify(damaged)
        except WorkspaceError as error:
            findings = [str(error)]
        named += bool(findings)
        assert findings or contents(damaged) == original
        _use(damaged)
        if not named % 10:
            restore(damaged, backup.path, workspace.backups, "R")
            assert verify(damaged) == []
        for path in damaged.parent.iterdir():
            path.unlink() if path.is_file() else shutil.rmtree(path)
    assert named > _FLIPS // 8, "most of the bytes are checked"


def test_restoring_while_others_write_loses_nothing_in_silence(
    workspace: Workspace, backup: Backup
):
    """What was reported as saved is in the workspace, or in one of the replaced files."""
    stop = threading.Event()
    saved: list[str] = []
    problems: list[Problem] = []

    def write(name: str) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                save(workspace, "x", key=f"{name}{number}")
                saved.append(f"{name}{number}")
            except WorkspaceError as error:
                problems.append(error.problem)
            time.sleep(0.01)

    writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for writer in writers:
        writer.start()
    try:
        for _ in range(6):
            with suppress(WorkspaceError):
                restore(workspace.path, backup.path, workspace.backups, "R")
            time.sleep(0.1)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    files = [workspace.path, *workspace.path.parent.glob("*-replaced*.sqlite")]
    assert len(files) > 1
    assert [verify(path) for path in files] == [[]] * len(files)
    present = {str(row[1]) for path in files for row in contents(path)["record"]}
    assert set(saved) <= present
    assert set(problems) <= {Problem.REPLACED, Problem.LOCKED}
