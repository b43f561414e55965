"""What a check asks about: many kinds, names of several places, coordinates 0, 0, and ids."""

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.datasets.formats import make
from tests.datasets.reading import OWN
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve

# An import is another process, which begins by reading the project.
_IMPORT_MS = 60_000


def _environment(tmp_path: Path) -> dict[str, str]:
    return {
        "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite"),
        "EVENT_MAP_DATASETS": str(tmp_path / "datasets"),
    }


def _check(page: Page, file: Path) -> None:
    """Select a file, and check it."""
    app.table_field(page).set_input_files(file)
    app.check_file(page)


def _answer(page: Page, label: str | re.Pattern[str], answer: str) -> None:
    """Answer the question of this label, and check the file again."""
    app.choose(page, page.get_by_role("combobox", name=label), answer)
    app.settled(page)
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled(
        timeout=app.SLOW_MS
    )
    app.check_file(page)


def _rows(number: int, **cells: object) -> Sequence[dict[str, object]]:
    return [OWN | {"id": f"{at}"} | cells for at in range(number)]


def test_each_of_forty_unknown_kinds_can_be_answered(browser: Browser, tmp_path: Path):
    rows = [OWN | {"id": f"{at}", "type": f"Kinetic {at:02}"} for at in range(40)]
    file = make.write(tmp_path / "kinds.csv", rows)
    with serve(_environment(tmp_path)) as url, visit(browser, url + "/data") as seen:
        page = seen.page
        _check(page, file)
        expect(page.get_by_text("0 of 40 answered")).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_label("Find a value").fill("Kinetic 3")
        page.get_by_label("Find a value").press("Enter")
        _answer(page, re.compile("All 10 values"), "Shelling")
        expect(page.get_by_text("10 of 40 answered")).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_label("Find a value").fill("")
        page.get_by_label("Find a value").press("Enter")
        _answer(page, re.compile("All 40 values"), "Clash")
        expect(page.get_by_text("Values that were not understood")).to_have_count(
            0, timeout=app.SLOW_MS
        )
        page.get_by_role("button", name="Import", exact=True).click()
        card = page.locator(".st-key-dataset_kinds")
        expect(card).to_contain_text("40 events", timeout=_IMPORT_MS)
        page.goto(url + "/?dataset=kinds&kind=clash")
        app.wait_shown(page, 40)
        assert seen.errors == []


def test_a_name_of_two_places_and_coordinates_of_zero_are_asked_about(
    browser: Browser, tmp_path: Path
):
    rows = [
        *_rows(2, lat="", lon="", place="صيدا"),
        OWN | {"id": "9", "lat": "0", "lon": "0", "place": ""},
    ]
    file = make.write(tmp_path / "places.csv", rows)
    with serve(_environment(tmp_path)) as url, visit(browser, url + "/data") as seen:
        page = seen.page
        _check(page, file)
        expect(page.get_by_text("3 rows, 0 without a date, 3 without a place")).to_be_visible(
            timeout=app.SLOW_MS
        )
        box = page.get_by_role("combobox", name=re.compile("Place of"))
        app.settled(page)
        app.choose(page, box, re.compile("Sidon"))
        app.settled(page)
        _answer(page, "Coordinates 0, 0 are", "A point at sea in the Gulf of Guinea")
        expect(page.get_by_text("3 rows, 0 without a date, 0 without a place")).to_be_visible(
            timeout=app.SLOW_MS
        )
        assert seen.errors == []


def test_ids_that_begin_anew_in_the_next_file_are_asked_about(browser: Browser, tmp_path: Path):
    first = make.write(tmp_path / "weekly.csv", _rows(3))
    with serve(_environment(tmp_path)) as url, visit(browser, url + "/data") as seen:
        page = seen.page
        _check(page, first)
        page.get_by_role("button", name="Import", exact=True).click()
        card = page.locator(".st-key-dataset_weekly")
        expect(card).to_contain_text("3 events", timeout=_IMPORT_MS)
        make.write(first, _rows(3, date="2021-02-25", lat="35.95"))
        page.goto(url + "/data")
        _check(page, first)
        expect(page.get_by_text("3 ids are in the dataset for other days")).to_be_visible(
            timeout=app.SLOW_MS
        )
        label = re.compile("Rows whose id the dataset has for another day or place")
        _answer(page, label, "The same events: update them")
        expect(page.get_by_text("0 new events, 3 updated")).to_be_visible(timeout=app.SLOW_MS)
        _answer(page, label, "Other events: add them")
        page.get_by_role("button", name="Import", exact=True).click()
        expect(card).to_contain_text("6 events", timeout=_IMPORT_MS)
        assert seen.errors == []


def test_answers_about_a_known_format_are_used_for_its_next_file(browser: Browser, tmp_path: Path):
    unknown = make.BATTLE | {"event_type": "Kinetic", "sub_event_type": "Kinetic"}
    first = make.write(tmp_path / "first.csv", [unknown])
    second = make.write(tmp_path / "second.csv", [unknown | {"event_id_cnty": "SYR9"}])
    with serve(_environment(tmp_path)) as url, visit(browser, url + "/data") as seen:
        page = seen.page
        _check(page, first)
        _answer(page, re.compile("Kinetic"), "Shelling")
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.locator(".st-key-dataset_acled")).to_contain_text("1 event", timeout=_IMPORT_MS)
        page.goto(url + "/data")
        _check(page, second)
        expect(page.get_by_text("1 answer of an earlier import is used")).to_be_visible(
            timeout=app.SLOW_MS
        )
        expect(page.get_by_text("Values that were not understood")).to_have_count(
            0, timeout=app.SLOW_MS
        )
        page.get_by_text("1 answer of an earlier import is used").click()
        page.get_by_role("button", name="Use none of them").click()
        app.check_file(page)
        expect(page.get_by_text("Values that were not understood")).to_be_visible(
            timeout=app.SLOW_MS
        )
        assert seen.errors == []
