"""A watched folder: each file once, when it is complete; what is wrong is said once."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboard.ingest.watch import Watch, last_of
from dashboard.ingest.workspace_writer import Report
from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.store import capture_files
from dashboard.store.captures import verify_captures
from dashboard.store.merge import with_workspace
from dashboard.store.problems import WorkspaceError
from dashboard.store.workspace import Workspace
from tests.e2e.server import ROOT
from tests.quality.annotated import outlets

TEXTS = [f"{item.published}\n\n{item.text}" for item in outlets()[:3]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace.sqlite")


@pytest.fixture
def watched(folder: Path, workspace: Workspace, corpus: Corpus) -> Watch:
    return Watch(folder, "test", lambda: (workspace, with_workspace(corpus, workspace)))


def look(watched: Watch) -> Report | None:
    return last_of(watched.look())


def test_a_file_is_read_once_and_only_when_it_is_complete(watched, folder, workspace):
    path = folder / "one.txt"
    path.write_text(TEXTS[0][:80], encoding="utf-8")
    assert look(watched) is None
    path.write_text(TEXTS[0], encoding="utf-8")
    assert look(watched) is None
    report = look(watched)
    assert report is not None
    assert (report.files, report.articles) == (1, 1)
    assert look(watched) is None
    assert workspace.count(Table.ARTICLE) == 1
    path.write_text(TEXTS[1], encoding="utf-8")
    assert look(watched) is None
    changed = look(watched)
    assert changed is not None
    assert changed.articles == 1
    assert workspace.count(Table.ARTICLE) == 2


def test_another_watch_reads_no_article_again(watched, folder, workspace, corpus):
    (folder / "one.txt").write_text(TEXTS[0], encoding="utf-8")
    look(watched)
    look(watched)
    later = Watch(folder, "test", lambda: (workspace, with_workspace(corpus, workspace)))
    look(later)
    report = look(later)
    assert report is not None
    assert (report.articles, report.known) == (0, 1)


def test_faults_are_listed_once_and_links_are_not_followed(watched, folder, tmp_path, workspace):
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXTS[0], encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    (folder / "empty.txt").write_bytes(b"")
    look(watched)
    report = look(watched)
    assert report is not None
    assert {fault.file for fault in report.faults} == {"link.txt", "empty.txt"}
    assert look(watched) is None
    assert workspace.count(Table.ARTICLE) == 0


def test_after_an_error_the_same_files_are_read(folder, workspace, corpus):
    (folder / "one.txt").write_text(TEXTS[0], encoding="utf-8")
    away = [True]

    def load() -> tuple[Workspace, Corpus]:
        if away.pop():
            raise OSError("the database is away")
        return workspace, corpus

    watched = Watch(folder, "test", load)
    look(watched)
    with pytest.raises(OSError, match="away"):
        look(watched)
    away.append(False)
    report = look(watched)
    assert report is not None
    assert report.articles == 1


def test_a_missing_folder_is_an_error(watched, folder):
    folder.rmdir()
    with pytest.raises(NotADirectoryError, match="expected a folder"):
        look(watched)


def test_the_command_reads_and_ends_in_order(folder, tmp_path):
    (folder / "one.txt").write_text(TEXTS[0], encoding="utf-8")
    path = tmp_path / "workspace.sqlite"
    command = [sys.executable, "-m", "dashboard", "watch", str(folder), "--every", "1"]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "EVENT_MAP_WORKSPACE": str(path)}
    )
    try:
        deadline = time.monotonic() + 120
        while not (path.exists() and Workspace(path).count(Table.ARTICLE)):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()


def test_a_maildir_is_read_and_what_cannot_be_read_is_listed(watched, folder, workspace):
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir()
    head = b"From: News <news@example.org>\nDate: Mon, 25 Jan 2021 01:30:00 +0300\n\n"
    mail = head + TEXTS[0].encode()
    (folder / "new" / "1611500000.a").write_bytes(mail)
    (folder / "new" / "1611500001.b").write_bytes(head + b"Not Arabic.")
    (folder / "tmp" / "1611500002.c").write_bytes(head + TEXTS[1].encode())
    look(watched)
    report = look(watched)
    assert report is not None
    assert (report.files, report.articles) == (2, 1)
    assert [(fault.file, fault.expected) for fault in report.faults] == [
        ("1611500001.b", "Arabic text")
    ]
    (original,) = [item.value for item in workspace.all(Table.CAPTURE).values()]
    assert workspace.captures.path(original.sha256).read_bytes() == mail
    # A mail program marks it as seen.
    (folder / "new" / "1611500000.a").rename(folder / "cur" / "1611500000.a:2,S")
    look(watched)
    again = look(watched)
    assert again is not None
    assert (again.articles, again.known) == (0, 1)


def test_on_a_full_disk_what_was_read_is_there_and_the_rest_is_read_later(
    watched, folder, workspace, monkeypatch
):
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    look(watched)
    sync, written = capture_files.sync_file, []

    def full(path: Path) -> None:
        written.append(path)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(path)

    monkeypatch.setattr(capture_files, "sync_file", full)
    with pytest.raises(WorkspaceError, match="No space is left on the disk"):
        look(watched)
    # What the record says is there, is there.
    assert workspace.count(Table.ARTICLE) == workspace.count(Table.CAPTURE) == 1
    assert verify_captures(workspace.path) == []
    report = look(watched)
    assert report is not None
    assert (report.articles, report.known) == (2, 1)
    assert workspace.count(Table.CAPTURE) == len(TEXTS)
