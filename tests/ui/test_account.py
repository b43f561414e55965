"""The Account page, and what pages show to those who may not change anything."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.access.accounts import Scope
from dashboard.access.own import hashed
from dashboard.model.permissions import Role, permissions_of
from dashboard.model.viewer import NOBODY, Viewer, acting_as
from dashboard.project.accounts import shared_accounts
from dashboard.store.taken_files import log_taken, taken_files
from dashboard.store.workspace import Workspace
from dashboard.ui.account import (
    accounts_panel,
    ended,
    line,
    page,
    sessions_panel,
    taken_panel,
    tokens_panel,
    words,
)
from dashboard.ui.state import viewer as viewer_state
from tests.access.signed_in import Team, account_of, team
from tests.ui.running import click, components, labels, panel, texts

# The modules that the scripts below import by themselves.
USED = (accounts_panel, ended, line, page, sessions_panel, taken_panel, tokens_panel)


@pytest.fixture
def here(tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A server with accounts on the workspace of the tests."""
    accounts = workspace.path.with_name(f"{workspace.path.stem}_accounts.sqlite")
    made = team(tmp_path, accounts)
    monkeypatch.setenv("EVENT_MAP_SIGN_IN", str(made.file))
    return made


def as_(here: Team, name: str, monkeypatch: pytest.MonkeyPatch) -> Viewer:
    """Let the pages be those of somebody with that role."""
    found = here.accounts.viewer_of_session(hashed(here.secrets[name]))
    assert found is not None
    monkeypatch.setattr("dashboard.model.viewer._find", [lambda: found])
    monkeypatch.setattr(sessions_panel, "session_id", lambda: hashed(here.secrets[name]))
    return found


def account_page() -> None:
    from dashboard.model.viewer import viewer
    from dashboard.ui import shell
    from dashboard.ui.account import page
    from dashboard.ui.analyst import use_account
    from tests.ui.running import register_pages

    register_pages()
    shell.register("account", shell._pages["data"])
    use_account(viewer())
    page.page()


@pytest.mark.parametrize("name", ["reader", "administrator"])
def test_the_page_shows_the_role_and_to_administrators_all_accounts(
    here: Team, name: str, monkeypatch: pytest.MonkeyPatch
):
    as_(here, name, monkeypatch)
    shown = panel(account_page)
    assert f"Role: {words.role_name(Role(name))}" in texts(shown)
    assert "this browser" in texts(shown)
    assert (account_of("analyst") in texts(shown).replace("\\", "")) == (name == "administrator")
    assert "Your name" not in labels(shown)
    assert components(shown)["event_map_signed_in"] == {
        "address": "/sign-in/state", "ended": False,
    }  # fmt: skip


def test_an_administrator_disables_and_enables_an_account(
    here: Team, monkeypatch: pytest.MonkeyPatch
):
    boss = as_(here, "administrator", monkeypatch)
    shown = panel(account_page)
    shown.button(key=f"disable_{account_of('editor')}").click().run()
    assert here.accounts.viewer_of_session(hashed(here.secrets["editor"])) is None
    shown.button(key=f"disable_{account_of('editor')}").click().run()
    with acting_as(boss):
        assert not any(account.disabled for account in here.accounts.accounts())


def test_administrators_see_the_files_that_were_taken(
    here: Team, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    reader = as_(here, "reader", monkeypatch)
    log_taken(workspace, "csv", "=kind", 12)
    assert not panel(account_page).dataframe
    boss = as_(here, "administrator", monkeypatch)
    shown = panel(account_page)
    row = shown.dataframe[0].value.iloc[0]
    assert list(row[["Account", "Format", "Events", "Selection"]]) == [
        reader.account, "csv", 12, "=kind",
    ]  # fmt: skip
    with acting_as(boss):
        written = taken_panel._csv(taken_files(workspace)).decode("utf-8-sig").splitlines()
    assert written[0] == "time,account,name,format,events,selection"
    # No spreadsheet runs a link as a formula.
    assert written[1].endswith(",csv,12,'=kind")


def test_a_token_is_shown_once_and_can_be_revoked(here: Team, monkeypatch: pytest.MonkeyPatch):
    reader = as_(here, "reader", monkeypatch)
    shown = panel(account_page)
    shown.text_input(key="token_name").set_value("notebook")
    click(shown, "Make a token")
    secret = shown.code[0].value
    assert here.accounts.viewer_of_token(secret, Scope.READ) is not None
    shown.run()
    assert not shown.code
    click(shown, "Revoke")
    with acting_as(reader):
        assert here.accounts.tokens.of(reader.account) == []


@pytest.mark.parametrize("button", ["Sign out", "Sign out everywhere"])
def test_signing_out_ends_the_session(here: Team, button: str, monkeypatch: pytest.MonkeyPatch):
    as_(here, "editor", monkeypatch)
    click(panel(account_page), button)
    assert here.accounts.viewer_of_session(hashed(here.secrets["editor"])) is None


def test_a_page_whose_session_has_ended_leads_to_the_sign_in():
    def script() -> None:
        from dashboard.ui.account.ended import ended_page

        ended_page()

    assert components(panel(script))["event_map_signed_in"]["ended"] is True


def test_the_viewer_of_a_page_is_that_of_its_session(here: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(viewer_state, "session_id", lambda: hashed(here.secrets["editor"]))
    assert viewer_state.find_viewer().account == account_of("editor")
    monkeypatch.setattr(viewer_state, "session_id", lambda: "")
    assert viewer_state.find_viewer() == NOBODY
    assert shared_accounts() is not None


def event_page() -> None:
    from tests.ui.test_shared_panel import _event_page

    _event_page()


def test_with_accounts_those_who_may_review_can_be_assigned(
    here: Team, monkeypatch: pytest.MonkeyPatch
):
    analyst = as_(here, "analyst", monkeypatch)
    app = panel(event_page, analyst.author or "")
    (field,) = (field for field in app.selectbox if field.label == "Person")
    assert field.options == [
        f"{name.title()} ({account_of(name)})" for name in ("administrator", "analyst", "editor")
    ]
    assert field.value == analyst.author
    as_(here, "reader", monkeypatch)
    (field,) = (field for field in panel(event_page).selectbox if field.label == "Person")
    assert field.options == []


def saved_views() -> None:
    from dashboard.model.viewer import viewer
    from dashboard.ui.analyst import name_field, use_account

    use_account(viewer())
    name_field()


@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_not_change_anything_is_told_so(role: Role | None, monkeypatch: pytest.MonkeyPatch):
    someone = Viewer("a@example.org", "A (a@example.org)", permissions_of(role))
    monkeypatch.setattr("dashboard.model.viewer._find", [lambda: someone])
    shown = panel(saved_views, "Somebody typed")
    may = role not in {None, Role.READER}
    assert shown.session_state["analyst"] == ("A (a@example.org)" if may else "")
    assert ("you cannot change anything" in texts(shown)) is not may
    assert "Your name" not in labels(shown)


def _review() -> None:
    from dashboard.model.viewer import viewer
    from dashboard.ui.analyst import use_account
    from dashboard.ui.review import page
    from tests.ui.running import register_pages

    register_pages()
    use_account(viewer())
    page.page()


def _gazetteer() -> None:
    from dashboard.model.viewer import viewer
    from dashboard.ui.analyst import use_account
    from dashboard.ui.gazetteer import page
    from tests.ui.running import register_pages

    register_pages()
    use_account(viewer())
    page.page()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.EDITOR])
def test_who_may_not_import_has_no_field_for_files(role: Role, monkeypatch: pytest.MonkeyPatch):
    def script() -> None:
        from dashboard.settings import read_settings
        from dashboard.ui.data.import_file import chosen_file

        chosen_file(read_settings())

    someone = Viewer("", "A", permissions_of(role))
    monkeypatch.setattr("dashboard.model.viewer._find", [lambda: someone])
    (field,) = panel(script).get("file_uploader")
    assert field.proto.disabled is (role is Role.ANALYST)


@pytest.mark.parametrize("script", [_review, _gazetteer])
@pytest.mark.usefixtures("workspace")
def test_a_reader_finds_no_button_that_changes_something(
    script: Callable[[], None], monkeypatch: pytest.MonkeyPatch
):
    someone = Viewer("", "Reader", permissions_of(Role.READER))
    monkeypatch.setattr("dashboard.model.viewer._find", [lambda: someone])
    shown = panel(script)
    changing = {"Accept", "Reject", "Defer", "Add the place", "Save", "Accept all"}
    enabled = {button.label for button in shown.button if not button.disabled}
    assert not any(label.startswith(tuple(changing)) for label in enabled), enabled
