"""The original of each article: untouched bytes with hash, time, tool and link, in both databases."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime

import pytest

from dashboard.documents import read
from dashboard.ingest.originals import Originals
from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.ingest.workspace_writer import Report
from dashboard.model.article import PASTED
from dashboard.model.capture import Capture, CaptureMethod
from dashboard.model.corpus import Corpus
from dashboard.model.records import ArticleRecord, Table
from dashboard.store import capture_files
from dashboard.store.capture_files import FileState
from dashboard.store.captures import verify_captures
from dashboard.store.merge import with_workspace
from dashboard.store.proof import proof_in
from dashboard.store.workspace import Workspace
from tests.documents.test_feed import RSS
from tests.quality.annotated import outlets

TEXTS = [f"{item.published}\n\n{item.text}" for item in outlets()[:4]]
LINK = "https://news.example/2021/1"


@pytest.fixture
def workspace(open_one) -> Workspace:
    return open_one()


def page(text: str) -> bytes:
    link = f'<link rel="canonical" href="{LINK}">'
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    body = f"<html><head>{link}</head><body><article>{paragraphs}</article></body></html>"
    # As an old page has it: the bytes are not those of the text.
    return body.encode("windows-1256", "xmlcharrefreplace")


def archive(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


def table(*texts: str) -> bytes:
    rows = "".join(f'"{text}"\r\n' for text in texts)
    return f"text\r\n{rows}".encode()


def received(workspace: Workspace, corpus: Corpus, *files: File) -> Report:
    *_, report = ingest(workspace, with_workspace(corpus, workspace), files, Workers(), "spool")
    return report


def originals(workspace: Workspace) -> dict[str, Capture]:
    """The original of each article by the name of its file."""
    captures = workspace.all(Table.CAPTURE).values()
    return {row.value.name: row.value for row in captures if isinstance(row.value, Capture)}


def stored(workspace: Workspace, capture: Capture) -> bytes:
    assert workspace.captures.state(capture.sha256) is FileState.SOUND
    return workspace.captures.path(capture.sha256).read_bytes()


def test_a_page_is_stored_untouched_with_all_that_is_known(workspace, corpus):
    content, before = page(TEXTS[0]), datetime.now(UTC).date()
    report = received(workspace, corpus, File("one.html", content))
    (capture,) = originals(workspace).values()
    assert stored(workspace, capture) == content
    assert capture.sha256 == hashlib.sha256(content).hexdigest()
    assert (capture.article_id, capture.claim_id) == (report.article_ids[0], None)
    assert (capture.size, capture.media_type) == (len(content), "text/html")
    assert (capture.method, capture.taken_by) == (CaptureMethod.RECEIVED, "spool")
    assert before <= capture.day <= datetime.now(UTC).date()
    assert capture.time is not None
    assert capture.tool.startswith("event-map ")
    article = workspace.get(Table.ARTICLE, capture.article_id)
    assert article is not None
    assert isinstance(article.value, ArticleRecord)
    assert article.value.article.url == LINK
    assert verify_captures(workspace.path, workspace.source) == []


def test_an_archive_gives_each_article_its_own_file_and_a_table_itself(workspace, corpus):
    files = {"a.html": page(TEXTS[0]), "b.txt": TEXTS[1].encode()}
    sheet = table(TEXTS[2], TEXTS[3])
    received(workspace, corpus, File("all.zip", archive(files)), File("sheet.csv", sheet))
    found = originals(workspace)
    assert stored(workspace, found["all.zip: a.html"]) == files["a.html"]
    assert stored(workspace, found["all.zip: b.txt"]) == files["b.txt"]
    assert stored(workspace, found["sheet.csv, row 2"]) == sheet
    assert found["sheet.csv, row 3"].sha256 == found["sheet.csv, row 2"].sha256


def test_a_table_in_an_archive_and_what_is_too_much_have_the_archive(
    workspace, corpus, monkeypatch
):
    monkeypatch.setattr(read, "_MOST_ORIGINALS", 10)
    packed = archive({"sheet.csv": table(TEXTS[2]), "b.txt": TEXTS[1].encode()})
    items = list(read.iter_documents("all.zip", packed))
    assert [item.original for item in items if isinstance(item, read.Document)] == [None, None]
    monkeypatch.undo()
    items = list(read.iter_documents("all.zip", archive({"feed.xml": RSS.encode()})))
    assert [item.original for item in items if isinstance(item, read.Document)] == [None, None]
    received(workspace, corpus, File("all.zip", archive({"sheet.csv": table(TEXTS[2])})))
    (capture,) = originals(workspace).values()
    assert capture.media_type == "application/zip"


def test_of_a_pasted_text_the_original_is_the_text(workspace, corpus):
    received(workspace, corpus, File(PASTED, table(TEXTS[0]), pasted=True))
    (capture,) = originals(workspace).values()
    assert stored(workspace, capture) == TEXTS[0].strip().encode()


def test_a_text_that_was_read_before_adds_no_original(workspace, corpus):
    received(workspace, corpus, File("one.txt", TEXTS[0].encode()))
    report = received(workspace, corpus, File("again.txt", TEXTS[0].encode()))
    assert report.known == 1
    assert set(originals(workspace)) == {"one.txt"}


def test_an_undone_reading_takes_the_record_and_reading_again_gives_it(workspace, corpus):
    received(workspace, corpus, File("one.txt", TEXTS[0].encode()))
    workspace.undo(workspace.version(), who="Rana", why="")
    assert proof_in(workspace).captures == {}
    received(workspace, corpus, File("one.txt", TEXTS[0].encode()))
    assert set(originals(workspace)) == {"one.txt"}


def test_a_file_that_cannot_be_stored_is_a_fault_and_read_all_the_same(
    workspace, corpus, monkeypatch
):
    monkeypatch.setattr(capture_files, "MOST_BYTES", 10)
    report = received(workspace, corpus, File("one.txt", TEXTS[0].encode()))
    assert report.articles == 1
    assert [(fault.file, fault.field) for fault in report.faults] == [("one.txt", "original")]
    assert originals(workspace) == {}


def test_the_file_of_many_rows_is_stored_once(workspace, monkeypatch):
    added = []
    add = workspace.captures.add
    monkeypatch.setattr(
        workspace.captures, "add", lambda content: (added.append(1), add(content))[1]
    )
    originals_of, content = Originals(workspace.captures, "spool"), b"one file"
    rows = [originals_of.store(f"a{number}", "sheet.csv", content) for number in range(3)]
    assert len(added) == 1
    assert len({row.capture_id for row in rows if isinstance(row, Capture)}) == 3
