"""The workspace on a PostgreSQL server: what it refuses, and what becomes of a broken connection."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dashboard.model.permissions import Role, permissions_of
from dashboard.model.records import Table
from dashboard.model.viewer import Viewer, acting_as
from dashboard.settings import read_settings
from dashboard.store import postgresql
from dashboard.store.database import Server, writing
from dashboard.store.postgresql_errors import postgresql_errors
from dashboard.store.postgresql_schema import SCHEMA, STEPS
from dashboard.store.problems import Problem, WorkspaceError
from dashboard.store.schema import VERSION, SchemaError
from dashboard.store.taken_files import log_taken, taken_files
from dashboard.store.verify import verify
from dashboard.store.workspace import Change, Workspace
from tests import engines
from tests.hostile.killed_server import MUST_BE_0, run
from tests.store.sample_workspaces import outlet, save

# Whether a transaction has written anything.
_ASSIGNED = "SELECT pg_current_xact_id_if_assigned()"


@pytest.fixture
def workspace(server: Server, tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w.postgresql", server=server)


def administer(server: Server, *statements: str) -> None:
    with psycopg.connect(engines.as_administrator(server.url), autocommit=True) as con:
        for statement in statements:
            con.execute(statement)


def test_the_url_chooses_the_server_and_is_never_shown(tmp_path: Path):
    url = "postgresql://u:secret@example.org/db"
    settings = read_settings(
        {"EVENT_MAP_WORKSPACE": url, "EVENT_MAP_WORKSPACE_FILES": str(tmp_path)}
    )
    assert settings.workspace_url == url
    assert settings.place_lists == tmp_path / "workspace_places"
    assert "secret" not in repr(settings) + repr(Server(url)) + str(Server(url))
    assert postgresql.shown_name(url) == "PostgreSQL db at example.org:5432"


def test_the_newest_layout_has_a_step(workspace: Workspace):
    """A step of the file's tables needs one of the server's, if only an empty one."""
    assert max(STEPS) == VERSION
    with writing(workspace.source) as session:
        assert postgresql.schema_version(session) == VERSION


@pytest.mark.parametrize(
    "url",
    ["postgresql://u:p@ss@127.0.0.1/x", "postgresql://u:secret@127.0.0.1:port/x"],
)
def test_a_url_that_cannot_be_read_is_refused_without_its_parts(tmp_path: Path, url: str):
    with pytest.raises(WorkspaceError) as refused:
        Workspace(tmp_path / "w", server=Server(url))
    assert refused.value.problem is Problem.UNREACHABLE
    assert "ss@" not in str(refused.value)
    assert "port/x" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_named_without_password(tmp_path: Path):
    url = f"postgresql://u:secret@127.0.0.1:{engines._free_port()}/db"
    with pytest.raises(WorkspaceError) as refused:
        Workspace(tmp_path / "w", server=Server(url))
    assert refused.value.problem is Problem.UNREACHABLE
    assert "PostgreSQL db at 127.0.0.1" in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("give", "take"),
    [
        ("ALTER ROLE event_map SUPERUSER", "ALTER ROLE event_map NOSUPERUSER"),
        ("GRANT pg_read_server_files TO event_map", "REVOKE pg_read_server_files FROM event_map"),
        (
            """
            CREATE FUNCTION event_map_workspace.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
            ALTER FUNCTION event_map_workspace.f() OWNER TO event_map
            """,
            "DROP FUNCTION event_map_workspace.f()",
        ),
    ],
)
def test_a_role_that_may_do_more_is_refused(server: Server, tmp_path: Path, give: str, take: str):
    administer(server, give)
    try:
        with pytest.raises(WorkspaceError, match="expected a role that owns its schema") as refused:
            Workspace(tmp_path / "w", server=server)
        assert refused.value.problem is Problem.NO_ACCESS
    finally:
        administer(server, take)
    assert Workspace(tmp_path / "w", server=server).version() == 0


def test_tables_of_a_newer_program_or_of_another_are_refused(workspace: Workspace):
    assert isinstance(workspace.source, Server)
    administer(workspace.source, "UPDATE event_map_workspace.layout SET version = 999")
    with pytest.raises(SchemaError, match="newer"):
        Workspace(workspace.path, server=workspace.source)
    with pytest.raises(WorkspaceError, match="newer"):
        verify(workspace.source)
    administer(workspace.source, "DROP TABLE event_map_workspace.layout")
    with pytest.raises(SchemaError, match="other tables"):
        Workspace(workspace.path, server=workspace.source)
    assert verify(workspace.source) == ["schema: the table layout is missing"]


def test_the_character_of_code_0_is_refused_in_a_text_and_stored_in_a_record(workspace: Workspace):
    with pytest.raises(WorkspaceError) as refused:
        workspace.commit([], who="R", what="w", why="", texts=[("a", "b\0")])
    assert refused.value.problem is Problem.INVALID_TEXT
    assert workspace.version() == 0
    change = Change(Table.OUTLET, "o1", outlet("a\0b"))
    workspace.commit([change], who="R", what="w", why="")
    record = workspace.get(Table.OUTLET, "o1")
    assert record is not None
    assert record.value == outlet("a\0b")


def test_who_waits_too_long_for_another_writer_is_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(postgresql, "WAIT_S", 1)
    with writing(workspace.source), pytest.raises(WorkspaceError) as refused:
        save(workspace, "a")
    assert refused.value.problem is Problem.LOCKED
    save(workspace, "a")


@pytest.fixture(params=[True, False], ids=["saved", "not saved"])
def breaks_at_the_end(
    request: pytest.FixtureRequest, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> Iterator[bool]:
    """The connection breaks when a change is to be saved: after that, or before."""
    assert isinstance(workspace.source, Server)
    server, whole = workspace.source, postgresql.Session.execute

    def execute(session, sql: str, parameters=()):
        if sql != "COMMIT" or not whole(session, _ASSIGNED).fetchone()[0]:
            return whole(session, sql, parameters)
        pid = whole(session, "SELECT pg_backend_pid()").fetchone()[0]
        if request.param:
            whole(session, sql)
        administer(server, f"SELECT pg_terminate_backend({pid})")
        return whole(session, "SELECT 1" if request.param else sql)

    monkeypatch.setattr(postgresql.Session, "execute", execute)
    yield request.param
    monkeypatch.undo()
    assert len(workspace.log()) == (1 if request.param else 0)
    assert verify(workspace.source) == []


def test_a_connection_that_breaks_while_saving_is_no_doubt(
    workspace: Workspace, breaks_at_the_end: bool
):
    if breaks_at_the_end:
        assert save(workspace, "a") == 1
    else:
        with pytest.raises(WorkspaceError, match="nothing was saved") as refused:
            save(workspace, "a")
        assert refused.value.problem is Problem.UNREACHABLE


def test_a_file_is_not_taken_unless_the_log_has_it_for_sure(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    """No entry of the log of changes says whether its line was saved."""
    save(workspace, "a")
    whole = postgresql.Session.execute

    def execute(session, sql: str, parameters=()):
        if sql == "COMMIT" and whole(session, _ASSIGNED).fetchone()[0]:
            raise WorkspaceError(Problem.UNREACHABLE, "server", "it is gone")
        return whole(session, sql, parameters)

    monkeypatch.setattr(postgresql.Session, "execute", execute)
    ada = Viewer("ada@example.org", "Ada", permissions_of(Role.ADMINISTRATOR))
    with acting_as(ada):
        with pytest.raises(WorkspaceError) as refused:
            log_taken(workspace, "csv", "", 1)
        assert refused.value.problem is Problem.UNREACHABLE
        assert taken_files(workspace) == []


def test_a_server_of_the_layout_before_gets_the_tables_since(server: Server, tmp_path: Path):
    with psycopg.connect(server.url, autocommit=True) as con:
        con.execute(f"SET search_path = {SCHEMA}")
        con.execute(STEPS[9])
        con.execute("CREATE TABLE layout (version integer NOT NULL)")
        con.execute("INSERT INTO layout VALUES (9)")
        con.execute("INSERT INTO chain_start VALUES (0, '2026-11-29T00:00:00+00:00')")
    assert verify(server) == []
    workspace = Workspace(tmp_path / "w.postgresql", server=server)
    with acting_as(Viewer("ada@example.org", "Ada", permissions_of(Role.ADMINISTRATOR))):
        log_taken(workspace, "csv", "", 1)
        save(workspace, "a")
        assert len(taken_files(workspace)) == 1
    assert verify(server) == []


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (psycopg.errors.DiskFull, Problem.DISK_FULL),
        (psycopg.errors.ReadOnlySqlTransaction, Problem.READ_ONLY),
        (psycopg.errors.InsufficientPrivilege, Problem.NO_ACCESS),
        (psycopg.errors.InvalidPassword, Problem.NO_ACCESS),
        (psycopg.errors.UndefinedTable, Problem.NOT_A_WORKSPACE),
        (psycopg.errors.AdminShutdown, Problem.UNREACHABLE),
        (psycopg.errors.TooManyConnections, Problem.UNREACHABLE),
        (psycopg.errors.DataCorrupted, Problem.CORRUPT),
        (psycopg.errors.DeadlockDetected, Problem.LOCKED),
        (psycopg.errors.CharacterNotInRepertoire, Problem.INVALID_TEXT),
        (psycopg.errors.RaiseException, Problem.OTHER),
        (psycopg.OperationalError, Problem.UNREACHABLE),
    ],
)
def test_errors_of_the_server_are_sentences(error: type[psycopg.Error], problem: Problem):
    with pytest.raises(WorkspaceError) as raised, postgresql_errors("postgresql://u:secret@h/db"):
        raise error("the server says this")
    assert raised.value.problem is problem
    assert "secret" not in str(raised.value)


def test_connections_that_the_server_closed_are_replaced(workspace: Workspace):
    assert isinstance(workspace.source, Server)
    save(workspace, "a")
    administer(
        workspace.source,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'event_map'",
    )
    assert workspace.version() == 1
    assert save(workspace, "b", 1) == 2


def test_a_killed_server_loses_nothing_that_was_acknowledged():
    """The short form of `python -m tests.hostile.killed_server 300 10`."""
    if why := engines.missing("postgresql://"):
        pytest.skip(why)
    figures = run(20, 2)
    assert {name: figures[name] for name in MUST_BE_0} == dict.fromkeys(MUST_BE_0, 0)
    assert figures["kills"] == 2
    assert figures["saved"] > 50
    assert figures["unread"] + figures.get("unsaved", 0) > 0, "the writers saw the server go"
