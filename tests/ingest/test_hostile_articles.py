"""Articles made to end a batch: each costs itself, with a line, and the others are read."""

import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from dashboard.ingest import parallel, worker
from dashboard.ingest.run import Workers, files_at, ingest
from dashboard.ingest.work import File
from dashboard.ingest.workspace_writer import Report
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.model.records import Table
from dashboard.sandbox.limits import Limits
from dashboard.store.workspace import Workspace
from tests.quality.annotated import outlets


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace.sqlite")


def good(number: int) -> str:
    return outlets()[number].text


def run(
    workspace: Workspace, corpus: Corpus, *files: File, workers: Workers | None = None
) -> Report:
    *_, report = ingest(workspace, corpus, files, workers or Workers(), "test")
    return report


def between(bad: File) -> tuple[File, File, File]:
    return File("first.txt", good(0).encode()), bad, File("last.txt", good(1).encode())


def table(text: str, published: str) -> File:
    cell = text.replace('"', '""')
    return File("table.csv", f'text,published\n"{cell}",{published}\n'.encode())


def page(text: str, head: str) -> File:
    body = f"<article><h1>عنوان</h1><p>{text}</p></article>"
    return File("page.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2100-01-01", "0001-01-01T00:00:00+14:00"]
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_day_at_the_edge_of_the_calendar(
    workspace: Workspace, corpus: Corpus, day: str, workers: int
):
    text = f"أمس وقبل أسبوع وقبل شهر وغدا، {good(2)}"
    report = run(workspace, corpus, *between(table(text, day)), workers=Workers(workers))
    assert report.articles + len(report.faults) == 3
    assert report.articles >= 2
    assert workspace.count(Table.ARTICLE) == report.articles


@pytest.mark.parametrize("charset", ["undefined", "punycode", "unicode_escape", "base64", "utf-7"])
def test_an_encoding_that_is_none_of_a_page(workspace: Workspace, corpus: Corpus, charset: str):
    bad = page(good(2), f"<meta charset={charset}>")
    # Not UTF-8, so that what the page declares is asked.
    bad = File(bad.name, bad.content.decode().encode("windows-1256", errors="ignore"))
    report = run(workspace, corpus, *between(bad))
    assert report.articles == 3
    assert report.faults == []


@pytest.mark.parametrize(
    "content",
    [
        page(good(2) + "&#xD800;", "<title>x&#xDFFF;</title>").content,
        good(2).encode("utf-16", errors="surrogatepass") + b"\x00\xd8",
        (good(2) + "\ud800").encode("utf-8", errors="surrogatepass"),
    ],
)
@pytest.mark.parametrize("name", ["a.html", "a.txt", "a\ud800.txt"])
def test_half_a_surrogate_pair_is_not_stored(
    workspace: Workspace, corpus: Corpus, content: bytes, name: str
):
    report = run(workspace, corpus, *between(File(name, content)))
    assert report.articles >= 2
    assert report.articles + len(report.faults) >= 3
    for text in workspace.texts().values():
        text.encode("utf-8")


@pytest.fixture(scope="module")
def archive() -> File:
    """One file with more articles than are read in some seconds."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for at in range(4_000):
            zipped.writestr(f"{at}.txt", f"{at} {good(at % 20)}")
    return File("many.zip", content.getvalue())


def test_a_reader_that_is_ended_costs_its_file_but_for_what_it_had_read(
    workspace: Workspace, corpus: Corpus, archive: File, readers: list[int]
):
    ended = threading.Event()

    def kill_soon() -> None:
        time.sleep(2)
        os.kill(readers[-1], signal.SIGKILL)
        ended.set()

    def files() -> Iterator[File]:
        yield File("first.txt", good(0).encode())
        threading.Thread(target=kill_soon, daemon=True).start()
        yield archive
        yield File("last.txt", good(1).encode())

    *_, report = ingest(workspace, corpus, files(), Workers(), "test")
    assert ended.is_set()
    assert [fault.file for fault in report.faults if "stopped" in fault.found] == ["many.zip"]
    assert report.files == 3
    assert 2 < report.articles + len(report.duplicates) < 4_002
    # A file that was not read to its end is read again the next time.
    assert workspace.count(Table.FILE) == 2


def test_a_file_that_takes_too_long_costs_itself(
    workspace: Workspace, corpus: Corpus, archive: File, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(parallel, "_LIMITS", Limits(cpu_s=2, silence_s=60))
    report = run(workspace, corpus, *between(archive))
    assert "processor time" in report.faults[0].found
    assert report.files == 3


def test_cancelling_works_within_a_file(workspace: Workspace, corpus: Corpus, archive: File):
    cancelled = threading.Event()
    # A process that starts to read needs a second or two on a busy machine.
    threading.Timer(5, cancelled.set).start()
    report = run(workspace, corpus, archive, workers=Workers(cancelled=cancelled.is_set))
    assert report.faults == []
    assert report.articles + len(report.duplicates) < 4_000
    assert workspace.count(Table.ARTICLE) == report.articles > 0


def _three() -> File:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for at in range(3):
            zipped.writestr(f"{at}.txt", good(at))
    return File("three.zip", content.getvalue())


def test_an_error_of_the_reader_costs_the_article(
    workspace: Workspace, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
):
    """Whatever reading a text may raise is a line, and the next article is read."""
    from dashboard.ingest import work
    from dashboard.ingest.run import knowledge_of

    whole = work.read_document

    def fails_once(document: work.Document, knowledge: work.Knowledge) -> work.ArticleReading:
        if document.name.endswith("1.txt"):
            raise OverflowError("date value out of range")
        return whole(document, knowledge)

    monkeypatch.setattr(work, "read_document", fails_once)
    knowledge = knowledge_of(workspace, corpus)
    list(worker.set_knowledge(knowledge))
    answers = list(worker.read(_three()))
    assert sum(answer.article is not None for answer in answers) == 2
    assert [answer.fault.found for answer in answers if answer.fault] == [
        "OverflowError: date value out of range"
    ]


def test_names_beyond_those_that_are_queued_are_counted(workspace: Workspace, corpus: Corpus):
    villages = "، ".join(
        f"قرية {chr(0x628 + at % 20)}{chr(0x62A + at // 20)}ختور" for at in range(400)
    )
    text = f"{good(0)}\n" + "\n".join(f"{villages} {turn}" for turn in range(4))
    report = run(workspace, corpus, File("villages.txt", text.encode()))
    (fault,) = report.faults
    assert "at most 1,000 unknown names" in fault.expected
    assert report.articles == 1
    assert report.unknown == 1_000


def test_pipes_devices_and_links_of_a_folder_are_not_opened(tmp_path: Path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(good(0), encoding="utf-8")
    (tmp_path / "private.txt").write_text(good(1), encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    (tmp_path / "elsewhere").mkdir()
    (folder / "more").symlink_to(tmp_path / "elsewhere")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "private.txt").symlink_to(tmp_path / "private.txt")
    faults: list[Fault] = []
    assert [file.name for file in files_at([folder], faults)] == ["good.txt"]
    assert {fault.file for fault in faults} == {"pipe.txt", "zero.txt", "private.txt", "more"}
    # What is named itself may be a link.
    assert len(list(files_at([folder / "private.txt"], faults))) == 1
    assert list(files_at([folder / "pipe.txt", Path("/dev/zero")], faults)) == []
