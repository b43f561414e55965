"""Many events: squares, brushing in the browser, and tables of events that an analyst brings."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from dashboard.engine.datasets import Datasets
from dashboard.model.corpus import Corpus
from tests.datasets.formats import make
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.engine import sample_data
from tests.oracle.select import EventIndex
from tests.oracle.tables import Tables

pytestmark = pytest.mark.e2e
NUMBER = 20_000
_EXPORT_MS = 120_000


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("many") / "w.sqlite"


@pytest.fixture(scope="module")
def many(workspace: Path, corpus: Corpus, tables: Tables) -> Iterator[str]:
    """The app with twenty thousand made-up events in 1,600 places beside the curated ones."""
    datasets = Datasets(workspace.with_name("w_datasets"))
    sample_data.write(datasets, corpus, NUMBER, towns=1600)
    environment = {
        "EVENT_MAP_WORKSPACE": str(workspace),
        "EVENT_MAP_IMPORT_FOLDER": str(workspace.parent),
    }
    with serve(environment) as url:
        yield url


def _frame(page: Page) -> Frame:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def _squares(page: Page) -> None:
    """Wait until squares are drawn."""
    legend = app.the_map(page).locator(".event-legend[data-marks=squares]")
    expect(legend).to_be_attached(timeout=app.SLOW_MS)
    expect(app.the_map(page).locator("canvas.event-cells")).to_be_attached(timeout=app.SLOW_MS)


def _on_map(page: Page) -> int:
    """How many events the circles stand for, by the label for screen readers."""
    label = app.the_map(page).locator("canvas.event-cells").get_attribute("aria-label")
    return int(re.sub(r"\D", "", label or "0"))


def _settled(page: Page) -> int:
    """The same, once the number no longer changes."""
    before = -1
    while (now := _on_map(page)) != before:
        before = now
        page.wait_for_timeout(1200)
    return now


def test_many_events_are_squares_that_split_when_zooming_in(browser: Browser, many: str, index):
    with visit(browser, many) as seen:
        page = seen.page
        _squares(page)
        total = NUMBER + index.size
        expect(app.caption(page)).to_contain_text(f"{total:,} of {total:,}", timeout=app.SLOW_MS)
        assert _settled(page) > 0.9 * NUMBER
        _frame(page).evaluate("map.setView([35.52, 38.05], 12, {animate: false}); 0")
        places = app.the_map(page).locator(".event-legend[data-marks=places]")
        expect(places).to_be_attached(timeout=app.SLOW_MS)
        mark = app.marks(page).first
        expect(mark).to_be_visible(timeout=app.SLOW_MS)
        count = int(mark.get_attribute("data-count") or 0)
        mark.press("Enter")
        expect(page.get_by_text(re.compile(rf"^{count} events? at "))).to_be_visible(
            timeout=app.SLOW_MS
        )
        page.locator("button.event").first.click()
        expect(page.locator(".claim").first).to_contain_text("made:1:", timeout=app.SLOW_MS)
        assert seen.errors == []
        assert seen.outside == []


def test_a_file_of_all_of_many_events_is_downloaded(
    browser: Browser, many: str, index: EventIndex, tmp_path: Path
):
    with visit(browser, many) as seen:
        page, total = seen.page, NUMBER + index.size
        page.get_by_role("button", name="Export").click()
        download = page.get_by_role("button", name=f"Download {total:,} events", exact=True)
        page.get_by_role("button", name="Write the file").click(timeout=app.SLOW_MS)
        # Another process writes it, which begins by reading the project.
        expect(download).to_be_enabled(timeout=_EXPORT_MS)
        app.settled(page)
        with page.expect_download(timeout=_EXPORT_MS) as waiting:
            download.click(timeout=app.SLOW_MS)
        path = tmp_path / "all.csv"
        waiting.value.save_as(path)
        assert waiting.value.suggested_filename.endswith(".csv")
        with path.open(encoding="utf-8", newline="") as file:
            ids = {row["event_id"] for row in csv.DictReader(file)}
        assert len(ids) == total
        assert seen.errors == []


def test_brushing_counts_in_the_browser_and_the_server_gets_the_dates_on_release(
    browser: Browser, many: str
):
    with visit(browser, many) as seen:
        page = seen.page
        _squares(page)
        before = _settled(page)
        box = page.get_by_role("slider", name="Last day").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 250, y, steps=10)
        page.wait_for_timeout(300)
        during = _on_map(page)
        assert 0 < during < before
        assert "to=" not in page.url
        page.mouse.up()
        expect(page).to_have_url(re.compile("to="), timeout=app.SLOW_MS)
        expect(app.caption(page)).to_contain_text("until", timeout=app.SLOW_MS)
        after = _settled(page)
        assert abs(after - during) <= 0.02 * before
        shown = app.shown(page)
        assert after <= shown
        assert after > 0.9 * shown


def test_playing_draws_many_frames_without_the_server(browser: Browser, many: str):
    with visit(browser, many) as seen:
        page = seen.page
        _squares(page)
        _settled(page)
        _frame(page).evaluate("window.slid = 0; map.on('eventsslid', () => { slid += 1; }); 0")
        page.get_by_role("button", name="Play").click()
        page.wait_for_timeout(1500)
        assert _frame(page).evaluate("slid") > 10
        assert "from=" not in page.url
        page.get_by_role("button", name="Pause").click()
        expect(page).to_have_url(re.compile("to="), timeout=app.SLOW_MS)


def test_marks_can_be_coloured_by_dataset(browser: Browser, many: str):
    with visit(browser, many + "/?colour=dataset") as seen:
        page = seen.page
        _squares(page)
        legend = app.the_map(page).locator(".event-legend")
        expect(legend).to_contain_text("Curated events")
        expect(legend).to_contain_text("Made")


def test_a_place_beyond_the_first_ones_is_found_by_name(browser: Browser, many: str):
    with visit(browser, many) as seen:
        page = seen.page
        _squares(page)
        places = page.locator(".facets details").filter(
            has=page.locator("summary", has_text=re.compile("^Place$"))
        )
        places.locator("summary").click(timeout=app.SLOW_MS)
        rare = app.filter_row(page, "Town 1599")
        expect(rare).to_have_count(0)
        box = places.get_by_role("searchbox")
        box.press_sequentially("town 1599")
        expect(rare).to_be_visible(timeout=app.SLOW_MS)
        expect(box).to_have_value("town 1599")
        expect(box).to_be_focused()
        count = int(rare.locator(".count").inner_text())
        rare.click()
        app.wait_shown(page, count)
        expect(app.caption(page)).to_contain_text("Town 1599")
        assert app.link(page)["place"]
        assert seen.errors == []


def test_the_table_is_paged(browser: Browser, many: str):
    with visit(browser, many + "/?tab=table") as seen:
        expect(seen.page.get_by_label(re.compile(r"Page \(1 to 41, with 500"))).to_be_visible(
            timeout=app.SLOW_MS
        )


def test_a_selection_that_is_too_large_for_a_figure_is_reported(browser: Browser, many: str):
    with visit(browser, many + "/?tab=figure") as seen:
        expect(seen.page.get_by_text("At most 20,000 events")).to_be_visible(timeout=app.SLOW_MS)


def _import(page: Page, path: Path, workspace: Path) -> None:
    """Name a file of this machine, below the folder that the server's setting names."""
    shutil.copy(path, workspace.parent / path.name)
    box = page.get_by_label("or its path inside")
    box.fill(path.name)
    box.press("Enter")


def test_an_acled_export_is_imported_switched_off_and_removed(
    browser: Browser, workspace: Path, many: str, tmp_path: Path
):
    hostile = "<img src=x onerror=window.hit=1> ${1+1} `x`"
    rows = [
        make.BATTLE | {"actor1": hostile, "location": hostile, "notes": hostile, "source": hostile},
        make.BATTLE | {"event_id_cnty": "SYR2", "latitude": "north"},
    ]
    path = make.write(tmp_path / "export.csv", rows)
    with visit(browser, many + "/data") as seen:
        page = seen.page
        _import(page, path, workspace)
        expect(page.get_by_text("Recognised as ACLED.")).to_be_visible(timeout=app.SLOW_MS)
        app.settled(page)
        app.check_file(page)
        offer = page.get_by_text("An import would give: 2 new events")
        expect(offer).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_text(re.compile("^2 new events"))).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_text("2 rows, 0 without a date, 1 without a place")).to_be_visible()
        expect(page.get_by_text("1 cell was not understood; its row is taken")).to_be_visible()
        card = page.locator(".st-key-dataset_acled")
        expect(card).to_contain_text("acleddata.com", timeout=app.SLOW_MS)
        card.get_by_text("On the map").click()
        expect(app.caption(page)).to_contain_text("2 of ", timeout=app.SLOW_MS)
        expect(page.locator("button.event").first).to_contain_text("ACLED")
        page.locator("button.event").first.click()
        expect(page.locator(".claim")).to_contain_text("as coded by", timeout=app.SLOW_MS)
        expect(page.locator(".claim blockquote")).to_contain_text("onerror")
        mark = app.marks(page).first
        expect(mark).to_be_visible(timeout=app.SLOW_MS)
        mark.focus()
        page.wait_for_timeout(500)
        assert page.evaluate("window.hit") is None
        assert _frame(page).evaluate("window.hit") is None
        assert seen.errors == []
    with visit(browser, many + "/data") as seen:
        page = seen.page
        card = page.locator(".st-key-dataset_acled")
        card.locator("label").filter(has_text="ACLED").click(timeout=app.SLOW_MS)
        app.settled(page)
        page.locator(".st-key-pages").get_by_text("Explore").click()
        expect(app.caption(page)).not_to_contain_text(f"{NUMBER + 48:,}", timeout=app.SLOW_MS)
        app.settled(page)
        page.locator(".st-key-pages").get_by_text("Data", exact=True).click()
        card.get_by_role("button", name="Remove").click(timeout=app.SLOW_MS)
        page.get_by_role("button", name="Remove the dataset").click()
        expect(card).to_have_count(0, timeout=app.SLOW_MS)


def test_a_custom_table_needs_answers_to_questions(browser: Browser, many: str, tmp_path: Path):
    own = {"When": "02/01/2021", "Xb": "36.4", "lon": "38.9", "Ort": "عين عيسى"}
    path = make.write(tmp_path / "mine.csv", [own])
    with visit(browser, many + "/data") as seen:
        page = seen.page
        app.table_field(page).set_input_files(path, timeout=app.SLOW_MS)
        expect(page.get_by_text("Still needed")).to_be_visible(timeout=app.SLOW_MS)
        app.settled(page)
        box = page.locator(".st-key-import_role_Xb").get_by_role("combobox")
        app.add_choice(page, box, "Latitude")
        expect(page.get_by_text("day or month comes first")).to_be_visible(timeout=app.SLOW_MS)
        order = page.locator(".st-key-import_date_order").get_by_role("combobox")
        app.choose(page, order, "mdy")
        # An answer can be corrected.
        expect(page.get_by_role("button", name="Check the file")).to_be_enabled(timeout=app.SLOW_MS)
        app.choose(page, order, "dmy")
        app.settled(page)
        credit = page.get_by_label("Credit")
        credit.fill("The <b>archive</b>")
        credit.press("Tab")
        app.settled(page)
        app.check_file(page)
        page.get_by_role("button", name="Import", exact=True).click(timeout=app.SLOW_MS)
        expect(page.get_by_text(re.compile("^1 new event"))).to_be_visible(timeout=app.SLOW_MS)
        card = page.locator(".st-key-dataset_mine")
        expect(card).to_contain_text("2 January 2021")
        expect(card).to_contain_text("The <b>archive</b>")


def test_a_long_import_shows_its_progress_and_can_be_cancelled(
    browser: Browser, workspace: Path, many: str, tmp_path: Path
):
    rows = [make.BATTLE | {"event_id_cnty": f"LONG{number}"} for number in range(150_000)]
    path = make.write(tmp_path / "long.csv", rows)
    with visit(browser, many + "/data") as seen:
        page = seen.page
        _import(page, path, workspace)
        page.get_by_label("Dataset").fill("Long one", timeout=app.SLOW_MS)
        page.get_by_label("Dataset").press("Enter")
        app.settled(page)
        app.start_check(page)
        progress = page.get_by_text(re.compile(r"[1-9][\d,]* rows, [\d,]+ rows a second, about"))
        # The other tests' process may have this machine's processors in the meantime.
        expect(progress).to_be_visible(timeout=3 * app.SLOW_MS)
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("Cancelled; nothing was imported.")).to_be_visible(
            timeout=app.SLOW_MS
        )
        expect(page.locator(".st-key-dataset_long_one")).to_have_count(0)
