"""Proof of a claim in a browser: added, blurred until asked, saved as a file, and never run."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.model.corpus import Corpus
from dashboard.store.capture_files import CaptureFiles, captures_folder
from dashboard.store.proof import proof_in
from dashboard.store.workspace import Workspace
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.store.capture_samples import EVENT, HTML, added, claim_of, png

pytestmark = pytest.mark.e2e
BLURRED = re.compile(r"^blur\(")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace.sqlite")


@pytest.fixture
def address(workspace: Workspace) -> Iterator[str]:
    with serve({"EVENT_MAP_WORKSPACE": str(workspace.path)}) as url:
        yield url


def test_a_picture_is_added_blurred_and_shown_by_a_key(
    browser: Browser, address: str, workspace: Workspace, tmp_path: Path, corpus: Corpus
):
    file = tmp_path / "still.png"
    file.write_bytes(png(side=200))
    with visit(browser, f"{address}/review?event={EVENT}") as seen:
        page = seen.page
        name = page.get_by_label("Your name")
        expect(name).to_be_visible(timeout=app.SLOW_MS)
        name.fill("Rana")
        name.press("Enter")
        app.settled(page)
        page.get_by_role("button", name="Proof", exact=True).first.click(timeout=app.SLOW_MS)
        app.settled(page)
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("By its content: image/png")).to_be_visible(timeout=app.SLOW_MS)
        _describe(page)
        page.get_by_role("button", name="Add the file").click()
        expect(page.locator(".graphic summary")).to_be_visible(timeout=app.SLOW_MS)
        _blurred_until_a_key(page)
        assert seen.errors == []
        assert seen.outside == []
    (record,) = proof_in(workspace).of_claim(claim_of(corpus)).captures
    assert (record.graphic, record.taken_by, record.name) == (True, "Rana", "still.png")
    with visit(browser, f"{address}/?event={EVENT}&tab=evidence") as seen:
        expect(seen.page.locator(".graphic summary")).to_be_visible(timeout=app.SLOW_MS)
        app.settled(seen.page)
        _blurred_until_a_key(seen.page)
        assert seen.errors == []


def _describe(page: Page) -> None:
    """Enter when and how it was captured, and mark it as graphic."""
    day = page.get_by_test_id("stDateInput").filter(has_text="Day of capture")
    day.get_by_role("spinbutton").first.click()
    page.keyboard.type("20261120")
    page.keyboard.press("Tab")
    app.choose(page, page.get_by_role("combobox", name="How it was captured"), "screenshot")
    app.settled(page)
    page.get_by_text("Graphic content: blur it until somebody asks to see it").click()
    app.settled(page)


def _blurred_until_a_key(page: Page) -> None:
    page.locator(".graphic img").scroll_into_view_if_needed()
    picture = page.locator(".graphic img")
    expect(picture).to_have_js_property("naturalWidth", 200, timeout=app.SLOW_MS)
    expect(picture).to_have_css("filter", BLURRED)
    page.locator(".graphic summary").focus()
    page.keyboard.press("Enter")
    expect(picture).to_have_css("filter", "none")
    expect(page.get_by_text("Blur it again")).to_be_visible()
    page.keyboard.press("Space")
    expect(picture).to_have_css("filter", BLURRED)


def test_a_captured_page_is_saved_and_runs_nothing(
    browser: Browser, address: str, workspace: Workspace, corpus: Corpus
):
    record = added(workspace, corpus, HTML, name="page.html")
    with visit(browser, f"{address}/?event={EVENT}&tab=evidence") as seen:
        page = seen.page
        link = page.get_by_role("link", name="Save the file page.html")
        # The first page of a server waits for the engine.
        expect(link).to_be_visible(timeout=3 * app.SLOW_MS)
        app.settled(page)
        title = page.title()
        with page.expect_download(timeout=app.SLOW_MS) as download:
            link.click()
        saved = download.value
        assert saved.suggested_filename == f"{record.sha256}.html"
        assert saved.path().read_bytes() == HTML
        # By its address too it is a download; in a frame of this page it is nothing.
        ran = page.evaluate(
            """async (address) => {
                const frame = document.createElement("iframe");
                frame.src = address;
                document.body.append(frame);
                await new Promise((done) => setTimeout(done, 1500));
                try { return frame.contentDocument?.title ?? "none"; } catch { return "none"; }
            }""",
            f"captures/{record.sha256}",
        )
        assert ran in {"", "none"}
        assert page.title() == title
    files = CaptureFiles(captures_folder(workspace.path))
    assert files.path(record.sha256).read_bytes() == HTML
