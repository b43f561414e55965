"""The hash chain of the log: whoever changes, removes, adds or reorders entries is found out."""

import zipfile
from pathlib import Path

import pytest

from dashboard.settings import Settings, with_workspace_at
from dashboard.store import __main__ as command
from dashboard.store import checks
from dashboard.store.database import reading, writing
from dashboard.store.hash_chain import chain_end, chain_start
from dashboard.store.schema import CHAIN_VERSION
from dashboard.store.verify import chain_since, verify
from dashboard.store.workspace import Workspace
from tests.store.conftest import Open
from tests.store.sample_workspaces import save

FINAL = ("entry", "change", "entry_hash")
FILE_TRIGGERS = (
    "entry_is_final",
    "entry_stays",
    "change_is_final",
    "change_stays",
    "hash_is_final",
    "hash_stays",
)
EARLIER = Path(__file__).with_name("earlier")


@pytest.fixture
def workspace(open_one: Open) -> Workspace:
    """A workspace with four entries, of which the last undoes the one before."""
    opened = open_one()
    for number in range(3):
        save(opened, f"outlet {number}", key=f"o{number}")
    opened.undo(3, who="Omar", why="a mistake")
    return opened


def tamper(workspace: Workspace, *statements: str) -> list[str]:
    """Change the database from outside, with the rights of its owner; returns the findings."""
    with writing(workspace.source) as connection:
        if workspace.path.exists():
            connection.execute("PRAGMA defer_foreign_keys = ON")
            for name in FILE_TRIGGERS:
                connection.execute(f"DROP TRIGGER {name}")
        else:
            for table in FINAL:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            connection.execute(statement)
    return [line for line in verify(workspace.source) if line.startswith("chain:")]


def test_an_untouched_log_has_no_findings(workspace: Workspace):
    assert verify(workspace.source) == []
    assert tamper(workspace) == []


@pytest.mark.parametrize(
    "column",
    [
        "at = '2020-01-01T00:00:00+00:00'",
        "who = 'Eve'",
        "what = '\"x\"'",
        "why = '\"x\"'",
        "undoes = 1",
    ],
)
def test_a_changed_entry_is_found(workspace: Workspace, column: str):
    (finding,) = tamper(workspace, f"UPDATE entry SET {column} WHERE seq = 2")  # noqa: S608
    assert "entry 2 was changed" in finding


@pytest.mark.parametrize("column", ["before", "after"])
def test_a_changed_value_is_found(workspace: Workspace, column: str):
    changed = f"UPDATE change SET {column} = '{{}}' WHERE seq = 2"  # noqa: S608
    assert "entry 2" in " ".join(tamper(workspace, changed))


def removed(seq: int) -> list[str]:
    """Statements that remove an entry with everything of it."""
    columns = {"record": "version", "change": "seq", "entry_hash": "seq", "entry": "seq"}
    return [f"DELETE FROM {table} WHERE {name} = {seq}" for table, name in columns.items()]  # noqa: S608


def test_a_removed_entry_is_found_by_the_one_after(workspace: Workspace):
    (finding,) = tamper(workspace, *removed(2))
    assert "entry 3" in finding
    assert "removed" in finding


def test_removing_the_last_entry_is_found(workspace: Workspace):
    others = ["UPDATE chain_end SET seq = 1"]
    findings = tamper(workspace, *others, *removed(4))
    assert findings == ["chain: it ends at entry 1, the log at entry 3"]


def test_an_added_entry_is_found(workspace: Workspace):
    added = (
        "INSERT INTO entry VALUES (9, '2026-01-01T00:00:00+00:00', 'Eve', '\"x\"', '\"\"', NULL)"
    )
    findings = tamper(workspace, added)
    assert findings[0].startswith("chain: entry 9 has no hash")


def test_exchanged_entries_are_found(workspace: Workspace):
    exchanged = [
        "UPDATE entry SET what = '\"saved outlet 1\"' WHERE seq = 1",
        "UPDATE entry SET what = '\"saved outlet 0\"' WHERE seq = 2",
    ]
    findings = tamper(workspace, *exchanged)
    assert ["entry 1" in findings[0], "entry 2" in findings[1]] == [True, True]


def test_a_file_from_before_the_chain_is_not_asked_for_it(workspace: Workspace):
    tamper(workspace, "UPDATE entry SET who = 'Eve' WHERE seq = 2")
    with reading(workspace.source) as connection:
        assert list(checks.hash_chain(connection, CHAIN_VERSION - 1)) == []
        assert len(list(checks.hash_chain(connection, CHAIN_VERSION))) == 1


def test_a_new_workspace_has_its_chain_from_the_first_entry(workspace: Workspace):
    start = chain_since(workspace.source)
    assert start is not None
    assert start.seq == 0
    with reading(workspace.source) as connection:
        assert chain_end(connection).seq == 4


def test_an_earlier_file_gets_a_chain_that_says_since_when_it_holds(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    with zipfile.ZipFile(EARLIER / "files.zip") as archive:
        archive.extract("workspace.sqlite", tmp_path)
    path = with_workspace_at(settings, tmp_path / "workspace.sqlite").workspace
    assert command.main(["verify", str(path)]) == 0
    assert "no hash chain" in capsys.readouterr().err
    entries = Workspace(path).log(limit=1)[0].seq
    with reading(path) as connection:
        start = chain_start(connection)
        assert start is not None
        assert start.seq == chain_end(connection).seq == entries
    assert verify(path) == []
    assert command.main(["verify", str(path)]) == 0
    assert f"began on {start.at[:16]} UTC with the {entries} entries" in capsys.readouterr().err
