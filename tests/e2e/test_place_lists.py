"""A file of a country's places, dropped on the page: its places are found in the gazetteer."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.e2e.test_work import name_oneself
from tests.place_lists.samples import geonames_row, geonames_zip

pytestmark = pytest.mark.e2e


def test_a_dropped_list_fills_the_gazetteer(browser: Browser, tmp_path: Path):
    file = geonames_zip(tmp_path / "SY.zip", geonames_row(1, "Made Up", "قرية مصنوعة"))
    environment = {"EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")}
    with serve(environment) as url, visit(browser, f"{url}/gazetteer") as seen:
        page = seen.page
        name_oneself(page)
        page.get_by_text("Lists", exact=True).click()
        page.locator("input[type=file]").first.set_input_files(file)
        expect(page.get_by_text("New: 1 place, 1 with an Arabic name")).to_be_visible(
            timeout=app.SLOW_MS
        )
        page.get_by_role("button", name="Add to the gazetteer").click()
        expect(page.get_by_text("was added.")).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_text("Places", exact=True).click()
        app.settled(page)
        field = page.get_by_label("Find places")
        field.fill("قرية مصنوعة")
        field.press("Enter")
        expect(page.get_by_role("button", name="Made Up")).to_be_visible(timeout=app.SLOW_MS)
        assert seen.errors == []
