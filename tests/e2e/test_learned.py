"""A corrected place is proposed as a name, and once accepted it is read in other articles."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.e2e.test_work import go, name_oneself, paste

pytestmark = pytest.mark.e2e

NAME = "الزنبقية"
CLASH = (
    "اشتباكات في {name}\n\n{day} كانون الثاني 2021\n\n"
    "واندلعت اشتباكات اليوم في قرية {name} بين قوات سوريا الديمقراطية والجيش الوطني السوري.{more}\n"
)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server with a workspace of its own, empty."""
    with serve({"EVENT_MAP_WORKSPACE": str(tmp_path / "workspace.sqlite")}) as url:
        yield url


def read(page: Page, day: str, more: str = "") -> None:
    """Paste an article, and wait until it is the one that is shown."""
    paste(page, CLASH.format(name=NAME, day=day, more=more))
    shown = page.locator("article.reading")
    expect(shown.filter(has_text=day)).to_be_visible(timeout=2 * app.SLOW_MS)
    expect(shown).to_have_count(1, timeout=app.SLOW_MS)
    app.settled(page)


def correct_the_place(page: Page) -> None:
    """Read the name in the sentence of the claim as Qamishli."""
    page.locator("article.reading mark.unknown").last.click()
    which = page.get_by_role("combobox", name="Which one")
    expect(which).to_be_visible(timeout=app.SLOW_MS)
    which.fill("Qamishli ·")
    page.get_by_role("option", name="Qamishli · القامشلي").first.click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("✓ Corrected")).to_be_visible(timeout=app.SLOW_MS)


def test_a_corrected_place_is_learned_and_read_in_other_articles(browser: Browser, address: str):
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        name_oneself(page)
        read(page, "الأحد 10")
        # Its suggestion waits, without the place.
        read(page, "الاثنين 11", " ونزح عشرات المدنيين من القرية نحو الشمال.")
        correct_the_place(page)

        go(page, "Gazetteer")
        page.get_by_role("radio", name="Learned").click(timeout=app.SLOW_MS)
        expect(page.get_by_text("1 proposal", exact=True)).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_role("textbox", name="Name to learn")).to_have_value(NAME)
        why = page.get_by_label("Reason", exact=True)
        why.fill("so the people there call it")
        why.press("Enter")
        app.settled(page)
        page.get_by_role("button", name="Accept", exact=True).click()
        expect(page.get_by_text("No proposal is waiting.")).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_role("button", name="Read 2 articles again").click(timeout=app.SLOW_MS)
        # The corrected one was read with its correction already.
        expect(page.get_by_text("2 articles were read again. 1 changed.")).to_be_visible(
            timeout=app.SLOW_MS
        )
        expect(page.get_by_role("button", name="Read 2 articles again")).to_have_count(0)
        expect(page.get_by_role("button", name="Undo Shortcut")).to_be_visible()

        go(page, "Articles")
        expect(page.get_by_label("Article text")).to_be_visible(timeout=app.SLOW_MS)
        read(page, "الثلاثاء 12", " وأغلقت الطرق.")
        mark = page.locator("article.reading mark.place").filter(has_text=NAME).last
        expect(mark).to_have_attribute("title", re.compile("Qamishli"), timeout=app.SLOW_MS)

        go(page, "Review")
        clashes = page.locator("button.event").filter(has_text=re.compile("Clash.*Qamishli"))
        expect(clashes).to_have_count(3, timeout=app.SLOW_MS)
        assert seen.errors == []
