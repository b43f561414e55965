"""Alerts on new events: switched on at a saved view, said above the views, gone once seen."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.corpus import Corpus
from dashboard.model.records import SuggestionRecord, Table
from dashboard.model.saved_view import SavedView
from dashboard.review.actions import accept_all
from dashboard.review.edit_session import EditSession
from dashboard.review.saved_views import save_view
from dashboard.settings import read_settings
from dashboard.store.alerts import Alerts
from dashboard.store.drafts import Drafts
from dashboard.store.workspace import Workspace
from tests.ui.running import texts


def _script() -> None:
    from dashboard.ui.explore.alerts import new_events_notices
    from dashboard.ui.explore.saved_views import saved_views_panel
    from dashboard.ui.project import catalog, load
    from dashboard.ui.state import explore_query
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    explore_query.read(catalog(loaded).vocabulary)
    new_events_notices(loaded)
    saved_views_panel(loaded)


def opened(who: str) -> AppTest:
    app = AppTest.from_function(_script, default_timeout=60)
    app.session_state["analyst"] = who
    app.session_state["saved_views"] = True
    app.run()
    assert not app.exception, app.exception
    return app


def accept(workspace: Workspace, corpus: Corpus) -> None:
    pending = workspace.all(Table.SUGGESTION, status="pending").values()
    stored = [item for item in pending if isinstance(item.value, SuggestionRecord)]
    accept_all(EditSession(workspace, corpus, "Omar"), stored, why="seen")


def links(app: AppTest) -> list[str]:
    """The links to single events."""
    shown = [link.proto.query_string for link in app.get("page_link")]
    return [link for link in shown if "event=" in link]


def test_new_events_are_said_until_they_were_seen(workspace: Workspace, corpus: Corpus):
    view = SavedView("Shelling *now*", "", {"kind": ("shelling",)})
    save_view(EditSession(workspace, corpus, "Rana"), view)
    app = opened("Rana")
    app.toggle[0].set_value(True).run()
    assert links(app) == []
    accept(workspace, corpus)
    app = opened("Rana")
    (link,) = links(app)
    assert "kind=shelling" in link
    assert "tab=evidence" in link
    # Another analyst asked for nothing.
    assert links(opened("Omar")) == []
    next(button for button in app.button if button.label == "I have seen them").click().run()
    assert links(app) == []
    assert links(opened("Rana")) == []


def test_the_name_of_the_browser_is_known_before_the_saved_views_are_opened(
    workspace: Workspace, corpus: Corpus, monkeypatch
):
    view_id = save_view(EditSession(workspace, corpus, "Rana"), SavedView("All", "", {}))
    Alerts(read_settings().alerts).set("Rana", view_id, workspace.version())
    Drafts(read_settings().drafts).set_author("b", "Rana")
    monkeypatch.setattr("dashboard.ui.analyst.browser", lambda: "b")
    accept(workspace, corpus)
    app = AppTest.from_function(_script, default_timeout=60).run()
    assert len(links(app)) == 2


def test_who_is_told_no_more_gets_no_notice(workspace: Workspace, corpus: Corpus):
    save_view(EditSession(workspace, corpus, "Rana"), SavedView("All", "", {}))
    app = opened("Rana")
    app.toggle[0].set_value(True).run()
    app.toggle[0].set_value(False).run()
    accept(workspace, corpus)
    assert links(opened("Rana")) == []


def test_a_removed_view_tells_nobody_and_without_a_name_nobody_is_told(
    workspace: Workspace, corpus: Corpus
):
    session = EditSession(workspace, corpus, "Rana")
    save_view(session, SavedView("All", "", {}))
    app = opened("Rana")
    app.toggle[0].set_value(True).run()
    anonymous = opened("")
    assert len(anonymous.toggle) == 0
    assert "Enter your name" in texts(anonymous)
    workspace.undo(workspace.version(), who="Rana", why="")
    accept(workspace, corpus)
    assert links(opened("Rana")) == []


def test_mails_go_to_an_address_of_the_domains_that_the_server_has(
    workspace: Workspace, corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    view_id = save_view(EditSession(workspace, corpus, "Rana"), SavedView("All", "", {}))
    alerts = Alerts(read_settings().alerts)
    alerts.set("Rana", view_id, 0)
    assert not [field for field in opened("Rana").text_input if "mail" in field.key]
    path = tmp_path / "mail.toml"
    path.write_text(
        'server = "smtps://mail.example.org"\nsender = "map@example.org"\ndomains = ["example.org"]\n'
    )
    monkeypatch.setenv("EVENT_MAP_MAIL", str(path))
    app = opened("Rana")
    field = next(field for field in app.text_input if "mail" in field.key)
    field.set_value("rana@evil.example").run()
    assert "Mails go only to addresses at" in texts(app)
    assert alerts.mailed() == []
    field = next(field for field in app.text_input if "mail" in field.key)
    field.set_value("rana@example.org").run()
    (alert,) = alerts.mailed()
    assert (alert.mail_to, alert.mailed, alert.language) == (
        "rana@example.org", workspace.version(), "en"
    )  # fmt: skip
    next(field for field in app.text_input if "mail" in field.key).set_value("").run()
    assert alerts.mailed() == []


def test_a_file_of_alerts_that_cannot_be_read_is_said_and_the_views_are_there(
    workspace: Workspace, corpus: Corpus
):
    save_view(EditSession(workspace, corpus, "Rana"), SavedView("All", "", {}))
    read_settings().alerts.write_bytes(b"no database" * 100)
    app = opened("Rana")
    (warning,) = app.warning
    assert "alerts.sqlite" in warning.value.replace("\\", "")
    assert app.expander[0].label == "Saved views"
