"""Administrators say who sees a dataset or an article; for the others there is no such field."""

import pytest

from dashboard.model.permissions import Role, permissions_of
from dashboard.model.records import Table
from dashboard.model.restriction import RestrictedKind, Restriction
from dashboard.model.viewer import Viewer
from dashboard.store.workspace import Workspace
from tests.ui.running import click, labels, panel, texts


def form() -> None:
    from dashboard.model.restriction import RestrictedKind
    from dashboard.model.viewer import viewer
    from dashboard.ui import project
    from dashboard.ui.analyst import use_account
    from dashboard.ui.components.seen_by import restrictions_list, seen_by_form

    use_account(viewer())
    loaded = project.load()
    seen_by_form(loaded, RestrictedKind.ARTICLE, "a001_syria_tv", "*After* the talks")
    restrictions_list(loaded)


def sign_in(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    someone = Viewer("root@example.org", "Root (root@example.org)", permissions_of(role))
    monkeypatch.setattr("dashboard.model.viewer._find", [lambda: someone])


def stored(workspace: Workspace) -> list[object]:
    return [item.value for item in workspace.all(Table.RESTRICTION).values()]


def test_an_administrator_restricts_an_article_and_lets_everybody_see_it_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    sign_in(monkeypatch, Role.ADMINISTRATOR)
    app = panel(form)
    app.text_area[0].set_value("group:sources\naccount:Root@example.org")
    click(app, "Save")
    (restriction,) = stored(workspace)
    assert restriction == Restriction(
        RestrictedKind.ARTICLE,
        "a001_syria_tv",
        "*After* the talks",
        ("group:sources", "account:root@example.org"),
    )
    assert "*After* the talks" in texts(app)
    click(app, "Let everybody see it")
    assert stored(workspace) == [None]


def test_names_that_are_not_understood_are_refused(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    sign_in(monkeypatch, Role.ADMINISTRATOR)
    app = panel(form)
    app.text_area[0].set_value("sources")
    click(app, "Save")
    assert "expected group" in texts(app)
    assert stored(workspace) == []


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.EDITOR])
def test_others_have_no_such_field(role: Role, monkeypatch: pytest.MonkeyPatch):
    sign_in(monkeypatch, role)
    assert "Seen only by" not in labels(panel(form))


def test_without_accounts_there_is_nobody_to_hide_it_from():
    assert "Seen only by" not in labels(panel(form))
