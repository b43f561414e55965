"""The dark page: from the system, or chosen and remembered by the browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import app
from tests.e2e.conftest import Open
from tests.e2e.test_accessibility import PAGES, findings

pytestmark = pytest.mark.e2e
_SCHEME = "document.documentElement.style.colorScheme"
_GROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"


def scheme(page: Page) -> object:
    return page.evaluate(_SCHEME)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_in_the_dark(open_app: Open, path: str):
    with open_app(path, dark=True) as visit:
        page = visit.page
        expect(page.locator(PAGES[path]).first).to_be_visible(timeout=app.SLOW_MS)
        page.wait_for_timeout(700)
        app.settled(page)
        assert scheme(page) == "dark"
        assert findings(page) == []
        for frame in page.frames:
            if "streamlit_folium" in frame.url:
                expect(frame.locator("[data-basemap]")).to_be_attached(timeout=app.SLOW_MS)
                assert frame.evaluate(_SCHEME) == "dark"
                assert findings(frame) == []
        assert not visit.errors


def test_a_chosen_appearance_stays_on_all_pages(open_app: Open):
    with open_app("/?kind=shelling") as visit:
        page = visit.page
        app.ready(page)
        assert scheme(page) == "light"
        for name, wanted in (("Dark", "dark"), ("Light", "light"), ("Dark", "dark")):
            page.locator(".st-key-language_choice button").first.click()
            with page.expect_navigation():
                page.get_by_role("radio", name=name).click()
            app.ready(page)
            app.wait_until(page, lambda: scheme(page), wanted)
        assert app.link(page)["kind"] == ["shelling"]
        ground = page.evaluate(_GROUND)
        page.goto(page.url.split("?")[0].rstrip("/") + "/history")
        app.settled(page)
        app.wait_until(page, lambda: scheme(page), "dark")
        assert page.evaluate(_GROUND) == ground
        page.locator(".st-key-language_choice button").first.click()
        expect(page.get_by_role("radio", name="Dark")).to_be_checked()
        assert not visit.errors
