"""Two analysts at one event: each sees the other, and what the other changed, while typing goes on."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from dashboard.model.article import Outlet
from dashboard.model.records import Table
from dashboard.store.workspace import Change, Workspace
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.e2e.test_work import name_oneself

pytestmark = pytest.mark.e2e

EVENT = "agreement_observation_points"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace.sqlite"


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    with serve({"EVENT_MAP_WORKSPACE": str(path)}) as url:
        yield url


def test_a_window_asks_under_the_name_that_was_typed_last(browser: Browser, address: str):
    with visit(browser, f"{address}/history") as seen:
        for name in ("Rana", "Omar"):
            name_oneself(seen.page, name)
        seen.page.wait_for_timeout(2_000)
        seen.requests.clear()
        seen.page.wait_for_timeout(4_000)
        asked = [url for url in seen.requests if "/changes?" in url]
        assert asked
        assert {parse_qs(urlsplit(url).query)["name"][0] for url in asked} == {"Omar"}


def test_a_change_is_said_and_shown_without_losing_what_is_typed(
    browser: Browser, address: str, path: Path
):
    at = f"{address}/review?event={EVENT}"
    with visit(browser, at) as first, visit(browser, at) as second:
        name_oneself(first.page, "Rana")
        name_oneself(second.page, "Omar")
        expect(first.page.get_by_text("Open here too: Omar")).to_be_visible(timeout=app.SLOW_MS)
        why = first.page.get_by_label("Reason for the change").first
        why.fill("typed and not sent")
        change = Change(Table.OUTLET, "o1", Outlet("o1", "a", "a", "unknown", "a test"))
        Workspace(path).commit([change], who="Ada", what="added an outlet", why="")
        notice = first.page.get_by_text("Changed by Ada just now: added an outlet")
        expect(notice).to_be_visible(timeout=app.SLOW_MS)
        expect(why).to_have_value("typed and not sent")
        first.page.get_by_role("button", name="Show the changes").click()
        app.settled(first.page)
        expect(notice).to_have_count(0)
        expect(why).to_have_value("typed and not sent")
        second.page.get_by_role("button", name="Dismiss").click(timeout=app.SLOW_MS)
        expect(second.page.get_by_text("Changed by Ada")).to_have_count(0)
