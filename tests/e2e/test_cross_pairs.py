"""A pair across datasets is linked in the browser, and both evidences say so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.datasets.__main__ import main
from dashboard.exit_status import ExitStatus
from tests.acled_file import write_acled
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.e2e.test_record import Analyst
from tests.ui.test_cross_pairs import OWN

pytestmark = pytest.mark.e2e


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server with a clash that ACLED and a table of one's own report."""
    workspace = tmp_path / "workspace.sqlite"
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(workspace))
    own = tmp_path / "own.csv"
    own.write_text(OWN, encoding="utf-8")
    for path in (write_acled(tmp_path / "acled.csv"), own):
        assert main([str(path)]) == ExitStatus.OK
    with serve({"EVENT_MAP_WORKSPACE": str(workspace)}) as url:
        yield url


def test_a_pair_across_datasets_is_linked(browser: Browser, address: str):
    with visit(browser, f"{address}/review?pairs=datasets") as seen:
        page = seen.page
        analyst = Analyst(page)
        analyst.enter(page.get_by_label("Your name"), "Rana")
        analyst.click(analyst.button("Look for pairs"))
        pair = page.locator("[class*='st-key-cross_pair_']").first
        expect(pair).to_contain_text("For: the same place", timeout=app.SLOW_MS)
        analyst.enter(pair.get_by_label("Reason"), "one video")
        analyst.click(pair.get_by_role("button", name="Link as one happening"))
        analyst.sees("✓ Linked as one happening")
    with visit(browser, f"{address}/?event=own%3A7&tab=evidence") as seen:
        linked = seen.page.locator(".relations.linked")
        expect(linked).to_contain_text("also reported by ACLED", timeout=app.SLOW_MS)
