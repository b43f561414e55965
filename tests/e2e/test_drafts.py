"""Half-typed forms survive a look at another page, a reload, and a server that ends and comes back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import free_port, serve
from tests.e2e.test_work import TEXT, go, name_oneself, paste

pytestmark = pytest.mark.e2e

NOTE = "Seen on a video: shells near the silos"
DRAFT = re.compile(r"Draft of \d\d:\d\d, not saved")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"EVENT_MAP_WORKSPACE": str(tmp_path / "workspace.sqlite")}


@pytest.fixture
def address(environment: dict[str, str]) -> Iterator[str]:
    with serve(environment) as url:
        yield url


@contextmanager
def leaving(page: Page, field: Locator) -> Iterator[Locator]:
    """Type in a field and leave it, as the pointer does; what is still being typed is not sent."""
    expect(field).to_be_visible(timeout=app.SLOW_MS)
    yield field
    field.blur()
    app.settled(page)


def fill(page: Page, label: str, text: str) -> None:
    with leaving(page, page.get_by_label(label, exact=True)) as field:
        field.fill(text)


def test_a_reload_keeps_name_and_fields_and_another_browser_sees_neither(
    browser: Browser, address: str
):
    path = f"{address}/review?new=claim"
    with visit(browser, path) as seen, visit(browser, path) as other:
        page = seen.page
        name_oneself(page)
        fill(page, "Note", NOTE)
        fill(page, "Title in English", "Shelling near the silos")
        expect(page.get_by_text(DRAFT)).to_be_visible(timeout=app.SLOW_MS)

        page.reload()
        expect(page.get_by_label("Note", exact=True)).to_have_value(NOTE, timeout=app.SLOW_MS)
        expect(page.get_by_label("Title in English")).to_have_value("Shelling near the silos")
        expect(page.get_by_label("Your name")).to_have_value("Rana")
        expect(page.get_by_text(DRAFT)).to_be_visible()

        other.page.reload()
        expect(other.page.get_by_label("Note", exact=True)).to_have_value("", timeout=app.SLOW_MS)
        expect(other.page.get_by_label("Your name")).to_have_value("")
        name_oneself(other.page)
        expect(other.page.get_by_label("Note", exact=True)).to_have_value("")

        page.get_by_role("button", name="Discard").first.click()
        expect(page.get_by_text(DRAFT)).to_have_count(0, timeout=app.SLOW_MS)
        app.settled(page)
        expect(page.get_by_label("Note", exact=True)).to_have_value("", timeout=app.SLOW_MS)
        page.reload()
        expect(page.get_by_label("Note", exact=True)).to_have_value("", timeout=app.SLOW_MS)
        assert seen.errors == []


def test_another_page_and_back_and_what_was_saved_is_no_draft(browser: Browser, address: str):
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        name_oneself(page)
        fill(page, "Article text", TEXT)
        expect(page.get_by_text(DRAFT)).to_be_visible(timeout=app.SLOW_MS)
        go(page, "History")
        expect(page.get_by_role("button", name="1 draft")).to_be_enabled(timeout=app.SLOW_MS)
        go(page, "Articles")
        expect(page.get_by_label("Article text")).to_have_value(TEXT, timeout=app.SLOW_MS)
        paste(page)
        expect(page.get_by_role("button", name="No drafts")).to_be_disabled(timeout=app.SLOW_MS)
        page.reload()
        expect(page.get_by_label("Article text")).to_have_value("", timeout=app.SLOW_MS)


def test_corrections_of_a_suggestion_are_open_again_after_a_reload(browser: Browser, address: str):
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        name_oneself(page)
        paste(page)
        go(page, "Review")
        page.locator("button.event").nth(1).click()
        expect(page.locator(".event-head h3")).to_contain_text("Clash", timeout=app.SLOW_MS)
        page.get_by_role("button", name="Correct Shortcut").click()
        fill(page, "Title in English", "Clash in Zenobia")
        expect(page.get_by_text(DRAFT)).to_be_visible(timeout=app.SLOW_MS)
        page.goto(f"{address}/history")
        page.get_by_role("button", name="1 draft").click(timeout=app.SLOW_MS)
        page.get_by_role("link", name="Clash").click()
        expect(page.get_by_label("Title in English")).to_have_value(
            "Clash in Zenobia", timeout=app.SLOW_MS
        )
        page.get_by_role("button", name="Accept as corrected").click()
        expect(page.get_by_text("✓ Accepted: Clash in Zenobia")).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_role("button", name="No drafts")).to_be_disabled()


def test_a_server_that_ends_and_comes_back_has_what_was_typed(
    browser: Browser, environment: dict[str, str]
):
    port = free_port()
    with serve(environment, port=port) as url:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{url}/review?new=claim")
        name_oneself(page)
        fill(page, "Note", NOTE)
        expect(page.get_by_text(DRAFT)).to_be_visible(timeout=app.SLOW_MS)
    try:
        # Nothing can be typed meanwhile that would be lost.
        expect(page.get_by_label("Reason for the change")).to_be_disabled(timeout=app.SLOW_MS)
        with serve(environment, port=port):
            expect(page.get_by_label("Note", exact=True)).to_have_value(NOTE, timeout=60_000)
            page.reload()
            expect(page.get_by_label("Note", exact=True)).to_have_value(NOTE, timeout=60_000)
            expect(page.get_by_label("Your name")).to_have_value("Rana")
    finally:
        context.close()


def test_a_claim_and_its_figures_come_back(browser: Browser, address: str):
    with visit(browser, f"{address}/review?event=agreement_observation_points") as seen:
        page = seen.page
        name_oneself(page)
        page.get_by_role("button", name="Change", exact=True).first.click()
        expect(page.get_by_role("radio", name="doubts")).to_be_attached(timeout=app.SLOW_MS)
        page.locator("label").filter(has_text=re.compile("^doubts$")).first.click()
        app.settled(page)
        expect(page.get_by_text(DRAFT)).to_be_visible(timeout=app.SLOW_MS)
        page.reload()
        expect(page.get_by_role("radio", name="doubts")).to_be_checked(timeout=app.SLOW_MS)
