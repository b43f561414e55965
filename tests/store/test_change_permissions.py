"""What each role may change in the workspace: every kind of record, and undoing."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.model.permissions import Permission, Role, permissions_of
from dashboard.model.records import SuggestionRecord, Table
from dashboard.model.suggestion import Suggestion, SuggestionStatus
from dashboard.model.viewer import NotPermittedError, Viewer, acting_as
from dashboard.model.when import When
from dashboard.store.change_permissions import needed_for
from dashboard.store.database import reading
from dashboard.store.workspace import Change, Workspace
from tests.store.conftest import Open

# What an analyst may change; an editor everything but who sees what.
OF_ANALYSTS = {
    Table.ARTICLE, Table.OUTLET, Table.SPEAKER, Table.SUGGESTION, Table.CORRECTION,
    Table.UNKNOWN_PLACE, Table.FILE, Table.CAPTURE, Table.SOURCE_LINKS, Table.SAVED_VIEW,
    Table.COMMENT, Table.ASSIGNMENT,
}  # fmt: skip


def somebody(role: Role | None, name: str = "Ada") -> Viewer:
    return Viewer(f"{name}@example.org", name, permissions_of(role))


@pytest.fixture
def workspace(open_one: Open) -> Workspace:
    return open_one()


@pytest.fixture
def file(tmp_path: Path) -> Workspace:
    """For the many pairs of roles and tables, whose outcome is decided before the database."""
    return Workspace(tmp_path / "w.sqlite")


SUGGESTION = SuggestionRecord(
    "s", "a", Suggestion("clash", When(), "", (), (), (), 0.5, (), background=False),
    SuggestionStatus.PENDING, None, "",
)  # fmt: skip


def delete(table: Table) -> Change:
    """A change of that table that needs no value."""
    return Change(table, "x", None)


@pytest.mark.parametrize("table", Table)
@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_changes_what_it_may_and_bears_its_name(
    file: Workspace, table: Table, role: Role | None
):
    workspace = file
    may = (
        role is Role.ADMINISTRATOR
        or (role is Role.EDITOR and table is not Table.RESTRICTION)
        or (role is Role.ANALYST and table in OF_ANALYSTS)
    )
    print(f"{role or 'no role':15} {table:25} {'may' if may else 'may not'}")
    with acting_as(somebody(role)):
        if may:
            workspace.commit([delete(table)], who="Eve", what="a", why="b")
            assert workspace.log()[0].who == "Ada"
            return
        with pytest.raises(NotPermittedError):
            workspace.commit([delete(table)], who="Eve", what="a", why="b")
        assert workspace.log() == []


def test_one_change_that_is_not_allowed_prevents_all(workspace: Workspace):
    changes = [delete(Table.ARTICLE), delete(Table.EVENT)]
    with acting_as(somebody(Role.ANALYST)), pytest.raises(NotPermittedError):
        workspace.commit(changes, who="", what="a", why="b")
    assert workspace.log() == []


def test_others_entries_are_undone_by_editors_only(workspace: Workspace):
    with acting_as(somebody(Role.ANALYST)):
        first = workspace.commit([delete(Table.ARTICLE)], who="", what="a", why="b")
        second = workspace.commit([delete(Table.OUTLET)], who="", what="a", why="b")
    with acting_as(somebody(Role.ANALYST, "Eve")), pytest.raises(NotPermittedError):
        workspace.undo(first, who="Ada", why="")
    with acting_as(somebody(Role.ANALYST)):
        workspace.undo(first, who="", why="")
    with acting_as(somebody(Role.EDITOR, "Eve")):
        workspace.undo(second, who="Ada", why="")
    assert [entry.who for entry in workspace.log(limit=2)] == ["Eve", "Ada"]


def test_a_reader_undoes_nothing_not_even_what_was_their_own(workspace: Workspace):
    with acting_as(somebody(Role.EDITOR)):
        seq = workspace.commit([delete(Table.EVENT)], who="", what="a", why="b")
    for role in (None, Role.READER, Role.ANALYST):
        with acting_as(somebody(role)), pytest.raises(NotPermittedError):
            workspace.undo(seq, who="", why="")


def test_an_analyst_edits_and_defers_suggestions_and_decides_none(
    workspace: Workspace,
):
    def change(status: SuggestionStatus, version: int) -> Change:
        return Change(Table.SUGGESTION, "s", replace(SUGGESTION, status=status), version)

    with acting_as(somebody(Role.ANALYST)):
        seq = workspace.commit([change(SuggestionStatus.PENDING, 0)], who="", what="a", why="b")
        seq = workspace.commit([change(SuggestionStatus.DEFERRED, seq)], who="", what="a", why="b")
        for status in SuggestionStatus:
            if status not in {SuggestionStatus.PENDING, SuggestionStatus.DEFERRED}:
                with pytest.raises(NotPermittedError):
                    workspace.commit([change(status, seq)], who="", what="a", why="b")
    with acting_as(somebody(Role.EDITOR)):
        seq = workspace.commit([change(SuggestionStatus.REJECTED, seq)], who="", what="a", why="b")
    # Nor does an analyst take a decision back.
    with acting_as(somebody(Role.ANALYST)), pytest.raises(NotPermittedError):
        workspace.commit([change(SuggestionStatus.PENDING, seq)], who="", what="a", why="b")


def test_every_kind_of_record_needs_a_permission(workspace: Workspace):
    with reading(workspace.source) as connection:
        for table in Table:
            assert needed_for(connection, [delete(table)])


def test_roles_grow_and_the_last_has_all_permissions():
    sets = [permissions_of(role) for role in Role]
    assert all(less < more for less, more in pairwise(sets))
    assert sets[-1] == frozenset(Permission)


def test_an_entry_is_its_accounts_own_whatever_the_person_is_called_now(workspace: Workspace):
    ada = somebody(Role.ANALYST)
    with acting_as(ada):
        first = workspace.commit([delete(Table.ARTICLE)], who="", what="a", why="b")
        second = workspace.commit([delete(Table.OUTLET)], who="", what="a", why="b")
    with acting_as(replace(ada, author="Ada Married")):
        workspace.undo(first, who="", why="")
    namesake = replace(ada, account="eve@example.org")
    with acting_as(namesake), pytest.raises(NotPermittedError):
        workspace.undo(second, who="", why="")


def test_an_entry_from_before_accounts_is_another_persons(workspace: Workspace):
    seq = workspace.commit([delete(Table.ARTICLE)], who="Ada", what="a", why="b")
    with acting_as(somebody(Role.ANALYST)), pytest.raises(NotPermittedError):
        workspace.undo(seq, who="", why="")
    workspace.undo(seq, who="Ada", why="")
