"""The log of files that people took: who, what, when; nobody but administrators reads it."""

from datetime import UTC, datetime

import pytest

from dashboard.model.permissions import Role, permissions_of
from dashboard.model.records import Table
from dashboard.model.viewer import NOBODY, NotPermittedError, Viewer, acting_as
from dashboard.store.database import writing
from dashboard.store.taken_files import log_taken, taken_files
from dashboard.store.verify import verify
from dashboard.store.workspace import Change, Workspace, WorkspaceError
from tests.store.conftest import Open


def somebody(role: Role) -> Viewer:
    return Viewer("ada@example.org", "Ada (ada@example.org)", permissions_of(role))


@pytest.fixture
def workspace(open_one: Open) -> Workspace:
    return open_one()


def test_it_has_who_what_and_when_the_last_first(workspace: Workspace):
    with acting_as(somebody(Role.READER)):
        log_taken(workspace, "csv", "kind=arrest", 12)
        log_taken(workspace, "ogc json", "/ogc", None)
    with acting_as(somebody(Role.ADMINISTRATOR)):
        last, first = taken_files(workspace)
        assert taken_files(workspace, limit=1) == [last]
    assert (first.account, first.who) == ("ada@example.org", "Ada (ada@example.org)")
    assert (first.format, first.link, first.events) == ("csv", "kind=arrest", 12)
    assert last.events is None
    assert 0 <= (datetime.now(UTC) - last.at).total_seconds() < 60
    # No record changed: what was loaded stays valid.
    assert workspace.version() == 0
    assert verify(workspace.source) == []


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.EDITOR])
def test_only_administrators_read_it(workspace: Workspace, role: Role):
    with acting_as(somebody(role)), pytest.raises(NotPermittedError):
        taken_files(workspace)


def test_nobody_takes_a_file_after_the_session_has_ended(workspace: Workspace):
    with acting_as(NOBODY), pytest.raises(NotPermittedError):
        log_taken(workspace, "csv", "", 1)


def test_without_accounts_nothing_is_logged(workspace: Workspace):
    log_taken(workspace, "csv", "", 1)
    assert taken_files(workspace) == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM taken_file",
        "UPDATE taken_file SET who = ''",
        "DELETE FROM entry_account",
        "UPDATE entry_account SET account = ''",
    ],
)
def test_no_line_is_changed_or_deleted(workspace: Workspace, change: str):
    with acting_as(somebody(Role.READER)):
        log_taken(workspace, "csv", "", 1)
    with acting_as(somebody(Role.ANALYST)):
        workspace.commit([Change(Table.OUTLET, "o1", None)], who="", what="a", why="")
    with (
        pytest.raises(WorkspaceError, match="append-only"),
        writing(workspace.source) as connection,
    ):
        connection.execute(change)
    with acting_as(somebody(Role.ADMINISTRATOR)):
        assert [each.account for each in taken_files(workspace)] == ["ada@example.org"]
