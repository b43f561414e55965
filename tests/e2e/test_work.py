"""From pasted text to an event on the map, as a person does it; and what happens on the way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve

pytestmark = pytest.mark.e2e

TEXT = (
    "قصف على عين عيسى\n\nالأحد 10 كانون الثاني 2021\n\n"
    "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري لحقوق الإنسان.\n\n"
    "واندلعت اشتباكات اليوم في قرية زنوبيا بين قوات سوريا الديمقراطية والجيش الوطني السوري.\n"
)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server with a workspace of its own, empty."""
    with serve({"EVENT_MAP_WORKSPACE": str(tmp_path / "workspace.sqlite")}) as url:
        yield url


def go(page: Page, name: str) -> None:
    """To another page, by the link in the sidebar."""
    page.locator(".st-key-pages").get_by_role("link", name=name).click()


def name_oneself(page: Page, name: str = "Rana") -> None:
    field = page.get_by_label("Your name")
    expect(field).to_be_visible(timeout=app.SLOW_MS)
    field.fill(name)
    field.press("Enter")
    expect(page.get_by_text("Without a name")).to_have_count(0, timeout=app.SLOW_MS)
    app.settled(page)


def paste(page: Page, text: str = TEXT) -> None:
    field = page.get_by_label("Article text")
    field.fill(text)
    field.press("Control+Enter")
    button = page.get_by_role("button", name="Read the text")
    expect(button).to_be_enabled(timeout=app.SLOW_MS)
    button.click()
    expect(page.get_by_text("1 new article")).to_be_visible(timeout=app.SLOW_MS)
    expect(page.locator("article.reading")).to_be_visible(timeout=app.SLOW_MS)


def test_paste_read_review_and_find_it_on_the_map(browser: Browser, address: str):
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        name_oneself(page)
        paste(page)
        article = page.locator("article.reading")
        assert article.get_attribute("dir") == "rtl"
        expect(article.locator("mark.place").filter(has_text="عين عيسى").first).to_be_visible()
        expect(article.locator("mark.actor").filter(has_text="القوات التركية")).to_be_visible()
        expect(article.locator("mark.date").filter(has_text="أمس")).to_have_attribute(
            "title", "9 January 2021 — reckoned from publication on 2021-01-10"
        )
        expect(article.locator("mark.unknown")).to_have_text("زنوبيا")

        go(page, "Review")
        expect(page.get_by_text("2 suggestions to review")).to_be_visible(timeout=app.SLOW_MS)
        expect(page.locator("blockquote.reading")).to_contain_text("قصفت القوات التركية")
        app.press_shortcut(page, "a", "Accept Shortcut")
        expect(page.get_by_text("✓ Accepted: Shelling")).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_text("1 suggestion to review")).to_be_visible(timeout=app.SLOW_MS)

        go(page, "Explore")
        app.ready(page)
        listed = page.locator("button.event").filter(has_text="Shelling: Turkish forces; Ain Issa")
        expect(listed).to_be_visible(timeout=app.SLOW_MS)
        listed.click()
        expect(page.locator(".claim blockquote").first).to_contain_text("قصفت القوات التركية")
        expect(page.locator(".claim")).to_contain_text("Syrian Observatory")
        total = app.shown(page)

        go(page, "History")
        entry = page.get_by_text("accepted Shelling: Turkish forces; Ain Issa")
        entry.click()
        page.get_by_role("button", name="Undo this").click()
        expect(page.get_by_text("undid: accepted Shelling")).to_be_visible(timeout=app.SLOW_MS)
        go(page, "Explore")
        app.wait_shown(page, total - 1)
        assert seen.errors == []


def test_unreviewed_events_are_shown_only_when_asked_for(browser: Browser, address: str):
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        name_oneself(page)
        paste(page)
        go(page, "Explore")
        app.ready(page)
        expect(page.locator(".badge.unreviewed")).to_have_count(0)
        before = app.shown(page)
        page.get_by_text("Show unreviewed").click()
        expect(app.caption(page)).to_contain_text("2 of them not reviewed", timeout=app.SLOW_MS)
        assert app.shown(page) == before + 2
        page.locator("button.event").filter(has_text="Not reviewed").first.click()
        page.get_by_role("link", name="Review this suggestion").click()
        expect(page.get_by_role("button", name="Reject")).to_be_visible(timeout=app.SLOW_MS)


def test_a_mention_is_corrected_in_place(browser: Browser, address: str):
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        name_oneself(page)
        paste(page)
        page.locator("mark.place").filter(has_text="عين عيسى").nth(1).click()
        which = page.get_by_role("combobox", name="Which one")
        expect(which).to_be_visible(timeout=app.SLOW_MS)
        which.fill("Qamishli ·")
        page.get_by_role("option", name="Qamishli · القامشلي").first.click()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text(re.compile(r"✓ Corrected: .*عين عيسى"))).to_be_visible(
            timeout=app.SLOW_MS
        )
        go(page, "Review")
        expect(page.locator(".event-head h3")).to_have_text(
            "Shelling: Turkish forces; Qamishli", timeout=app.SLOW_MS
        )


def test_an_unknown_place_is_placed_by_a_click_on_the_map(browser: Browser, address: str):
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        name_oneself(page)
        paste(page)
        go(page, "Gazetteer")
        expect(page.get_by_text("Where is")).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_label("Name in English").fill("Zenobia")
        page.get_by_label("Source of the coordinates").fill("a resident")
        page.get_by_label("Source of the coordinates").press("Enter")
        frame = app.the_map(page).locator("#map_div, .leaflet-container").first
        expect(app.the_map(page).locator("[data-basemap]")).to_be_attached(timeout=app.SLOW_MS)
        frame.click(position={"x": 150, "y": 250})
        written = page.get_by_role("textbox", name="Coordinates: click the map")
        expect(written).to_have_value(re.compile(r"^3\d\.\d+, 3\d\.\d+$"), timeout=app.SLOW_MS)
        page.get_by_role("button", name="Add to the gazetteer").click()
        expect(page.get_by_text("✓ Location saved: ")).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_text("There are no unknown names to review.")).to_be_visible(
            timeout=app.SLOW_MS
        )
        go(page, "Review")
        expect(page.get_by_text("Zenobia").first).to_be_visible(timeout=app.SLOW_MS)


def test_bad_files_are_reported_one_by_one_and_the_rest_is_read(browser: Browser, address: str):
    files = [
        {"name": "good.txt", "mimeType": "text/plain", "buffer": TEXT.encode("windows-1256")},
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        {"name": "binary.txt", "mimeType": "text/plain", "buffer": bytes(range(256)) * 9},
        {"name": "english.txt", "mimeType": "text/plain", "buffer": b"Nothing Arabic here."},
        {"name": "bomb.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04 broken"},
    ]
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        name_oneself(page)
        page.get_by_role("tab", name="Files").click()
        page.locator("input[type=file]").first.set_input_files(files)
        button = page.get_by_role("button", name="Read 5 files")
        expect(button).to_be_enabled(timeout=app.SLOW_MS)
        button.click()
        expect(page.get_by_text("1 new article")).to_be_visible(timeout=app.SLOW_MS)
        for name in ("empty.txt", "binary.txt", "english.txt", "bomb.zip"):
            expect(page.get_by_text(f"Not read: {name}")).to_be_visible(timeout=app.SLOW_MS)


def test_two_browsers_edit_one_event_and_the_second_loses_nothing(browser: Browser, address: str):
    path = f"{address}/review?event=sdf_deny_agreement"
    with visit(browser, address) as first:
        app.ready(first.page)
        first.page.locator("button.event").first.click()
        expect(first.page.locator(".event-head h3")).to_be_visible(timeout=app.SLOW_MS)
        path = f"{address}/review?event={app.link(first.page)['event'][0]}"
    with visit(browser, path) as first, visit(browser, path) as second:
        for seen, who in ((first, "Rana"), (second, "Omar")):
            name_oneself(seen.page, who)
            title = seen.page.get_by_label("Title in English", exact=True)
            title.fill(f"Title of {who}")
            why = seen.page.get_by_label("Reason for the change")
            why.fill("clearer")
            why.press("Enter")
            expect(seen.page.get_by_role("button", name="Save", exact=True)).to_be_enabled(
                timeout=app.SLOW_MS
            )
        first.page.get_by_role("button", name="Save", exact=True).click()
        expect(first.page.get_by_text("✓ Saved: Title of Rana")).to_be_visible(timeout=app.SLOW_MS)
        second.page.get_by_role("button", name="Save", exact=True).click()
        expect(second.page.get_by_text("Rana changed this on")).to_be_visible(timeout=app.SLOW_MS)
        assert (
            second.page.get_by_label("Title in English", exact=True).input_value()
            == "Title of Omar"
        )
        second.page.locator("label").filter(has_text="yours: Title of Omar").click()
        app.settled(second.page)
        expect(second.page.get_by_label("Title in English", exact=True)).to_have_value(
            "Title of Omar"
        )
        second.page.get_by_role("button", name="Save", exact=True).click()
        expect(second.page.get_by_text("✓ Saved: Title of Omar")).to_be_visible(timeout=app.SLOW_MS)
