"""PostgreSQL is asked by a role that owns its schema and nothing else; answers cannot write."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from dashboard.engine import postgresql
from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import EngineError
from dashboard.engine.open import open_engine
from dashboard.engine.postgresql import PostgreSQL
from dashboard.engine.statements import Statement
from dashboard.engine.vocabulary import count_all
from dashboard.query import pages
from dashboard.query.query import Query
from tests import engines
from tests.engine import hostile, sample_data

# A change of owner takes the rights of the owner before along.
_OWNER_AGAIN = """
ALTER DATABASE event_map OWNER TO tester;
GRANT CONNECT, TEMPORARY ON DATABASE event_map TO event_map
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if why := engines.missing("postgresql://"):
        pytest.skip(why)
    with engines.postgresql() as url:
        yield url


@pytest.fixture
def engine(server: str, tmp_path: Path) -> Iterator[PostgreSQL]:
    with closing(PostgreSQL(server, hostile.datasets(tmp_path / "ten", 10))) as opened:
        yield opened
        opened.remove("hostile")


def _administer(server: str, *commands: LiteralString) -> None:
    with psycopg.connect(engines.as_administrator(server), autocommit=True) as con:
        for command in commands:
            con.execute(command)


def _refusal(url: str, tmp_path: Path) -> str:
    with pytest.raises(EngineError) as caught:
        open_engine(url, Datasets(tmp_path / "none"))
    return str(caught.value)


def test_a_superuser_is_refused(server: str, tmp_path: Path):
    message = _refusal(engines.as_administrator(server), tmp_path)
    assert "SUPERUSER" in message
    assert "docs/scaling.md" in message


@pytest.mark.parametrize(
    ("give", "take", "message"),
    [
        ("ALTER ROLE event_map CREATEROLE", "ALTER ROLE event_map NOCREATEROLE", "CREATEROLE"),
        ("ALTER ROLE event_map CREATEDB", "ALTER ROLE event_map NOCREATEDB", "CREATEDB"),
        ("ALTER ROLE event_map REPLICATION", "ALTER ROLE event_map NOREPLICATION", "REPLICATION"),
        ("ALTER ROLE event_map BYPASSRLS", "ALTER ROLE event_map NOBYPASSRLS", "BYPASSRLS"),
        *(
            (f"GRANT {role} TO event_map", f"REVOKE {role} FROM event_map", role)
            for role in (
                "pg_read_server_files",
                "pg_write_server_files",
                "pg_execute_server_program",
                "pg_read_all_data",
                "tester",
            )
        ),
        (
            "CREATE TABLE public.other (a int); ALTER TABLE public.other OWNER TO event_map",
            "DROP TABLE public.other",
            "public.other",
        ),
        (
            "CREATE SCHEMA payroll AUTHORIZATION event_map",
            "DROP SCHEMA payroll",
            "payroll",
        ),
        (
            "ALTER DATABASE event_map OWNER TO event_map",
            _OWNER_AGAIN,
            "pg_database_owner",
        ),
        (
            "ALTER SCHEMA event_map_4 OWNER TO tester",
            "ALTER SCHEMA event_map_4 OWNER TO event_map",
            "expected to own schema event_map_4",
        ),
        (
            "DROP SCHEMA event_map_4 CASCADE",
            "CREATE SCHEMA event_map_4 AUTHORIZATION event_map",
            "CREATE SCHEMA event_map_4 AUTHORIZATION event_map",
        ),
    ],
    ids=lambda text: text[:40],
)
def test_a_role_with_more_or_less_power_is_refused(
    server: str, tmp_path: Path, give: LiteralString, take: LiteralString, message: str
):
    _administer(server, give)
    try:
        assert message in _refusal(server, tmp_path)
    finally:
        _administer(server, take)
    open_engine(server, Datasets(tmp_path / "none")).close()


def test_a_role_that_may_create_makes_its_schema_itself(server: str, tmp_path: Path):
    _administer(
        server, "DROP SCHEMA event_map_4 CASCADE", "GRANT CREATE ON DATABASE event_map TO event_map"
    )
    try:
        with closing(open_engine(server, Datasets(tmp_path / "none"))) as engine:
            assert count_all(engine, unreviewed=True) == 0
    finally:
        _administer(server, "REVOKE CREATE ON DATABASE event_map FROM event_map")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM events",
        "INSERT INTO dataset VALUES ('x', '{}')",
        "CREATE TABLE mine (a int)",
        "DROP TABLE events",
        "WITH n AS (DELETE FROM dataset RETURNING 1) SELECT * FROM n",
        "COPY (SELECT 1) TO '/tmp/event_map_stolen'",
        "COPY (SELECT 1) TO PROGRAM 'touch /tmp/event_map_stolen'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "SELECT lo_export(1, '/tmp/event_map_stolen')",
        "SELECT lo_create(0)",
        "ALTER ROLE event_map SUPERUSER",
        "SELECT 1; DROP TABLE events",
        "SET TRANSACTION READ WRITE",
    ],
)
def test_an_answer_cannot_write_or_reach_files(server: str, engine: PostgreSQL, sql: str):
    before = _contents(server)
    with pytest.raises((psycopg.Error, TypeError)):
        engine._rows(Statement(sql, engine.tables.events.schema(), ()), [])
    assert _contents(server) == before
    assert not Path("/tmp/event_map_stolen").exists()  # noqa: S108 where the statements try to write
    assert count_all(engine, unreviewed=True) == 10


def _contents(server: str) -> tuple[object, ...]:
    """What the server has: its tables, the rows of two, large objects, and who is a superuser."""
    with psycopg.connect(engines.as_administrator(server)) as con:
        return tuple(
            con.execute(sql).fetchall()
            for sql in (
                "SELECT schemaname, tablename FROM pg_tables ORDER BY 1, 2",
                "SELECT event_id FROM event_map_4.events ORDER BY 1",
                "SELECT * FROM event_map_4.dataset ORDER BY 1",
                "SELECT oid FROM pg_largeobject_metadata",
                "SELECT rolname FROM pg_roles WHERE rolsuper",
            )
        )


def test_an_answer_that_takes_too_long_ends(engine: PostgreSQL, monkeypatch: pytest.MonkeyPatch):
    assert "statement_timeout TO '120s'" in postgresql._READING
    short = postgresql._READING.replace("120s", "200ms")
    monkeypatch.setattr(postgresql, "_READING", short)
    with pytest.raises(psycopg.errors.QueryCanceled):
        engine._rows(Statement("SELECT pg_sleep(60)", engine.tables.events.schema(), ()), [])
    assert count_all(engine, unreviewed=True) == 10


def test_the_names_of_datasets_that_others_brought_are_bound(server: str, tmp_path: Path):
    """The server's own list of datasets is written by other dashboards."""
    folder = tmp_path / "mine"
    hostile.datasets(folder, 30)
    name = "x') OR 1=1 -- $1 %s"
    card = '{"dataset_id": "%s", "number": 77, "name": "n", "format": "own"}' % name  # noqa: UP031
    with closing(open_engine(server, Datasets(folder))) as engine:
        assert count_all(engine, unreviewed=True) == 30
    with psycopg.connect(server) as con:
        con.execute("INSERT INTO event_map_4.dataset VALUES (%s, %s)", (name, card))
    with closing(open_engine(server, Datasets(folder))) as engine:
        statement, values = engine._bound(pages.page, (Query(),), {"size": 30})
        assert name in values
        assert name not in statement.sql
        assert len(engine.ask(pages.all_numbers, Query(), most=100)) == 30
        engine.remove(name)
        engine.remove("hostile")
        assert name not in {card.dataset_id for card in engine.cards() or ()}


def test_the_character_of_code_0_in_a_row_is_replaced(server: str, tmp_path: Path):
    datasets = Datasets(tmp_path)
    rows = sample_data.rows(3).assign(title=["a\0b", "a", "b"])
    hostile.write(datasets, rows, "zeros")
    with closing(open_engine(server, datasets)) as engine:
        page = engine.ask(pages.all_numbers, Query(text="a\ufffdb"), most=9)
        assert page["event_id"].tolist() == rows["event_id"].tolist()[:1]
        assert len(engine.ask(pages.all_numbers, Query(), most=9)) == 3
        engine.remove("zeros")
