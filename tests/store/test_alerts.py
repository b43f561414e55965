"""Alerts: what they have seen, their address, and records that came to be."""

from pathlib import Path

import pytest

from dashboard.model.alert import Alert
from dashboard.model.records import Table
from dashboard.store.alerts import Alerts
from dashboard.store.workspace import Change, Workspace
from tests.store.sample_workspaces import outlet


@pytest.fixture
def alerts(tmp_path: Path) -> Alerts:
    return Alerts(tmp_path / "alerts.sqlite")


def test_each_person_has_alerts_of_their_own_that_outlive_the_server(alerts: Alerts):
    assert alerts.of("Rana") == []
    alerts.set("Rana", "v1", 7)
    alerts.set("Omar", "v1", 9)
    assert Alerts(alerts.path).of("Rana") == [Alert("Rana", "v1", 7, mailed=7)]
    alerts.remove("Rana", "v1")
    assert alerts.of("Rana") == []
    assert [alert.owner for alert in alerts.of("Omar")] == ["Omar"]


def test_what_was_seen_is_never_less_than_before(alerts: Alerts):
    alerts.set("Rana", "v1", 7)
    alerts.see("Rana", "v1", 12)
    alerts.see("Rana", "v1", 9)
    alerts.set("Rana", "v1", 1)
    assert alerts.of("Rana")[0].seen == 12


def test_mail_begins_where_it_is_switched_on_and_an_address_changes(alerts: Alerts):
    alerts.set("Rana", "v1", 7)
    alerts.set("Omar", "v1", 7)
    assert alerts.mailed() == []
    alerts.set("Rana", "v1", 10, "rana@example.org")
    assert alerts.mailed() == [Alert("Rana", "v1", 7, "rana@example.org", 10)]
    alerts.set("Rana", "v1", 20, "r@example.org")
    assert alerts.mailed() == [Alert("Rana", "v1", 7, "r@example.org", 10)]


def test_records_that_came_to_be_are_found_by_the_log(open_one):
    workspace: Workspace = open_one()

    def commit(name: str, *, version: int = 0, value: object | None = None) -> int:
        change = Change(Table.OUTLET, name, value, version)
        return workspace.commit([change], who="Rana", what="saved", why="")

    first = commit("a", value=outlet("a"))
    second = commit("b", value=outlet("b"))
    commit("a", version=first, value=outlet("other"))
    gone = commit("c", value=outlet("c"))
    last = commit("c", version=gone)
    assert workspace.created(Table.OUTLET, 0, last) == ["a", "b", "c"]
    # A change is no new record.
    assert workspace.created(Table.OUTLET, first, last) == ["b", "c"]
    assert workspace.created(Table.OUTLET, first, second) == ["b"]
    assert workspace.created(Table.EVENT, 0, last) == []
