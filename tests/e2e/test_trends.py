"""Trends in the browser: a bar that is clicked becomes a filter, and the figure has its sources."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.app import SLOW_MS, link, settled, wait_until
from tests.e2e.conftest import Open

pytestmark = pytest.mark.e2e


def test_a_bar_becomes_a_filter(open_app: Open):
    with open_app("/?tab=trends&split=actor&step=week") as visit:
        page = visit.page
        bar = page.locator('.stVegaLiteChart path[aria-roledescription="bar"]').first
        expect(bar).to_be_visible(timeout=SLOW_MS)
        settled(page)
        words = bar.get_attribute("aria-label") or ""
        assert "Syrian Democratic Forces" in words
        bar.click()
        wait_until(page, lambda: link(page).get("actor"), ["sdf"])
        assert link(page)["from"] < link(page)["to"]
        expect(page.locator("button.event")).to_have_count(0)
        expect(page.get_by_text("outside of these days")).to_be_visible(timeout=SLOW_MS)
        assert not visit.errors


def test_the_figure_names_the_selection_and_its_sources(open_app: Open):
    with open_app("/?tab=trends&split=kind") as visit:
        page = visit.page
        button = page.get_by_role("button", name="Figure as PDF")
        expect(button).to_be_visible(timeout=SLOW_MS)
        settled(page)
        with page.expect_download() as download:
            button.click()
        text = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages[0].extract_text()
        assert "Events over time, by kind of event" in text
        assert "46 of 46 events" in text
        assert "Orient Net (19 events)" in text
        assert not visit.errors
