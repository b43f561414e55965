"""Hostile text in every field that reaches the page: nothing runs, here or on the server."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.settings import Settings
from tests.e2e import app
from tests.e2e.browser import Visit, visit
from tests.e2e.server import serve
from tests.hostile.payloads import MARK, payloads
from tests.hostile.poison import poisoned, read_rows, write_rows

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[str]:
    """The app over a copy of the data with forty payloads in turn in all that a person reads.

    At its end: no template has made the folder, and nobody has called.
    """
    root = tmp_path_factory.mktemp("hostile")
    trap = root / "trap"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        texts = payloads(trap, listener.getsockname()[1])
        with serve(poisoned(root, settings, texts)) as url:
            yield url
        assert not trap.exists()
        with pytest.raises(TimeoutError):
            listener.accept()


def _nothing_ran(seen: Visit) -> None:
    assert [frame.url for frame in seen.page.frames if frame.evaluate(f"window.{MARK}")] == []
    assert seen.errors == []
    assert seen.outside == []


def test_nothing_runs_and_the_page_works(browser: Browser, hostile_address: str):
    with visit(browser, hostile_address) as seen:
        page = seen.page
        app.ready(page)
        mark = app.marks(page).first
        mark.hover()
        expect(app.the_map(page).locator(".event-tip")).to_be_visible()
        mark.click()
        # The list follows the map; what is clicked before it does is gone.
        expect(page.get_by_text("All places")).to_be_visible(timeout=app.SLOW_MS)
        page.locator("button.event").first.click()
        expect(page.locator(".event-head h3")).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_text("Shelf", exact=True).click()
        page.wait_for_timeout(1000)
        page.get_by_text("Table", exact=True).click()
        expect(app.table_rows(page).first).to_be_visible(timeout=app.SLOW_MS)
        _nothing_ran(seen)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/compare", ".account"),
        ("/compare?parties=x", ".fields"),
        ("/?view=presentation&lang=ar", "footer.presented"),
        ("/?tab=figure", "[data-testid=stImage] img"),
        ("/?tab=trends&split=actor", ".trend-key"),
        ("/?tab=trends&trend=cross&split=outlet&cross=actor", "[data-testid=stDataFrame]"),
        ("/?tab=evidence&event=agreement_hand_over_ain_issa&lang=ar", ".event-head"),
    ],
)
def test_reports_of_hostile_text_are_text(
    browser: Browser, hostile_address: str, path: str, shown: str
):
    with visit(browser, hostile_address + path) as seen:
        expect(seen.page.locator(shown).first).to_be_visible(timeout=2 * app.SLOW_MS)
        seen.page.wait_for_timeout(500)
        _nothing_ran(seen)


def test_a_hostile_article_is_shown_as_text(browser: Browser, hostile_address: str):
    with visit(browser, f"{hostile_address}/article?id=a000_arabi21") as seen:
        body = seen.page.locator("article")
        expect(body).to_be_visible(timeout=2 * app.SLOW_MS)
        expect(body).to_contain_text("<script>")
        expect(body.locator(".control").first).to_have_text("[U+202E]")
        _nothing_ran(seen)


def test_missing_data_give_a_page_that_says_so(browser: Browser, tmp_path: Path):
    names = ("SEEDS", "GAZETTEER", "LEXICON")
    environment = {f"EVENT_MAP_{name}": str(tmp_path / name.lower()) for name in names}
    with serve(environment) as url, visit(browser, url) as seen:
        expect(seen.page.get_by_text("The data cannot be shown")).to_be_visible(timeout=app.SLOW_MS)
        expect(seen.page.get_by_test_id("stDataFrame")).to_be_visible()


def test_a_broken_row_is_reported_and_the_rest_is_shown(
    browser: Browser, tmp_path: Path, settings: Settings
):
    shutil.copytree(settings.seeds, tmp_path / "seeds")
    events = tmp_path / "seeds" / "events.csv"
    rows = read_rows(events)
    rows[0]["date_start"] = "yesterday"
    write_rows(events, rows)
    environment = {"EVENT_MAP_SEEDS": str(tmp_path / "seeds")}
    with serve(environment) as url, visit(browser, url) as seen:
        app.ready(seen.page)
        app.wait_shown(seen.page, len(rows) - 1)
        expect(seen.page.get_by_text("in the data; the rest is shown")).to_be_visible()
