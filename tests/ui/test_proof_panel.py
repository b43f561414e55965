"""The proof of a claim on the Review page and in the evidence, through AppTest."""

from datetime import date, time

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.capture import Capture, CaptureMethod, SourceLinks
from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.store.capture_files import FileState
from dashboard.store.proof import proof_in
from dashboard.store.workspace import Workspace
from dashboard.ui.review import capture_form, proof_panel
from tests.store.capture_samples import EVENT, HTML, added, claim_of, png
from tests.ui.running import html, panel, texts

_MODULES = (capture_form, proof_panel)


def _event_page() -> None:
    import streamlit as st

    from dashboard.ui import shell
    from dashboard.ui.actions import show_outcome
    from dashboard.ui.project import load
    from dashboard.ui.review.event_edit import edit_event_panel
    from tests.ui.running import register_pages

    register_pages()
    show_outcome(load(), shell.link_to)
    edit_event_panel(load(), st.session_state["shown_event"])


def _evidence() -> None:
    from dashboard.query.query import Query
    from dashboard.ui.explore.evidence_panel import evidence_panel
    from dashboard.ui.project import catalog, load
    from tests.store.capture_samples import EVENT
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    evidence_panel(loaded, catalog(loaded), Query(event_id=EVENT))


def press(app: AppTest, ending: str) -> None:
    next(button for button in app.button if (button.key or "").endswith(ending)).click().run()
    assert not app.exception, app.exception


def opened(corpus: Corpus) -> AppTest:
    """The event's page with the proof of its first claim."""
    app = panel(_event_page, "Rana", shown_event=EVENT)
    press(app, f"claim_{claim_of(corpus).claim_id}_proof")
    return app


def upload(app: AppTest, name: str, content: bytes) -> None:
    app.file_uploader[0].set_value((name, content, "image/png")).run()
    assert not app.exception, app.exception


def fill(app: AppTest, kind: str, ending: str, value: object) -> None:
    fields = getattr(app, kind)
    next(field for field in fields if (field.key or "").endswith(ending)).set_value(value).run()
    assert not app.exception, app.exception


def describe(app: AppTest) -> None:
    fill(app, "date_input", "_day", date(2026, 11, 20))
    fill(app, "time_input", "_time", time(9, 5))
    fill(app, "selectbox", "_method", CaptureMethod.SCREENSHOT)


def captured(workspace: Workspace, corpus: Corpus) -> tuple[Capture, ...]:
    return proof_in(workspace).of_claim(claim_of(corpus)).captures


def test_a_file_is_added_with_what_its_content_says(workspace: Workspace, corpus: Corpus):
    app = opened(corpus)
    upload(app, "picture.png", HTML)
    assert "By its content: text/html" in texts(app).replace("\\", "")
    press(app, "_0_add")
    assert "Still needed: the day of capture and how it was captured." in texts(app)
    assert captured(workspace, corpus) == ()
    describe(app)
    press(app, "_0_add")
    (record,) = captured(workspace, corpus)
    assert (record.media_type, record.name, record.method) == (
        "text/html",
        "picture.png",
        CaptureMethod.SCREENSHOT,
    )
    assert (record.day, record.time, record.taken_by) == (date(2026, 11, 20), time(9, 5), "Rana")
    assert record.sha256 in html(app)
    assert "<img" not in html(app)
    assert "✓ Added the captured file: picture.png" in texts(app)
    upload(app, "again.png", HTML)
    assert "The same file is in this workspace already. It is stored once." in texts(app)


def test_a_file_without_content_is_refused(workspace: Workspace, corpus: Corpus):
    app = opened(corpus)
    upload(app, "empty.png", b"")
    assert "found an empty one" in texts(app)
    # The original of the article that was read is there.
    assert len(list(workspace.captures.folder.iterdir())) == 1


def test_a_capture_is_marked_and_removed_and_each_is_undone(workspace: Workspace, corpus: Corpus):
    record = added(workspace, corpus, png())
    app = opened(corpus)
    assert "<img" in html(app)
    assert "<details" not in html(app)
    press(app, f"{record.sha256[:12]}_graphic")
    assert captured(workspace, corpus)[0].graphic
    assert '<details class="graphic">' in html(app)
    press(app, f"{record.sha256[:12]}_remove")
    assert "Still needed: a reason." in texts(app)
    fill(app, "text_input", f"{record.sha256[:12]}_why", "wrong page")
    press(app, f"{record.sha256[:12]}_remove")
    assert captured(workspace, corpus) == ()
    next(button for button in app.button if button.label == "Undo").click().run()
    assert [each.sha256 for each in captured(workspace, corpus)] == [record.sha256]


def test_links_are_saved_for_the_whole_article(workspace: Workspace, corpus: Corpus):
    app = opened(corpus)
    fill(app, "radio", "_whole", value=True)
    fill(app, "text_input", "_original", "javascript:alert(1)")
    fill(app, "text_input", "_links_why", "found")
    press(app, "_links_save")
    assert "expected a link that begins with https" in texts(app).replace("\\", "")
    assert workspace.count(Table.SOURCE_LINKS) == 0
    fill(app, "text_input", "_original", "https://a.example/1")
    press(app, "_links_save")
    claim = claim_of(corpus)
    (stored,) = workspace.all(Table.SOURCE_LINKS).values()
    assert stored.value == SourceLinks(claim.article_id, None, "https://a.example/1", None)
    assert 'href="https://a.example/1"' in html(app)


@pytest.mark.parametrize("state", FileState)
def test_the_evidence_shows_captures_and_tells_faulty_files(
    workspace: Workspace, corpus: Corpus, state: FileState
):
    record = added(workspace, corpus, png())
    path = workspace.captures.path(record.sha256)
    if state is not FileState.SOUND:
        path.unlink()
    if state is FileState.ALTERED:
        path.write_bytes(b"other")
    shown = html(panel(_evidence))
    assert record.sha256 in shown
    assert ("<img" in shown) is (state is FileState.SOUND)
    assert ("is missing" in shown) is (state is FileState.MISSING)
    assert ("was changed" in shown) is (state is FileState.ALTERED)
