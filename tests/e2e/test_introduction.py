"""A first visit is introduced once, in steps that can be skipped, and again where it is asked for."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.e2e


def test_the_first_visit_is_introduced_and_the_next_is_not(browser: Browser, address: str):
    with visit(browser, f"{address}/?lang=en", first=True) as seen:
        page = seen.page
        panel = page.locator(".introduction")
        expect(panel.get_by_text("1 of 4")).to_be_visible(timeout=app.SLOW_MS)
        app.ready(page)
        app.settled(page)
        assert findings(page) == []
        for step in (2, 3, 4):
            panel.locator(".next").click()
            expect(panel.get_by_text(f"{step} of 4")).to_be_visible()
        panel.locator(".back").click()
        expect(panel.get_by_text("3 of 4")).to_be_visible()
        panel.locator(".skip").click()
        expect(panel).to_be_hidden()
        page.reload()
        app.ready(page)
        expect(panel).to_be_hidden()
        page.locator("button.open").click()
        page.get_by_role("button", name="Introduction").click()
        expect(panel.get_by_text("1 of 4")).to_be_visible()
        page.keyboard.press("Escape")
        assert not seen.errors
