"""An analyst imports ACLED, filters by those killed, and finds the figure and its source."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.datasets.formats import make
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve


def test_killed_are_imported_filtered_summed_and_shown(browser: Browser, tmp_path: Path):
    tolls = {"SYR1": "3", "SYR2": "5", "SYR3": "12", "SYR4": ""}
    rows = [
        make.BATTLE | {"event_id_cnty": name, "fatalities": toll, "tags": f"<b>tag of {name}</b>"}
        for name, toll in tolls.items()
    ]
    file = make.write(tmp_path / "acled.csv", rows)
    environment = {
        "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite"),
        "EVENT_MAP_DATASETS": str(tmp_path / "datasets"),
    }
    with serve(environment) as url, visit(browser, url + "/data") as seen:
        page = seen.page
        app.import_file(page, file, new_events=4)
        page.goto(url + "/")
        app.ready(page)
        bound = page.get_by_label("At least")
        bound.fill("5")
        bound.press("Enter")
        app.wait_shown(page, 2)
        expect(app.caption(page)).to_contain_text("17 killed, with at least 5 killed")
        expect(page.get_by_text("17 killed in 2 events")).to_be_visible()
        assert app.link(page)["estimate"] == ["killed:5.."]
        page.locator("button.event").filter(has_text="12 killed").click()
        header = page.locator(".event-head .figures")
        expect(header).to_contain_text("Killed: 12", timeout=app.SLOW_MS)
        expect(page.locator(".claim .figure").first).to_contain_text("fatalities: 12")
        columns = page.locator("details.source-columns")
        expect(columns.locator("tr", has_text="fatalities")).to_be_hidden()
        columns.locator("summary").click()
        expect(columns.locator("tr", has_text="tags")).to_contain_text("<b>tag of SYR3</b>")
        assert seen.errors == []
        assert seen.outside == []
