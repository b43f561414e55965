"""An analyst colours governorates by their numbers of events, and filters by one with a click."""

import re

from playwright.sync_api import expect

from tests.e2e import app
from tests.e2e.conftest import Open


def test_a_click_on_a_governorate_filters_by_it(open_app: Open):
    with open_app("/?shade=governorate") as visit:
        page = visit.page
        shapes = app.the_map(page).locator(".shaded-area[role=button]")
        raqqa = shapes.and_(app.the_map(page).locator("[data-areas*=raqqa_governorate]"))
        expect(raqqa).to_have_attribute(
            "aria-label", re.compile(r"\d+ events"), timeout=app.SLOW_MS
        )
        number = re.search(r"(\d+) events", raqqa.get_attribute("aria-label") or "")
        assert number
        legend = app.the_map(page).locator(".event-legend")
        expect(legend).to_contain_text("Events by governorate")
        expect(legend).to_contain_text(re.compile(r"events? (is|are) in no governorate"))
        raqqa.focus()
        page.keyboard.press("Enter")
        app.wait_shown(page, int(number[1]))
        assert app.link(page)["place"] == ["raqqa_governorate"]
        assert app.link(page)["shade"] == ["governorate"]
        app.choose(page, page.get_by_role("combobox", name="The map shows"), "Marks")
        expect(app.marks(page).first).to_be_visible(timeout=app.SLOW_MS)
