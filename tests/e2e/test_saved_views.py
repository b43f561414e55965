"""A saved view is a link that returns to what was shown, however often it is opened."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import app
from tests.e2e.conftest import Open

pytestmark = pytest.mark.e2e


def test_a_saved_view_is_opened_again_and_again(open_app: Open):
    with open_app("/?kind=arrest") as visit:
        page = visit.page
        app.ready(page)
        views = page.locator(".st-key-saved_views")
        views.locator("summary").first.click()
        for label, text in (("Your name", "Rana"), ("Name of the view", "Arrests of 2021")):
            views.get_by_label(label).fill(text)
            views.get_by_label(label).press("Enter")
            app.settled(page)
        views.get_by_role("button", name="Save the view").click()
        saved = views.get_by_role("link", name="Arrests of 2021")
        expect(saved).to_be_visible(timeout=app.SLOW_MS)
        for _ in range(2):
            page.get_by_role("button", name="Reset", exact=True).click()
            expect(page).not_to_have_url(re.compile("kind="), timeout=app.SLOW_MS)
            saved.click()
            expect(page).to_have_url(re.compile("kind=arrest"), timeout=app.SLOW_MS)
            app.settled(page)
            assert app.link(page)["kind"] == ["arrest"]
            assert "saved" not in app.link(page)
        views.get_by_role("button", name="Edit").click()
        page.get_by_role("button", name="Remove").click()
        expect(saved).to_have_count(0, timeout=app.SLOW_MS)
        assert not visit.errors
