"""The notice gets the version that the page shows, the name of its analyst, and its language."""

from dashboard.ui.components import live_changes
from tests.ui.running import components, panel


def _script() -> None:
    from dashboard.ui.components.live_changes import live_changes

    live_changes(12, "s1")


def test_the_browser_asks_for_what_is_newer_than_the_page():
    (data,) = components(panel(_script)).values()
    assert data["since"] == 12
    assert data["name"] == ""
    assert data["suggestion"] == "s1"
    assert data["show"] == "Show the changes"


def test_the_script_asks_our_route():
    script = live_changes.FRONTEND / "live_changes" / "live_changes.js"
    assert 'const ADDRESS = "changes";' in script.read_text(encoding="utf-8")
