"""The table is sorted by a click on a heading, in the link too, and copied."""

import pytest
from playwright.sync_api import expect

from tests.e2e import app
from tests.e2e.conftest import Open
from tests.oracle.select import EventIndex

pytestmark = pytest.mark.e2e


def test_the_table_is_sorted_by_dates_and_copied(open_app: Open, index: EventIndex):
    with open_app("/?tab=table&table=wide&lang=ar") as visit:
        page = visit.page
        table = page.locator("table")
        expect(app.table_rows(page)).to_have_count(index.size, timeout=app.SLOW_MS)
        assert table.evaluate("node => getComputedStyle(node).direction") == "rtl"
        date = table.locator("th").first
        expect(date).to_have_attribute("aria-sort", "ascending")
        first = app.table_rows(page).first.inner_text()
        date.get_by_role("button").click()
        expect(date).to_have_attribute("aria-sort", "descending", timeout=app.SLOW_MS)
        assert app.table_rows(page).first.inner_text() != first
        app.settled(page)
        assert app.link(page)["sort"] == ["-date"]
        page.locator("button.copy").click()
        expect(page.locator(".bar .status")).not_to_be_empty()
        assert not visit.errors
