"""Selecting by area: drawn on the map, seen there, and removed with one click."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import app
from tests.e2e.conftest import Open
from tests.oracle.select import EventIndex

pytestmark = pytest.mark.e2e


def test_a_drawn_polygon_filters_and_one_click_removes_it(open_app: Open, index: EventIndex):
    with open_app("/?map=36.4,39.2,8") as visit:
        page, on_map = visit.page, app.the_map(visit.page)
        app.ready(page)
        app.wait_shown(page, index.size)
        view = app.view(page)
        tool = on_map.get_by_role("button", name="Select in a polygon")
        box = page.locator("iframe[title='streamlit_folium.st_folium']").bounding_box()
        assert box
        on_map.get_by_role("button", name="Select by area").click()
        tool.click()
        page.mouse.click(box["x"] + 0.2 * box["width"], box["y"] + 0.4 * box["height"])
        page.keyboard.press("Escape")
        expect(tool).to_have_attribute("aria-pressed", "false")
        tool.click()
        for x, y in ((0.2, 0.3), (0.6, 0.3), (0.6, 0.7), (0.2, 0.7)):
            page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("area=polygon"), timeout=app.SLOW_MS)
        app.settled(page)
        assert 0 < app.shown(page) < index.size
        assert app.view(page) == view
        expect(page.get_by_role("button", name="in the polygon of 4 corners")).to_be_visible()
        on_map.get_by_role("button", name="Remove the filter: in the polygon").click()
        app.wait_shown(page, index.size)
        expect(on_map.locator("path.map-area")).to_have_count(0)
        assert visit.errors == []
