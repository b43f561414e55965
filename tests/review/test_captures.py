"""Proof of claims put right by hand: added, marked, removed, undone, and refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dashboard.model.capture import Capture, SourceLinks, subject_id
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim
from dashboard.model.records import Table
from dashboard.review import captures, history
from dashboard.review.captures import (
    MOST_CAPTURES,
    add_capture,
    mark_graphic,
    remove_capture,
    set_links,
    web_link,
)
from dashboard.review.edit_session import EditSession
from dashboard.review.history import event_entries
from dashboard.store.capture_files import CaptureError, FileState
from dashboard.store.proof import proof_in
from dashboard.store.verify import verify
from dashboard.store.workspace import ConflictError, Workspace
from tests.store.capture_samples import EVENT, HTML, PDF, added, capture, claim_of, png
from tests.store.sample_workspaces import replayed, stored

_MODULES = (captures, history)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace.sqlite")


@pytest.fixture
def session(workspace: Workspace, corpus: Corpus) -> EditSession:
    return EditSession(workspace, corpus, "Rana")


@pytest.fixture
def claim(corpus: Corpus) -> Claim:
    return claim_of(corpus)


def captured(session: EditSession, claim: Claim) -> tuple[Capture, ...]:
    return proof_in(session.workspace).of_claim(claim).captures


def test_a_capture_has_what_the_content_says_and_one_entry(session: EditSession, claim: Claim):
    lies = capture(claim, sha256="a" * 64, size=1, media_type="image/png", name="x.png")
    add_capture(session, HTML, lies, why="proof")
    (record,) = captured(session, claim)
    assert (record.size, record.media_type) == (len(HTML), "text/html")
    assert record.sha256 == session.workspace.captures.describe(HTML).sha256
    (entry,) = session.workspace.log()
    assert (entry.who, str(entry.what)) == (
        "Rana",
        f"added a captured file, SHA-256 {record.sha256}",
    )


def test_a_name_is_kept_as_text_and_never_a_path(session: EditSession, claim: Claim):
    for number, name in enumerate(
        ["../../../etc/cron.d/x", "/abs", "a\x00b", "\u202egpj.exe", "n" * 900]
    ):
        add_capture(session, b"%d" % number, capture(claim, name=name), why="")
    names = {record.name for record in captured(session, claim)}
    assert "../../../etc/cron.d/x" in names
    assert max(map(len, names)) == captures.MOST_NAME
    folder = session.workspace.captures.folder
    assert {path.name for path in folder.iterdir()} == {r.sha256 for r in captured(session, claim)}
    assert not (folder.parent.parent / "etc").exists()


@given(name=st.text(max_size=60), content=st.binary(min_size=1, max_size=200))
@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_and_bytes_are_stored_as_they_are(
    session: EditSession, claim: Claim, name: str, content: bytes
):
    encodable = name.encode("utf-8", "replace").decode()
    record = capture(claim, name=encodable)
    for known in captured(session, claim):
        remove_capture(session, known, why="")
    add_capture(session, content, record, why="")
    sha256 = session.workspace.captures.describe(content).sha256
    stored_value = session.workspace.get(Table.CAPTURE, replace(record, sha256=sha256).capture_id)
    assert stored_value is not None
    assert isinstance(stored_value.value, Capture)
    assert stored_value.value.name == encodable
    assert session.workspace.captures.path(sha256).read_bytes() == content


def test_one_file_may_be_proof_of_a_claim_and_of_its_article(session: EditSession, claim: Claim):
    add_capture(session, PDF, capture(claim), why="")
    with pytest.raises(CaptureError, match="captured here already"):
        add_capture(session, PDF, capture(claim), why="")
    add_capture(session, PDF, capture(claim, claim_id=None), why="")
    assert len(captured(session, claim)) == 2
    assert len(list(session.workspace.captures.folder.iterdir())) == 1
    other = next(
        row
        for row in session.corpus.events.claims
        if row.article_id == claim.article_id and row.claim_id != claim.claim_id
    )
    assert [record.claim_id for record in captured(session, other)] == [None]


def test_what_is_refused_writes_nothing(session: EditSession, claim: Claim):
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    for content, record in [
        (b"", capture(claim)),
        (HTML, capture(claim, day=tomorrow)),
        (HTML, capture(claim, article_id="nowhere")),
        (HTML, capture(claim, claim_id="nowhere")),
        (HTML, capture(claim, article_id=_another_article(session, claim))),
    ]:
        with pytest.raises(CaptureError):
            add_capture(session, content, record, why="")
    assert session.workspace.version() == 0
    assert not session.workspace.captures.folder.exists()


def _another_article(session: EditSession, claim: Claim) -> str:
    return next(key for key in session.corpus.articles if key != claim.article_id)


def test_a_claim_has_a_limited_number(session: EditSession, claim: Claim):
    for number in range(MOST_CAPTURES):
        add_capture(session, b"%d" % number, capture(claim), why="")
    with pytest.raises(CaptureError, match=f"at most {MOST_CAPTURES} captured files of one claim"):
        add_capture(session, b"more", capture(claim), why="")


def test_marks_and_removals_are_undone(session: EditSession, claim: Claim):
    workspace = session.workspace
    record = added(workspace, session.corpus, png())
    mark_graphic(session, record, graphic=True, why="blood")
    (marked,) = captured(session, claim)
    assert marked == replace(record, graphic=True)
    with pytest.raises(CaptureError, match="meanwhile"):
        remove_capture(session, record, why="seen before the mark")
    remove_capture(session, marked, why="wrong page")
    assert captured(session, claim) == ()
    assert workspace.captures.state(record.sha256) is FileState.SOUND
    workspace.undo(workspace.version(), who="Omar", why="right after all")
    assert captured(session, claim) == (marked,)
    workspace.undo(2, who="Omar", why="not graphic")
    assert captured(session, claim) == (record,)
    remove_capture(session, record, why="again")
    add_capture(session, png(), capture(claim), why="once more")
    assert len(captured(session, claim)) == 1
    assert replayed(workspace) == stored(workspace)
    assert verify(workspace.path) == []


def test_links_are_corrected_and_those_of_the_claim_win(session: EditSession, claim: Claim):
    article, own = subject_id(claim.article_id, None), subject_id(claim.article_id, claim.claim_id)
    of_article = SourceLinks(
        claim.article_id, None, " https://a.example/1 ", "https://web.archive.org/1"
    )
    set_links(session, of_article, version=0, why="found")
    set_links(
        session,
        SourceLinks(claim.article_id, claim.claim_id, "http://b.example/", ""),
        version=0,
        why="",
    )
    proof = proof_in(session.workspace).of_claim(claim, "https://came.with/the-article")
    assert (proof.original, proof.archived) == ("http://b.example/", "https://web.archive.org/1")
    with pytest.raises(ConflictError):
        set_links(session, of_article, version=0, why="late")
    version = session.version(Table.SOURCE_LINKS, own)
    set_links(
        session,
        SourceLinks(claim.article_id, claim.claim_id, None, None),
        version=version,
        why="wrong",
    )
    assert proof_in(session.workspace).of_claim(claim).original == "https://a.example/1"
    session.workspace.undo(1, who="Omar", why="")
    proof = proof_in(session.workspace).of_claim(claim, "https://came.with/the-article")
    assert (proof.original, proof.archived) == ("https://came.with/the-article", None)
    assert session.version(Table.SOURCE_LINKS, article) == session.workspace.version()
    assert replayed(session.workspace) == stored(session.workspace)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example",
        "a.example",
        "ftp://a.example",
        "https://",
        "https://user@a.example",
        "http://a b.example",
        "https://a.example/\u202ex",
        "https://[::1",
        "file:///etc/passwd",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_only_links_of_the_web_are_links(link: str):
    with pytest.raises(CaptureError, match="https://"):
        web_link(link)


@given(st.text(max_size=100))
def test_a_link_is_refused_or_begins_with_http(text: str):
    try:
        link = web_link(text)
    except CaptureError:
        return
    assert link is None or link.lower().startswith(("http://", "https://"))


def test_the_history_of_an_event_has_its_proof(session: EditSession, claim: Claim):
    record = added(session.workspace, session.corpus, HTML)
    remove_capture(session, record, why="wrong page")
    set_links(
        session,
        SourceLinks(claim.article_id, None, "https://a.example/", None),
        version=0,
        why="found",
    )
    foreign = next(c for c in session.corpus.events.claims if c.article_id != claim.article_id)
    add_capture(session, PDF, capture(foreign), why="of another event")
    entries = event_entries(session.workspace, session.corpus, EVENT)
    assert [entry.seq for entry in entries] == [3, 2, 1] or foreign.event_id == EVENT
    assert date(2026, 11, 20) == record.day
