"""Two analysts at one claim, or at one suggestion: each sees what the other did, and loses nothing."""

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

EVENT = "agreement_observation_points"
TITLE = "Artillery fire on the town"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server with a workspace of its own, empty."""
    with serve({"EVENT_MAP_WORKSPACE": str(tmp_path / "workspace.sqlite")}) as url:
        yield url


def change_the_stance(page: Page, who: str, stance: str) -> None:
    """Set the stance of the event's first claim, and a reason; nothing is saved yet."""
    name_oneself(page, who)
    page.get_by_role("button", name="Change", exact=True).first.click()
    expect(page.get_by_role("radio", name=stance)).to_be_attached(timeout=app.SLOW_MS)
    page.locator("label").filter(has_text=re.compile(f"^{stance}$")).first.click()
    app.settled(page)
    why = page.get_by_label("Reason for the change").last
    why.fill("so it says")
    why.press("Enter")
    app.settled(page)


def correct_the_title(page: Page, who: str) -> None:
    """Open the corrections of the first suggestion, and type another title."""
    name_oneself(page, who)
    page.get_by_role("button", name="Correct Shortcut").click(timeout=app.SLOW_MS)
    title = page.get_by_label("Title in English", exact=True)
    expect(title).to_be_visible(timeout=app.SLOW_MS)
    # What is typed before the form has been drawn once is in no draft until the next change.
    app.settled(page)
    title.fill(TITLE)
    title.press("Enter")
    app.settled(page)
    expect(page.get_by_text(re.compile(r"Draft of \d\d:\d\d"))).to_be_visible(timeout=app.SLOW_MS)


def test_two_browsers_change_one_claim(browser: Browser, address: str):
    path = f"{address}/review?event={EVENT}"
    with visit(browser, path) as first, visit(browser, path) as second:
        change_the_stance(first.page, "Rana", "doubts")
        change_the_stance(second.page, "Omar", "denies")
        first.page.get_by_role("button", name="Save the claim").click()
        expect(first.page.get_by_text("✓ Changed the claim")).to_be_visible(timeout=app.SLOW_MS)
        second.page.get_by_role("button", name="Save the claim").click()
        expect(second.page.get_by_text("Rana changed this on")).to_be_visible(timeout=app.SLOW_MS)
        choice = second.page.get_by_role("radiogroup", name="Stance: both of you changed it")
        theirs = choice.locator("label").filter(has_text="doubts")
        expect(theirs).to_contain_text("Rana", timeout=app.SLOW_MS)
        choice.locator("label").filter(has_text="yours: denies").click()
        app.settled(second.page)
        second.page.get_by_role("button", name="Save the claim").click()
        expect(second.page.get_by_text("✓ Changed the claim")).to_be_visible(timeout=app.SLOW_MS)
        assert first.errors == second.errors == []


def test_corrections_of_a_suggestion_that_another_accepted(browser: Browser, address: str):
    with visit(browser, f"{address}/articles") as first, visit(browser, address) as second:
        name_oneself(first.page)
        paste(first.page)
        second.page.goto(f"{address}/review")
        correct_the_title(second.page, "Omar")
        go(first.page, "Review")
        # It is in hand of Omar, so it is not the first that Rana sees.
        first.page.locator(".event").filter(has_text="Shelling").click(timeout=app.SLOW_MS)
        card = first.page.locator(".event-head").filter(has_text="Shelling")
        expect(card).to_contain_text("in hand of Omar", timeout=app.SLOW_MS)
        app.settled(first.page)
        app.press_shortcut(first.page, "a", "Accept Shortcut")
        expect(first.page.get_by_text("✓ Accepted: Shelling")).to_be_visible(timeout=app.SLOW_MS)
        # Any click of Omar's; nothing is accepted twice.
        second.page.get_by_role("button", name="Accept as corrected").click()
        expect(second.page.get_by_text("Rana decided this suggestion")).to_be_visible(
            timeout=app.SLOW_MS
        )
        title = second.page.get_by_label("Title in English", exact=True)
        # The fields of the page before are gone once it is drawn.
        expect(title).to_have_count(1, timeout=app.SLOW_MS)
        expect(title).to_have_value(TITLE)
        why = second.page.get_by_label("Reason for the change")
        why.fill("clearer")
        why.press("Enter")
        app.settled(second.page)
        second.page.get_by_role("button", name="Save to the event").click()
        expect(second.page.get_by_text(f"✓ Saved: {TITLE}")).to_be_visible(timeout=app.SLOW_MS)


def test_corrections_of_a_suggestion_whose_article_another_had_read_again(
    browser: Browser, address: str
):
    with visit(browser, f"{address}/articles") as first, visit(browser, address) as second:
        name_oneself(first.page)
        paste(first.page)
        second.page.goto(f"{address}/review")
        correct_the_title(second.page, "Omar")
        first.page.locator("mark.place").filter(has_text="عين عيسى").nth(1).click()
        which = first.page.get_by_role("combobox", name="Which one")
        expect(which).to_be_visible(timeout=app.SLOW_MS)
        which.fill("Qamishli ·")
        first.page.get_by_role("option", name="Qamishli · القامشلي").first.click()
        first.page.get_by_role("button", name="Save", exact=True).click()
        expect(first.page.get_by_text("✓ Corrected")).to_be_visible(timeout=app.SLOW_MS)

        # Any click of Omar's: his fields stay, beside the new suggestion.
        second.page.get_by_role("button", name="Accept as corrected").click()
        page = second.page
        expect(page.get_by_text("This suggestion was read again")).to_be_visible(
            timeout=app.SLOW_MS
        )
        title = page.get_by_label("Title in English", exact=True)
        # The fields of the page before are gone once it is drawn.
        expect(title).to_have_count(1, timeout=app.SLOW_MS)
        expect(title).to_have_value(TITLE)
        expect(page.locator(".event-head h3")).to_contain_text("Qamishli")
        page.locator("label").filter(has_text=f"yours: {TITLE}").click()
        app.settled(page)
        page.get_by_role("button", name="Accept as corrected").click()
        expect(page.get_by_text(f"✓ Accepted: {TITLE}")).to_be_visible(timeout=app.SLOW_MS)
        assert second.errors == []
