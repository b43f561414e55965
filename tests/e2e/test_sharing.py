"""Two analysts share the review out: a mention, its answer, an assignment, and who has what in hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.store.workspace import Workspace
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.e2e.test_work import name_oneself

pytestmark = pytest.mark.e2e

EVENT = "agreement_observation_points"
TEXT = (
    "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري.\n"
    "واندلعت اشتباكات في قرية زنوبيا بين قوات سوريا الديمقراطية والجيش الوطني السوري.\n"
)


@pytest.fixture
def address(tmp_path: Path, corpus: Corpus) -> Iterator[str]:
    """A server with two suggestions to review, of an article that Rana read."""
    path = tmp_path / "workspace.sqlite"
    list(ingest(Workspace(path), corpus, [File("a.txt", TEXT.encode())], Workers(), "Rana"))
    with serve({"EVENT_MAP_WORKSPACE": str(path)}) as url:
        yield url


def write(page: Page, text: str) -> None:
    page.get_by_role("button", name="Comment", exact=True).click(timeout=app.SLOW_MS)
    page.get_by_label("Comment", exact=True).fill(text, timeout=app.SLOW_MS)
    page.keyboard.press("Control+Enter")
    app.settled(page)
    page.get_by_role("button", name="Save the comment").click()
    expect(page.locator(".comment", has_text=text)).to_be_visible(timeout=app.SLOW_MS)
    app.settled(page)


def test_a_mention_waits_for_its_analyst_and_leads_to_the_comment(browser: Browser, address: str):
    text = "@Rana <b>which</b> bridge?"
    with visit(browser, f"{address}/review?event={EVENT}") as omar:
        name_oneself(omar.page, "Omar")
        write(omar.page, text)
        with visit(browser, f"{address}/history") as rana:
            name_oneself(rana.page, "Rana")
            waiting = rana.page.get_by_role("link", name="Waits for you: 1")
            waiting.click(timeout=app.SLOW_MS)
            expect(rana.page.locator(".comment", has_text=text)).to_be_visible(timeout=app.SLOW_MS)
            rana.page.locator('.stMain a[href*="event="]').click()
            write(rana.page, "that of 2017")
            expect(waiting).to_have_count(0, timeout=app.SLOW_MS)


def test_a_suggestion_in_hand_of_one_is_marked_for_the_other(browser: Browser, address: str):
    with visit(browser, f"{address}/review") as omar, visit(browser, f"{address}/history") as rana:
        name_oneself(omar.page, "Omar")
        first = omar.page.locator(".event").first
        expect(first).to_have_attribute("aria-pressed", "true", timeout=app.SLOW_MS)
        # The server knows it with the next question of the page, within two seconds.
        omar.page.wait_for_timeout(2_000)
        name_oneself(rana.page, "Rana")
        rana.page.get_by_role("link", name="Review", exact=True).click()
        events = rana.page.locator(".event")
        expect(events.first).to_contain_text("in hand of Omar", timeout=app.SLOW_MS)
        expect(events.nth(1)).to_have_attribute("aria-pressed", "true")
        events.first.click()
        card = rana.page.locator(".event-head .chip", has_text="in hand of Omar")
        expect(card).to_be_visible(timeout=app.SLOW_MS)
        expect(omar.page.get_by_text("Open here too: Rana")).to_be_visible(timeout=app.SLOW_MS)
