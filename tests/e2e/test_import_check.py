"""An analyst checks a table before the import, answers what was not understood, and imports it."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.datasets.formats import make
from tests.datasets.reading import OWN
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve

_ROWS = (
    OWN | {"type": "Kinetic <b>event</b>", "extra": "as it is"},
    OWN | {"id": "2", "date": "44214"},
    OWN | {"id": "3", "lat": "0", "lon": "0"},
)


def test_what_is_not_understood_is_asked_before_anything_is_imported(
    browser: Browser, tmp_path: Path
):
    file = make.write(tmp_path / "mine.csv", [{"extra": ""} | row for row in _ROWS])
    environment = {
        "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite"),
        "EVENT_MAP_DATASETS": str(tmp_path / "datasets"),
    }
    with serve(environment) as url, visit(browser, url + "/data") as seen:
        page = seen.page
        app.table_field(page).set_input_files(file)
        expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled(
            timeout=app.SLOW_MS
        )
        app.check_file(page)
        expect(page.get_by_text("An import would give: 3 new events")).to_be_visible()
        expect(page.get_by_text("3 rows, 1 without a date, 1 without a place")).to_be_visible()
        assert not (tmp_path / "datasets" / "mine" / "dataset.json").exists()
        box = page.locator(".st-key-import_values")
        app.choose(page, box.get_by_role("combobox").first, "Shelling")
        app.settled(page)
        # Other answers are another import: it is checked anew.
        expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled(
            timeout=app.SLOW_MS
        )
        date_box = page.locator(".st-key-import_option_date_numbers").get_by_role("combobox")
        app.choose(page, date_box, "days of a spreadsheet since 1900")
        app.settled(page)
        app.check_file(page)
        expect(page.get_by_text("3 rows, 0 without a date, 1 without a place")).to_be_visible(
            timeout=app.SLOW_MS
        )
        page.get_by_role("button", name="Import", exact=True).click()
        card = page.locator(".st-key-dataset_mine")
        expect(card).to_contain_text("3 events", timeout=app.SLOW_MS)
        expect(card).to_contain_text("18 January 2021")
        page.goto(url + "/?dataset=mine&kind=shelling")
        app.wait_shown(page, 1)
        assert seen.errors == []
