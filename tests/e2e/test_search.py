"""The search field and the tools of the map, as an analyst uses them."""

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.query.query import Query
from tests.e2e import app
from tests.e2e.conftest import Open
from tests.oracle.select import EventIndex, select

pytestmark = pytest.mark.e2e


def _type(page: Page, text: str) -> None:
    field = page.get_by_role("combobox", name=re.compile("Search text|نص البحث"))
    field.fill(text)
    expect(page.get_by_role("option").first).to_be_visible(timeout=app.SLOW_MS)


def test_a_source_is_chosen_by_keyboard_and_a_coordinate_gone_to(open_app: Open, index: EventIndex):
    expected = int(select(index, Query(speakers=("sohr",))).shown.sum())
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        _type(page, "SOHR")
        expect(page.get_by_role("option").first).to_contain_text(f"{expected} events")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_contain_text("Observatory")
        page.keyboard.press("Enter")
        app.wait_shown(page, expected)
        assert app.link(page)["speaker"] == ["sohr"]
        # The same field goes to a coordinate, and the map says what lies outside of its view then.
        _type(page, "37S DA 12345 67890")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        frame = app.the_map(page)
        expect(frame.locator(".go-label")).to_have_text("36.75272, 38.01804")
        assert app.view(page)[:2] == pytest.approx((36.7527, 38.018), abs=0.01)
        frame.get_by_role("button", name=re.compile("outside: show")).click()
        expect(frame.get_by_role("button", name=re.compile("outside: show"))).to_be_hidden()
        assert visit.errors == []


def test_an_arabic_name_is_found_in_the_arabic_page(open_app: Open, index: EventIndex):
    expected = int(select(index, Query(places=("ain_issa",))).shown.sum())
    with open_app("/?lang=ar") as visit:
        page = visit.page
        app.ready(page)
        _type(page, "عين عيسي")
        page.get_by_role("option").first.click()
        expect(page).to_have_url(re.compile("place=ain_issa"), timeout=app.SLOW_MS)
        expect(app.caption(page)).to_contain_text(str(expected), timeout=app.SLOW_MS)


def test_coordinates_are_fixed_and_copied_and_a_line_is_measured(open_app: Open):
    with open_app() as visit:
        page, frame = visit.page, app.the_map(visit.page)
        app.ready(page)
        box = page.locator("iframe").first.bounding_box()
        assert box
        x, y = box["x"] + 0.55 * box["width"], box["y"] + 0.75 * box["height"]
        page.mouse.click(x, y)
        readout = frame.locator(".map-readout")
        readout.get_by_role("combobox").select_option("mgrs")
        expect(readout.locator("bdi")).to_have_text(re.compile(r"^\d\d[C-X] [A-Z]{2} \d+ \d+$"))
        readout.get_by_title("Copy").click()
        expect(readout.get_by_text("Copied")).to_be_visible()
        frame.get_by_role("button", name="Measure distances and areas").click()
        for move in (0, 60):
            page.mouse.click(x + move, y)
        expect(readout).to_contain_text(re.compile(r"^[\d.]+ km \(shortest line, WGS 84\)"))
        page.keyboard.press("Escape")
        expect(frame.locator(".measure-line")).to_have_count(0)
        assert visit.errors == []
