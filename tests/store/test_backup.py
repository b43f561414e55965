"""Backups: complete or absent, limited in number, made before a migration and once a day."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.figure.manifest import Manifest
from dashboard.model.corpus import Corpus
from dashboard.paper.options import FigureOptions
from dashboard.settings import read_settings, with_workspace_at
from dashboard.store import backup as backups
from dashboard.store import schema
from dashboard.store.__main__ import main
from dashboard.store.backup import BACKUPS_KEPT, Backup, Reason, backups_of, make_backup
from dashboard.store.daily import DailyBackup, back_up_daily
from dashboard.store.problems import Problem, WorkspaceError
from dashboard.store.verify import verify
from dashboard.store.workspace import Workspace
from tests.hostile.killed import MUST_BE_0, run
from tests.store.sample_workspaces import contents, filled, save

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(tmp_path: Path, corpus: Corpus) -> Workspace:
    return filled(tmp_path / "workspace.sqlite", corpus)


def aged(backup: Backup, days: int, reason: Reason | None = None) -> Path:
    """Rename a backup to be `days` older."""
    created = (backup.created - timedelta(days=days)).strftime("%Y%m%dT%H%M%SZ")
    name = f"workspace-{created}-v{backup.version}-{(reason or backup.reason).value}.sqlite"
    return backup.path.rename(backup.path.with_name(name))


def test_a_backup_has_the_same_content_as_the_workspace(workspace: Workspace):
    backup = make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    assert contents(backup.path) == contents(workspace.path)
    assert verify(backup.path) == []
    assert backups_of(workspace.path, workspace.backups) == [backup]
    files = {path.name for path in workspace.backups.iterdir()}
    assert files == {"lock", backup.path.name}, "no log beside it, no temporary file"


def test_a_backup_made_while_others_write_is_of_one_moment(workspace: Workspace):
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            save(workspace, f"{number}", key=f"w{number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [make_backup(workspace.path, workspace.backups, Reason.MANUAL) for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    assert len({backup.path for backup in copies}) == 5, "also of the same second"
    assert [verify(backup.path) for backup in copies] == [[]] * 5
    entries = [len(contents(backup.path)["entry"]) for backup in copies]
    assert entries == sorted(entries)
    assert entries[0] < entries[-1]


def test_old_automatic_backups_are_removed_and_manual_ones_never(workspace: Workspace):
    for days in range(BACKUPS_KEPT + 6, 0, -1):
        reason = Reason.MIGRATION if days == BACKUPS_KEPT + 6 else Reason.DAILY
        aged(make_backup(workspace.path, workspace.backups, Reason.DAILY), days, reason)
    old = aged(make_backup(workspace.path, workspace.backups, Reason.MANUAL), 300)
    make_backup(workspace.path, workspace.backups, Reason.DAILY)
    remaining = backups_of(workspace.path, workspace.backups)
    automatic = [backup for backup in remaining if backup.reason is not Reason.MANUAL]
    assert len(automatic) == BACKUPS_KEPT
    assert {backup.reason for backup in automatic} == {Reason.DAILY}
    assert old.exists()


def test_no_backup_is_removed_by_one_that_fails(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(backups, "BACKUPS_KEPT", 1)
    before = aged(make_backup(workspace.path, workspace.backups, Reason.DAILY), 1)
    with closing(sqlite3.connect(workspace.path)) as connection, connection:
        connection.execute("UPDATE record SET value = NULL WHERE record_id = 'o3'")
    with pytest.raises(WorkspaceError, match="not what the log amounts to") as raised:
        make_backup(workspace.path, workspace.backups, Reason.DAILY)
    assert raised.value.path == workspace.path
    assert [b.path for b in backups_of(workspace.path, workspace.backups)] == [before]


def test_a_clock_set_back_does_not_remove_the_backup_just_made(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(backups, "BACKUPS_KEPT", 1)
    aged(make_backup(workspace.path, workspace.backups, Reason.DAILY), -400)
    assert make_backup(workspace.path, workspace.backups, Reason.DAILY).path.exists()


def _old_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(schema._STEPS[0])
        connection.execute(
            "INSERT INTO entry VALUES (1, '2026-01-01T00:00:00+00:00', 'w', 'x', '', NULL)"
        )
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


def test_a_backup_is_made_before_a_migration_and_only_then(tmp_path: Path):
    path = tmp_path / "workspace.sqlite"
    _old_file(path)
    workspace = Workspace(path)
    Workspace(path)
    (backup,) = backups_of(path, workspace.backups)
    assert (backup.reason, backup.version) == (Reason.MIGRATION, 1)
    assert verify(backup.path) == []
    assert verify(path) == []
    assert not backups_of(tmp_path / "new.sqlite", Workspace(tmp_path / "new.sqlite").backups)


def test_without_a_backup_there_is_no_migration(tmp_path: Path):
    path = tmp_path / "workspace.sqlite"
    _old_file(path)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(WorkspaceError):
        Workspace(path, blocked / "backups")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_one_backup_a_day_and_only_after_changes(workspace: Workspace):
    folder = workspace.backups
    assert back_up_daily(workspace.path, folder) is not None
    save(workspace, "later", key="later")
    assert back_up_daily(workspace.path, folder) is None, "one a day"
    yesterday = aged(backups_of(workspace.path, folder)[0], 1)
    second = back_up_daily(workspace.path, folder)
    assert second is not None
    yesterday.unlink()
    aged(second, 1)
    assert back_up_daily(workspace.path, folder) is None, "nothing changed since"


def test_an_empty_workspace_needs_no_daily_backup(tmp_path: Path):
    workspace = Workspace(tmp_path / "workspace.sqlite")
    assert back_up_daily(workspace.path, workspace.backups) is None


def test_the_daily_backup_runs_in_a_thread_and_its_failure_is_stored(workspace: Workspace):
    workspace.daily.start()
    workspace.daily.wait()
    assert workspace.daily.failure is None
    assert len(backups_of(workspace.path, workspace.backups)) == 1
    blocked = workspace.path.with_name("file")
    blocked.write_text("not a folder")
    daily = DailyBackup(workspace.path, blocked / "backups")
    daily.start()
    daily.wait()
    assert daily.failure is not None
    assert daily.failure.problem is Problem.NO_ACCESS


def test_names_are_of_this_workspace_only(tmp_path: Path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in (
        "workspace-20260101T000000Z-v2-daily.sqlite",
        "workspace-2-20260101T000000Z-v2-daily.sqlite",
        "workspace-20261399T000000Z-v2-daily.sqlite",
        "workspace-20260101T000000Z-v2-daily.sqlite-wal",
        ".workspace.partial",
        "x.sqlite",
    ):
        (folder / name).touch()
    (backup,) = backups_of(tmp_path / "workspace.sqlite", folder)
    assert backup.created == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_kill_at_any_moment_leaves_a_sound_workspace_and_sound_backups():
    figures = run(seed=11, times=16)
    assert {name: figures[name] for name in MUST_BE_0} == dict.fromkeys(MUST_BE_0, 0)
    assert figures["kills"] == 16
    assert figures["saved"] > 0
    assert figures["backups_verified"] > 0


def _command(workspace: Workspace, *arguments: str) -> int:
    return main(["--workspace", str(workspace.path), *arguments])


def test_the_commands_and_their_exit_statuses(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    assert _command(workspace, "verify") == 0
    assert _command(workspace, "restore", "latest") == 2
    assert "no good backup" in capsys.readouterr().err
    assert _command(workspace, "backup") == 0
    assert "33 log entries" in capsys.readouterr().out
    assert _command(workspace, "list") == 0
    save(workspace, "later", key="later")
    assert _command(workspace, "restore", "latest", "--who", "Rana") == 0
    assert "kept as" in capsys.readouterr().out
    assert workspace.log()[0].who == "Rana"
    assert _command(workspace, "restore", str(tmp_path / "none.sqlite")) == 2
    assert _command(workspace, "verify", str(tmp_path / "none.sqlite")) == 2
    with closing(sqlite3.connect(workspace.path)) as connection, connection:
        connection.execute("UPDATE text SET body = 'x\x1b[31m' WHERE sha256 > '8'")
    capsys.readouterr()
    assert _command(workspace, "verify") == 1
    assert "its hash is another" in capsys.readouterr().out


def test_an_error_of_the_program_has_its_own_exit_status(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("dashboard.store.__main__.verify", lambda _path: 1 // 0)
    assert _command(workspace, "verify") == 70


@pytest.mark.parametrize(
    "arguments",
    [
        ["dashboard.ingest", "README.md"],
        ["dashboard.datasets", "README.md"],
        ["dashboard.datasets", "README.md", "--json"],
        ["dashboard.figure", "MANIFEST", "-o", "x.pdf"],
    ],
)
def test_other_commands_report_a_damaged_workspace(tmp_path: Path, arguments: list[str]):
    path, manifest = tmp_path / "workspace.sqlite", tmp_path / "x.json"
    path.write_bytes(b"no database" * 500)
    written = Manifest("", "", "", FigureOptions(), date(2026, 1, 1), "x", 0, "")
    manifest.write_text(json.dumps(written.as_json(), default=str))
    arguments = [str(manifest) if item == "MANIFEST" else item for item in arguments]
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        check=False,
        env={**os.environ, "EVENT_MAP_WORKSPACE": str(path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "is not an SQLite database" in done.stdout + done.stderr
    assert "Restore the last good backup" in done.stdout + done.stderr
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_setting_names_the_folder_of_backups(tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    settings = read_settings({"EVENT_MAP_BACKUPS": str(elsewhere)})
    assert settings.backups == elsewhere
    assert read_settings({}).backups is None
    other = with_workspace_at(settings, tmp_path / "other.sqlite")
    assert other.backups is None, "one folder for one workspace"
