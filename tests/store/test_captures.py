"""Captured files: stored once under their hash, copied by backups, restored, and verified."""

import hashlib
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dashboard.model.corpus import Corpus
from dashboard.review.captures import remove_capture
from dashboard.review.edit_session import EditSession
from dashboard.store import capture_files, captures, media_type, proof, schema
from dashboard.store.__main__ import main
from dashboard.store.backup import Reason, backups_of, make_backup
from dashboard.store.capture_files import CaptureError, CaptureFiles, FileState, captures_folder
from dashboard.store.captures import named_files, recorded, verify_captures
from dashboard.store.proof import proof_in
from dashboard.store.restore import restore
from dashboard.store.verify import verify
from dashboard.store.workspace import Workspace
from tests.store.capture_samples import HTML, PDF, added, claim_of, png

_MODULES = (capture_files, captures, media_type, proof)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace.sqlite")


@pytest.fixture
def files(tmp_path: Path) -> CaptureFiles:
    return CaptureFiles(tmp_path / "captures")


def test_a_file_is_stored_under_its_hash_and_cannot_be_written(files: CaptureFiles):
    stored = files.add(HTML)
    path = files.path(stored.sha256)
    assert stored.sha256 == hashlib.sha256(HTML).hexdigest() == path.name
    assert path.read_bytes() == HTML
    assert path.stat().st_mode & 0o777 == 0o444
    assert (stored.size, stored.media_type.name, stored.known) == (len(HTML), "text/html", False)
    assert [each.name for each in files.folder.iterdir()] == [stored.sha256], "no temporary file"


def test_the_same_file_twice_is_one_file_and_said_so(files: CaptureFiles):
    first = files.add(PDF)
    at = files.path(first.sha256).stat().st_mtime_ns
    again = files.add(memoryview(PDF))
    assert (first.known, again.known) == (False, True)
    assert files.path(first.sha256).stat().st_mtime_ns == at, "it is not written again"
    assert len(list(files.folder.iterdir())) == 1


def test_several_threads_may_add_one_file_at_once(files: CaptureFiles):
    content = os.urandom(300_000)
    threads = [threading.Thread(target=files.add, args=(content,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sha256 = hashlib.sha256(content).hexdigest()
    assert [each.name for each in files.folder.iterdir()] == [sha256]
    assert files.state(sha256) is FileState.SOUND


def test_empty_and_large_files_and_too_many_are_refused(
    files: CaptureFiles, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(CaptureError, match="found an empty one"):
        files.add(b"")
    monkeypatch.setattr(capture_files, "MOST_BYTES", 10)
    with pytest.raises(CaptureError, match="found a larger one"):
        files.add(b"x" * 11)
    assert not files.folder.exists(), "nothing was written"
    monkeypatch.setattr(capture_files, "MOST_FILES", 1)
    files.add(b"one")
    with pytest.raises(CaptureError, match="at most 1 captured files"):
        files.add(b"two")
    files.add(b"one")
    assert len(list(files.folder.iterdir())) == 1


NO_HASHES = [
    "",
    "..",
    "../workspace.sqlite",
    "/etc/passwd",
    "a" * 63,
    "A" * 64,
    "a" * 64 + "/",
    "a" * 64 + "\n",
    "\u0661" * 64,
    "a" * 32 + "\0" * 32,
]


@pytest.mark.parametrize("name", NO_HASHES)
def test_what_is_no_hash_is_no_path(files: CaptureFiles, name: str):
    with pytest.raises(CaptureError):
        files.path(name)


@given(st.text(max_size=80))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_leads_out_of_the_folder(files: CaptureFiles, text: str):
    try:
        path = files.path(text)
    except CaptureError:
        return
    assert path.parent == files.folder
    assert path.name == text


def test_a_missing_and_an_altered_file_and_a_link_are_told(files: CaptureFiles, tmp_path: Path):
    sha256 = files.add(HTML).sha256
    path = files.path(sha256)
    assert files.state(sha256) is FileState.SOUND
    path.chmod(0o644)
    path.write_bytes(HTML.replace(b"ran", b"RAN"))
    assert files.state(sha256) is FileState.ALTERED, "of the same size"
    path.unlink()
    assert files.state(sha256) is FileState.MISSING
    secret = tmp_path / "secret"
    secret.write_bytes(HTML)
    path.symlink_to(secret)
    assert files.state(sha256) is FileState.ALTERED, "a link is not followed"
    path.unlink()
    path.mkdir()
    assert files.state(sha256) is FileState.ALTERED


def test_an_altered_file_is_put_right_by_the_same_file_and_stays_beside_it(files: CaptureFiles):
    sha256 = files.add(HTML).sha256
    files.path(sha256).chmod(0o644)
    files.path(sha256).write_bytes(b"other")
    assert not files.add(HTML).known
    assert files.state(sha256) is FileState.SOUND
    assert (files.folder / f"{sha256}.altered").read_bytes() == b"other"


def test_the_records_and_the_log_name_the_files(workspace: Workspace, corpus: Corpus):
    first = added(workspace, corpus, HTML)
    second = added(workspace, corpus, PDF, name="../../etc/passwd")
    remove_capture(EditSession(workspace, corpus, "Rana"), first, why="wrong page")
    assert recorded(workspace.path, first.sha256) is None
    assert recorded(workspace.path, second.sha256) == second
    assert recorded(workspace.path, "' OR 1") is None
    assert named_files(workspace.path) == sorted([first.sha256, second.sha256])
    assert workspace.captures.state(first.sha256) is FileState.SOUND, "the file stays"
    assert proof_in(workspace).of_claim(claim_of(corpus)).captures == (second,)


def test_a_backup_has_every_file_once_and_brings_it_back(workspace: Workspace, corpus: Corpus):
    sound, lost = added(workspace, corpus, HTML), added(workspace, corpus, png())
    backup = make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    copies = captures_folder(backup.path)
    assert backup.faults == ()
    assert copies.parent == workspace.backups
    assert {path.name for path in copies.iterdir()} == {sound.sha256, lost.sha256}
    stamps = {path.name: path.stat().st_mtime_ns for path in copies.iterdir()}
    make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    assert {path.name: path.stat().st_mtime_ns for path in copies.iterdir()} == stamps
    assert verify_captures(backup.path) == []

    workspace.captures.path(lost.sha256).unlink()
    altered = workspace.captures.path(sound.sha256)
    altered.chmod(0o644)
    altered.write_bytes(b"changed")
    assert verify_captures(workspace.path) == sorted([
        f"captured file {lost.sha256}: it is missing",
        f"captured file {sound.sha256}: its hash is another, so it was changed from outside",
    ], key=lambda line: line.split()[2])  # fmt: skip
    done = restore(workspace.path, backup.path, workspace.backups, "Rana")
    assert done.faults == ()
    assert verify_captures(workspace.path) == []


def test_a_file_that_is_lost_everywhere_stops_no_backup_and_no_restoration(
    workspace: Workspace, corpus: Corpus
):
    lost = added(workspace, corpus, HTML)
    workspace.captures.path(lost.sha256).unlink()
    backup = make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    finding = f"captured file {lost.sha256}: it is missing"
    assert backup.faults == (finding,)
    assert [each.path for each in backups_of(workspace.path, workspace.backups)] == [backup.path]
    assert restore(workspace.path, backup.path, workspace.backups, "Rana").faults == (finding,)
    assert verify(workspace.path) == []


def test_the_command_says_what_is_missing(
    workspace: Workspace, corpus: Corpus, capsys: pytest.CaptureFixture[str]
):
    arguments = ["--workspace", str(workspace.path)]
    lost = added(workspace, corpus, HTML)
    assert main([*arguments, "verify"]) == 0
    assert main([*arguments, "backup"]) == 0
    capsys.readouterr()
    workspace.captures.path(lost.sha256).unlink()
    assert main([*arguments, "verify"]) == 1
    assert f"captured file {lost.sha256}: it is missing" in capsys.readouterr().out
    # The copy of the first backup is there still.
    assert main([*arguments, "backup"]) == 0
    assert main([*arguments, "restore", "latest"]) == 0
    assert main([*arguments, "verify"]) == 0


def test_a_workspace_of_version_5_is_migrated(tmp_path: Path, corpus: Corpus):
    path = tmp_path / "workspace.sqlite"
    _of_version_5(path)
    workspace = Workspace(path)
    assert verify(path) == []
    assert [each.reason for each in backups_of(path, workspace.backups)] == [Reason.MIGRATION]
    capture = added(workspace, corpus, HTML)
    assert recorded(path, capture.sha256) == capture


def _of_version_5(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        schema._add_functions(connection)
        for step in schema._STEPS[:5]:
            connection.executescript(step)
        connection.execute(
            "INSERT INTO entry VALUES (1, '2026-01-01T00:00:00+00:00', 'w', '\"x\"', '\"\"', NULL)"
        )
        connection.execute("PRAGMA user_version = 5")
        connection.commit()
