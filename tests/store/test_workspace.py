"""The workspace: nothing that was saved is lost, nothing is changed without a log entry."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.model.article import Outlet
from dashboard.model.records import Table, Versioned
from dashboard.store import schema
from dashboard.store.codec import _decode_record
from dashboard.store.database import writing
from dashboard.store.verify import verify
from dashboard.store.workspace import Change, ConflictError, Workspace, WorkspaceError
from tests.store.conftest import Open
from tests.store.sample_workspaces import replayed, stored

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(open_one: Open) -> Workspace:
    return open_one()


@pytest.fixture
def file(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "new" / "workspace.sqlite")


def outlet(name: str) -> Outlet:
    return Outlet("o1", name, name, "unknown", "a test")


def save(workspace: Workspace, value: Outlet | None, version: int = 0, **entry: str) -> int:
    entry = {"who": "Rana", "what": "saved", "why": "a reason", **entry}
    return workspace.commit([Change(Table.OUTLET, "o1", value, version)], **entry)


def test_a_record_is_read_as_it_was_saved(workspace: Workspace):
    seq = save(workspace, outlet("سانا"))
    assert workspace.get(Table.OUTLET, "o1") == Versioned(outlet("سانا"), seq)
    assert workspace.all(Table.OUTLET) == {"o1": Versioned(outlet("سانا"), seq)}
    assert workspace.get(Table.OUTLET, "o2") is None


def test_all_records_are_the_stored_ones_after_each_change(workspace: Workspace):
    """Records that were read before are not read again: what else changed them is seen."""
    decoded = _decode_record.cache_info
    first = save(workspace, outlet("a"))
    other = workspace.commit(
        [Change(Table.OUTLET, "o0", outlet("z"), 0)], who="Rana", what="saved", why="b"
    )
    expected = {"o0": Versioned(outlet("z"), other), "o1": Versioned(outlet("a"), first)}
    assert workspace.all(Table.OUTLET) == expected
    assert list(workspace.all(Table.OUTLET)) == ["o0", "o1"]
    before = decoded()
    second = save(workspace, outlet("b"), first)
    assert workspace.all(Table.OUTLET) == {**expected, "o1": Versioned(outlet("b"), second)}
    after = decoded()
    assert after.hits + after.misses - before.hits - before.misses == 1, "the changed one"
    undone = workspace.undo(second, who="Rana", why="c")
    assert workspace.all(Table.OUTLET) == {**expected, "o1": Versioned(outlet("a"), undone)}
    last = save(workspace, None, undone)
    assert workspace.all(Table.OUTLET) == {**expected, "o1": Versioned(None, last)}
    workspace.all(Table.OUTLET).clear()
    assert len(workspace.all(Table.OUTLET)) == 2


def test_another_log_with_the_same_numbers_is_read_anew(file: Workspace, tmp_path: Path):
    first = save(file, outlet("a"))
    earlier = tmp_path / "earlier.sqlite"
    with sqlite3.connect(file.path) as source, sqlite3.connect(earlier) as copy:
        source.backup(copy)
    second = save(file, outlet("b"), first)
    assert file.all(Table.OUTLET) == {"o1": Versioned(outlet("b"), second)}
    with sqlite3.connect(earlier) as source, sqlite3.connect(file.path) as copy:
        source.backup(copy)
    assert save(Workspace(file.path), outlet("c"), first) == second
    assert file.all(Table.OUTLET) == {"o1": Versioned(outlet("c"), second)}


def test_the_log_says_who_changed_what_when_and_why(workspace: Workspace):
    seq = save(workspace, outlet("a"))
    save(workspace, outlet("b"), seq, who="Omar", what="renamed", why="a typing error")
    last, first = workspace.log()
    assert (last.who, last.what, last.why) == ("Omar", "renamed", "a typing error")
    assert first.at <= last.at
    (difference,) = workspace.differences(last.seq)
    assert difference.before is not None
    assert difference.after is not None
    assert (difference.before["name_en"], difference.after["name_en"]) == ("a", "b")
    assert [entry.seq for entry in workspace.log(record=(Table.OUTLET, "o1"))] == [last.seq, seq]
    assert workspace.log(record=(Table.OUTLET, "other")) == []


def test_the_second_of_two_writers_gets_a_conflict_that_names_the_first(
    workspace: Workspace,
):
    seen = save(workspace, outlet("a"))
    save(workspace, outlet("theirs"), seen, who="Omar")
    with pytest.raises(ConflictError, match="Omar"):
        save(workspace, outlet("mine"), seen)
    record = workspace.get(Table.OUTLET, "o1")
    assert record is not None
    assert record.value == outlet("theirs")
    assert len(workspace.log()) == 2


def test_a_change_of_several_records_is_all_or_nothing(workspace: Workspace):
    save(workspace, outlet("a"))
    changes = [
        Change(Table.SPEAKER, "s1", outlet("x")),
        Change(Table.OUTLET, "o1", outlet("b"), version=99),
    ]
    with pytest.raises(ConflictError):
        workspace.commit(changes, who="Rana", what="both", why="")
    assert workspace.get(Table.SPEAKER, "s1") is None
    assert replayed(workspace) == stored(workspace)


def test_an_undo_is_a_new_entry_and_can_be_undone(workspace: Workspace):
    first = save(workspace, outlet("a"))
    second = save(workspace, outlet("b"), first)
    undoing = workspace.undo(second, who="Rana", why="a mistake")
    record = workspace.get(Table.OUTLET, "o1")
    assert record is not None
    assert record.value == outlet("a")
    assert [entry.seq for entry in workspace.log()] == [undoing, second, first]
    assert next(e for e in workspace.log() if e.seq == second).undone
    workspace.undo(undoing, who="Rana", why="it was none")
    record = workspace.get(Table.OUTLET, "o1")
    assert record is not None
    assert record.value == outlet("b")
    assert replayed(workspace) == stored(workspace)


def test_undoing_the_first_change_deletes_a_record_which_may_be_saved_again(workspace: Workspace):
    first = save(workspace, outlet("a"))
    undoing = workspace.undo(first, who="Rana", why="")
    assert workspace.get(Table.OUTLET, "o1") == Versioned(None, undoing)
    assert workspace.deleted() == {(Table.OUTLET, "o1"): undoing}
    assert workspace.count(Table.OUTLET) == 0
    save(workspace, outlet("again"), undoing)
    assert workspace.count(Table.OUTLET) == 1


def test_a_record_that_was_changed_since_is_not_undone(workspace: Workspace):
    first = save(workspace, outlet("a"))
    save(workspace, outlet("b"), first, who="Omar")
    with pytest.raises(ConflictError, match="Omar"):
        workspace.undo(first, who="Rana", why="")
    with pytest.raises(KeyError):
        workspace.undo(99, who="Rana", why="")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET who = 'somebody else'",
        "DELETE FROM entry",
        "UPDATE change SET after = NULL",
        "DELETE FROM change",
        "UPDATE entry_hash SET hash = ''",
        "DELETE FROM entry_hash",
    ],
)
def test_the_log_is_append_only(workspace: Workspace, statement: str):
    save(workspace, outlet("a"))
    with (
        pytest.raises(WorkspaceError, match="append-only"),
        writing(workspace.source) as connection,
    ):
        connection.execute(statement)
    assert len(workspace.log()) == 1


def test_many_writers_at_once_lose_nothing(open_one: Open):
    workspace = open_one()

    def write(number: int) -> None:
        key = f"o{number}"
        value = Outlet(key, key, key, "unknown", "a test")
        open_one().commit([Change(Table.OUTLET, key, value)], who=str(number), what="saved", why="")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert len(workspace.all(Table.OUTLET)) == 40
    assert [entry.seq for entry in workspace.log()] == list(range(40, 0, -1))
    assert replayed(workspace) == stored(workspace)
    assert verify(workspace.source) == []


def test_a_file_of_an_older_version_is_migrated(tmp_path: Path):
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(schema._STEPS[0])
    connection.execute(
        "INSERT INTO entry VALUES (1, '2026-01-01T00:00:00+00:00', 'w', 'x', '', NULL)"
    )
    fields = ",".join(f'"{name}":"a"' for name in Outlet.__dataclass_fields__)
    value = "{" + fields + "}"
    connection.execute("INSERT INTO record VALUES ('outlet', 'o1', ?, 1)", (value,))
    connection.execute("INSERT INTO change VALUES (1, 'outlet', 'o1', NULL, ?)", (value,))
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    workspace = Workspace(path)
    assert set(workspace.all(Table.OUTLET)) == {"o1"}
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path):
    path = tmp_path / "newer.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(schema.SchemaError, match="newer program"):
        Workspace(path)


def test_a_kill_at_any_moment_loses_nothing_that_was_saved(tmp_path: Path):
    path = tmp_path / "killed.sqlite"
    Workspace(path)
    program = str(Path(__file__).with_name("killed_writer.py"))
    done = subprocess.run(
        [sys.executable, program, str(path), "100", "7"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    saved = {key for line in done.stdout.splitlines() for key in line.split()}
    writers = {key.partition("_")[0] for key in saved}
    assert len(writers) == 100, "every writer was killed after it had saved something"
    workspace = Workspace(path)
    keys = set(workspace.all(Table.OUTLET))
    assert saved <= keys
    # Two records saved in one commit are both there, or neither.
    assert {key[:-1] + "a" for key in keys} == {key for key in keys if key.endswith("a")}
    assert {key[:-1] + "b" for key in keys} == {key for key in keys if key.endswith("b")}
    assert set(workspace.texts()) == {key for key in keys if key.endswith("a")}
    assert replayed(workspace) == stored(workspace)
    assert len(workspace.log(limit=10**6)) * 2 == len(keys)


def test_a_log_that_ends_while_the_workspace_opens_is_no_lost_workspace(
    file: Workspace, monkeypatch: pytest.MonkeyPatch
):
    save(file, outlet("a"))
    monkeypatch.setattr(Path, "exists", lambda _path, **_options: True)
    assert len(Workspace(file.path).all(Table.OUTLET)) == 1
