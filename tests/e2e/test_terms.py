"""A clicked mark and the terms of datasets, from the map to the downloaded file."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from dashboard.datasets.__main__ import main
from dashboard.exit_status import ExitStatus
from tests.acled_file import write_acled
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.conftest import Open
from tests.e2e.server import serve

pytestmark = pytest.mark.e2e
ACCEPT = "I will not publish these rows of ACLED or give them to others."


@pytest.fixture(scope="module")
def with_acled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with two events of ACLED beside the curated ones."""
    folder = tmp_path_factory.mktemp("terms")
    path = str(folder / "w.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENT_MAP_WORKSPACE", path)
        assert main([str(write_acled(folder / "acled.csv"))]) == ExitStatus.OK
    with serve({"EVENT_MAP_WORKSPACE": path}) as url:
        yield url


def _panel(page: Page, kind: str) -> Locator:
    """The Download button of the export panel, with this format chosen."""
    page.get_by_role("button", name="Export").click()
    page.locator(".st-key-export_format").get_by_role("combobox").click()
    page.get_by_role("option", name=kind, exact=True).click()
    page.wait_for_timeout(1000)
    return page.locator(".st-key-export_download").get_by_role("button")


def _rows(page: Page, button: Locator, folder: Path) -> tuple[str, list[dict[str, str]]]:
    """The name and the rows of the file that the button downloads."""
    with page.expect_download(timeout=app.SLOW_MS) as waiting:
        button.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as file:
        return path.name, list(csv.DictReader(file))


def test_a_clicked_mark_is_what_is_downloaded_unless_all_are_asked_for(
    open_app: Open, tmp_path: Path
):
    with open_app("/") as seen:
        page = seen.page
        app.ready(page)
        everything = app.shown(page)
        app.marks(page).first.click()
        listed = page.get_by_text(re.compile(r"^\d+ events? at "))
        expect(listed).to_be_visible(timeout=app.SLOW_MS)
        # After the places the line has the sum of a measure.
        words = listed.inner_text().partition(", killed")[0]
        number = int(words.split()[0])
        assert number < everything
        button = _panel(page, "CSV, UTF-8")
        expect(button).to_have_text(f"Download {words}")
        name, rows = _rows(page, button, tmp_path)
        assert name.startswith("events_at_")
        assert len({row["event_id"] for row in rows}) == number
        assert " at " in rows[0]["file_selection"]
        assert "at=" in rows[0]["file_link"]
        page.get_by_text(f"All {everything} events", exact=True).click()
        expect(button).to_have_text(f"Download {everything} events", timeout=app.SLOW_MS)
        name, rows = _rows(page, button, tmp_path)
        assert name == "events.csv"
        assert len({row["event_id"] for row in rows}) == everything
        assert "at=" not in rows[0]["file_link"]


def test_rows_that_may_not_be_shared_are_downloaded_after_a_promise_or_left_out(
    browser: Browser, with_acled: str, tmp_path: Path
):
    with visit(browser, with_acled) as seen:
        page = seen.page
        app.ready(page)
        everything = app.shown(page)
        button = _panel(page, "CSV, UTF-8")
        expect(page.get_by_text("The terms of ACLED do not allow rows")).to_be_visible()
        expect(page.get_by_text("Event Data (ACLED), acleddata.com")).to_be_visible()
        expect(button).to_be_disabled()
        page.get_by_text(ACCEPT).click()
        expect(button).to_be_enabled(timeout=app.SLOW_MS)
        _name, rows = _rows(page, button, tmp_path)
        assert len({row["event_id"] for row in rows}) == everything
        assert all(row["file_terms"].startswith("The terms of ACLED") for row in rows)
        page.get_by_text("Leave the events of ACLED out of the file").click()
        expect(button).to_have_text(f"Download {everything - 2} events", timeout=app.SLOW_MS)
        expect(page.get_by_text(ACCEPT)).to_have_count(0)
        expect(button).to_be_enabled()
        _name, rows = _rows(page, button, tmp_path)
        assert len({row["event_id"] for row in rows}) == everything - 2
        assert "acleddata.com" not in rows[0]["file_credits"]


@pytest.mark.parametrize(
    ("link", "licence"), [("?lang=en", "Licence: ACLED terms"), ("?lang=ar", "شروط استخدام ACLED")]
)
def test_the_presentation_and_the_figure_name_the_dataset(
    browser: Browser, with_acled: str, link: str, licence: str, tmp_path: Path
):
    with visit(browser, f"{with_acled}{link}&view=presentation") as seen:
        terms = seen.page.locator("footer.presented .terms")
        expect(terms).to_contain_text("Event Data (ACLED), acleddata.com", timeout=app.SLOW_MS)
        expect(terms).to_contain_text(licence)
        box = terms.bounding_box()
        assert box
        assert box["y"] + box["height"] <= seen.page.viewport_size["height"]
    with visit(browser, f"{with_acled}{link}&tab=figure&dataset=acled") as seen:
        button = seen.page.get_by_role("button", name=re.compile("Download the figure|نزّل الشكل"))
        with seen.page.expect_download(timeout=app.SLOW_MS) as waiting:
            button.click(timeout=app.SLOW_MS)
        waiting.value.save_as(tmp_path / "figure.pdf")
    assert "acleddata.com" in PdfReader(tmp_path / "figure.pdf").pages[0].extract_text()
