"""A damaged workspace in the browser: reported, and restored from the last good backup."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.model.corpus import Corpus
from dashboard.store.backup import Reason, make_backup
from dashboard.store.verify import verify
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.store.sample_workspaces import filled

pytestmark = pytest.mark.e2e


def test_a_damaged_workspace_is_reported_and_restored(
    browser: Browser, tmp_path: Path, corpus: Corpus
):
    workspace = filled(tmp_path / "workspace.sqlite", corpus)
    make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    with serve({"EVENT_MAP_WORKSPACE": str(workspace.path)}) as url:
        # The server has read the undamaged file before.
        with visit(browser, f"{url}/history") as seen:
            expect(seen.page.get_by_text("Last backup")).to_be_visible(timeout=app.SLOW_MS)
        workspace.path.write_bytes(b"damaged" * 10_000)
        with visit(browser, f"{url}/history") as seen:
            page = seen.page
            expect(page.get_by_text("is not an SQLite database")).to_be_visible(timeout=app.SLOW_MS)
            expect(page.get_by_text("has 33 log entries")).to_be_visible()
            page.get_by_role("button", name="Restore this backup").click()
            restore = page.get_by_role("button", name="Restore now")
            expect(restore).to_be_disabled()
            page.get_by_label("Your name").fill("Rana")
            page.get_by_label("Your name").press("Enter")
            expect(restore).to_be_enabled(timeout=app.SLOW_MS)
            restore.click()
            expect(page.get_by_text("Restored the backup of")).to_be_visible(timeout=app.SLOW_MS)
            expect(page.get_by_text("restored backup workspace-")).to_be_visible()
            assert seen.errors == []
            assert seen.outside == []
    assert verify(workspace.path) == []
    assert workspace.log()[0].who == "Rana"
