"""The tables of the workspace on a PostgreSQL server, in a schema of their own, and their migration."""

import re
from collections.abc import Mapping
from typing import Any

from dashboard.store.hash_chain import begin_chain
from dashboard.store.postgresql_role import RoleError, check_role
from dashboard.store.problems import Problem, WorkspaceError
from dashboard.store.schema import VERSION, SchemaError

SCHEMA = "event_map_workspace"
# By the version that each leads to, as in `schema.py`; never change a step that has been released, add
# one. Texts are compared as SQLite does, by their code points.
STEPS: Mapping[int, str] = {
    9: """
    CREATE TABLE text (sha256 text COLLATE "C" PRIMARY KEY, body text NOT NULL);
    CREATE TABLE entry (
        seq bigint PRIMARY KEY,
        at text NOT NULL,
        who text NOT NULL,
        what text NOT NULL,
        why text NOT NULL,
        undoes bigint REFERENCES entry (seq)
    );
    CREATE UNIQUE INDEX entry_undone_once ON entry (undoes) WHERE undoes IS NOT NULL;
    CREATE TABLE change (
        seq bigint NOT NULL REFERENCES entry (seq),
        kind text COLLATE "C" NOT NULL,
        record_id text COLLATE "C" NOT NULL,
        before text,
        after text,
        PRIMARY KEY (seq, kind, record_id)
    );
    CREATE INDEX change_of_record ON change (kind, record_id, seq);
    CREATE TABLE record (
        kind text COLLATE "C" NOT NULL,
        record_id text COLLATE "C" NOT NULL,
        value text,
        version bigint NOT NULL REFERENCES entry (seq),
        status text COLLATE "C",
        article_id text COLLATE "C",
        sha256 text COLLATE "C",
        PRIMARY KEY (kind, record_id)
    );
    CREATE INDEX record_by_status ON record (kind, status, record_id);
    CREATE INDEX record_by_article ON record (kind, article_id);
    CREATE INDEX record_by_file ON record (kind, sha256);
    CREATE TABLE entry_hash (seq bigint PRIMARY KEY REFERENCES entry (seq), hash text NOT NULL);
    CREATE TABLE chain_start (seq bigint NOT NULL, at text NOT NULL);
    CREATE TABLE chain_end (
        id integer PRIMARY KEY CHECK (id = 1),
        seq bigint NOT NULL REFERENCES entry (seq),
        hash text NOT NULL
    );
    CREATE UNLOGGED TABLE presence (
        window_id text PRIMARY KEY,
        event_id text NOT NULL,
        name text COLLATE "C" NOT NULL,
        seen timestamptz NOT NULL
    );
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
    CREATE TRIGGER final BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse();
    CREATE TRIGGER final BEFORE UPDATE OR DELETE OR TRUNCATE ON change
        FOR EACH STATEMENT EXECUTE FUNCTION refuse();
    CREATE TRIGGER final BEFORE UPDATE OR DELETE OR TRUNCATE ON entry_hash
        FOR EACH STATEMENT EXECUTE FUNCTION refuse();
    """,
    10: """
    CREATE TABLE entry_account (seq bigint PRIMARY KEY REFERENCES entry (seq), account text NOT NULL);
    CREATE TABLE taken_file (
        number bigint PRIMARY KEY,
        at text NOT NULL,
        account text NOT NULL,
        who text NOT NULL,
        format text NOT NULL,
        link text NOT NULL,
        events bigint
    );
    CREATE TRIGGER final BEFORE UPDATE OR DELETE OR TRUNCATE ON entry_account
        FOR EACH STATEMENT EXECUTE FUNCTION refuse();
    CREATE TRIGGER final BEFORE UPDATE OR DELETE OR TRUNCATE ON taken_file
        FOR EACH STATEMENT EXECUTE FUNCTION refuse();
    """,
    # Records of the kinds comment and assignment.
    11: "",
}
_LOGGED_TABLE = re.compile(r"CREATE TABLE (\w+)")
_HAS_SCHEMA = "SELECT 1 FROM pg_namespace WHERE nspname = ?"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = ?"


def migrate(session: Any, name: str) -> None:
    """Make the tables, or bring them to this program's version; `name` is that of the database.

    Raises SchemaError for tables of a newer program, WorkspaceError (NO_ACCESS) for a role that may do
    too much or too little.
    """
    try:
        check_role(session, SCHEMA)
    except RoleError as error:
        raise WorkspaceError(Problem.NO_ACCESS, name, str(error)) from error
    if not session.execute(_HAS_SCHEMA, (SCHEMA,)).fetchone():
        session.execute(f"CREATE SCHEMA {SCHEMA}")
    version = schema_version(session)
    if version > VERSION:
        detail = f"version {version}; this program reads versions up to {VERSION}"
        raise SchemaError(Problem.NEWER, name, detail)
    if version == VERSION:
        return
    if not version and session.execute(_TABLES, (SCHEMA,)).fetchone():
        raise SchemaError(Problem.NOT_A_WORKSPACE, name, "it has other tables")
    session.execute("CREATE TABLE IF NOT EXISTS layout (version integer NOT NULL)")
    for number, step in STEPS.items():
        if number > version:
            session.execute(step)
    begin_chain(session)
    session.execute("DELETE FROM layout")
    session.execute("INSERT INTO layout VALUES (?)", (VERSION,))


def schema_version(session: Any) -> int:
    """The version of the tables; 0 if there are none."""
    if not session.execute("SELECT to_regclass('layout')").fetchone()[0]:
        return 0
    row = session.execute("SELECT max(version) FROM layout").fetchone()
    return int(row[0] or 0)


def missing_tables(session: Any) -> list[str]:
    """The names of tables that a schema of its version should have and has not."""
    version = schema_version(session) or VERSION
    steps = "".join(step for number, step in STEPS.items() if number <= version)
    expected = {"layout", *_LOGGED_TABLE.findall(steps)}
    return sorted(
        expected - {str(row[0]) for row in session.execute(_TABLES, (SCHEMA,)).fetchall()}
    )
