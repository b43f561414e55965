"""The tables of the workspace file, and the migration of older files, e.g. version 1 -> 2."""

import sqlite3
from contextlib import closing
from pathlib import Path

from dashboard.store.connection import transaction
from dashboard.store.hash_chain import begin_chain
from dashboard.store.old_figures import convert_figures
from dashboard.store.old_sentences import convert_record, convert_text
from dashboard.store.problems import Problem, WorkspaceError

# Each step is run once, in order; never change a step that has been released, add one.
_STEPS = (
    """
    CREATE TABLE text (
        sha256 TEXT PRIMARY KEY,
        body TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE entry (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        why TEXT NOT NULL,
        undoes INTEGER REFERENCES entry (seq)
    );
    CREATE TABLE change (
        seq INTEGER NOT NULL REFERENCES entry (seq),
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        before TEXT,
        after TEXT,
        PRIMARY KEY (seq, kind, record_id)
    ) WITHOUT ROWID;
    CREATE INDEX change_of_record ON change (kind, record_id, seq);
    CREATE TABLE record (
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        value TEXT,
        version INTEGER NOT NULL REFERENCES entry (seq),
        PRIMARY KEY (kind, record_id)
    );
    CREATE INDEX record_by_status ON record (kind, json_extract(value, '$.status'), record_id);
    CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER entry_stays BEFORE DELETE ON entry
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER change_is_final BEFORE UPDATE ON change
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER change_stays BEFORE DELETE ON change
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    """,
    """
    CREATE INDEX record_by_article ON record (kind, json_extract(value, '$.article_id'));
    CREATE UNIQUE INDEX entry_undone_once ON entry (undoes) WHERE undoes IS NOT NULL;
    """,
    # Reasons and log entries become messages: `what` and `why` are JSON from here on.
    """
    DROP TRIGGER entry_is_final;
    DROP TRIGGER change_is_final;
    UPDATE entry SET
        what = coalesce(convert_text('what', CAST(what AS BLOB)), what),
        why = coalesce(convert_text('why', CAST(why AS BLOB)), why);
    UPDATE change SET
        before = coalesce(convert_record(CAST(kind AS BLOB), CAST(before AS BLOB)), before),
        after = coalesce(convert_record(CAST(kind AS BLOB), CAST(after AS BLOB)), after);
    UPDATE record
        SET value = coalesce(convert_record(CAST(kind AS BLOB), CAST(value AS BLOB)), value);
    CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER change_is_final BEFORE UPDATE ON change
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    """,
    # The one figure of a claim becomes its estimates.
    """
    DROP TRIGGER change_is_final;
    UPDATE change SET
        before = coalesce(convert_figures(CAST(before AS BLOB)), before),
        after = coalesce(convert_figures(CAST(after AS BLOB)), after)
        WHERE kind = 'event';
    UPDATE record
        SET value = coalesce(convert_figures(CAST(value AS BLOB)), value) WHERE kind = 'event';
    CREATE TRIGGER change_is_final BEFORE UPDATE ON change
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    """,
    # Records of the kinds merged_event, relation and distinct_events, and deferred suggestions, which
    # programs before this step cannot read.
    "",
    # Records of the kinds capture, source_links, verification, source_rating, claim_rating and
    # learned_name; files that are found by their hash.
    """
    CREATE INDEX record_by_file ON record (kind, json_extract(value, '$.sha256'));
    """,
    # Records of the kinds event_link and imported_verification.
    "",
    # Records of the kind saved_view.
    "",
    # The hash chain of the log (`hash_chain.py`), which `begin_chain` fills. A later step that rewrites
    # entries has to begin it anew.
    """
    CREATE TABLE entry_hash (
        seq INTEGER PRIMARY KEY REFERENCES entry (seq),
        hash TEXT NOT NULL
    );
    CREATE TABLE chain_start (
        seq INTEGER NOT NULL,
        at TEXT NOT NULL
    );
    CREATE TABLE chain_end (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        seq INTEGER NOT NULL REFERENCES entry (seq),
        hash TEXT NOT NULL
    );
    CREATE TRIGGER hash_is_final BEFORE UPDATE ON entry_hash
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER hash_stays BEFORE DELETE ON entry_hash
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    """,
    # Records of the kind restriction, which programs before this step would not heed; the accounts of
    # entries, and the files that people took. Neither is part of the hash chain.
    """
    CREATE TABLE entry_account (
        seq INTEGER PRIMARY KEY REFERENCES entry (seq),
        account TEXT NOT NULL
    );
    CREATE TRIGGER entry_account_is_final BEFORE UPDATE ON entry_account
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER entry_account_stays BEFORE DELETE ON entry_account
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TABLE taken_file (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        account TEXT NOT NULL,
        who TEXT NOT NULL,
        format TEXT NOT NULL,
        link TEXT NOT NULL,
        events INTEGER
    );
    CREATE TRIGGER taken_file_is_final BEFORE UPDATE ON taken_file
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER taken_file_stays BEFORE DELETE ON taken_file
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    """,
    # Records of the kinds comment and assignment.
    "",
)
# From this version on, texts of the log are JSON.
JSON_VERSION = 3
# From this version on, the log has a hash chain.
CHAIN_VERSION = 9
VERSION = len(_STEPS)


class SchemaError(WorkspaceError):
    """A workspace file whose tables this program cannot read; it is not changed."""


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to this program's version, all or nothing.

    Raises SchemaError as `needs_migration` does.
    """
    if not needs_migration(connection, path) and schema_version(connection) == VERSION:
        return
    _add_functions(connection)
    with transaction(connection):
        # Another process may have migrated while this one waited for the lock.
        needs_migration(connection, path)
        for step in _STEPS[schema_version(connection) :]:
            for statement in _statements(step):
                connection.execute(statement)
        begin_chain(connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def needs_migration(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the file has tables of an older version; an empty file has none to migrate.

    Raises SchemaError: NEWER for a file of a newer program, NOT_A_WORKSPACE for the database of
    another program.
    """
    # Both are read at one moment: another process may be creating the tables.
    connection.execute("SAVEPOINT version")
    version = schema_version(connection)
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.execute("RELEASE version")
    if version > VERSION:
        detail = f"version {version}; this program reads versions up to {VERSION}"
        raise SchemaError(Problem.NEWER, path, detail)
    if version == 0 and tables:
        raise SchemaError(Problem.NOT_A_WORKSPACE, path, "it has other tables")
    if version < 0 or (version and not tables):
        raise SchemaError(Problem.NOT_A_WORKSPACE, path, "it has no tables")
    return 0 < version < VERSION


def definitions(connection: sqlite3.Connection) -> dict[str, str]:
    """Tables, indexes and triggers of a file by name, as SQL."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: sql for name, sql in rows if not name.startswith("sqlite_")}


def expected_definitions(version: int) -> dict[str, str]:
    """The `definitions` of an undamaged file of that version."""
    with closing(sqlite3.connect(":memory:")) as connection:
        _add_functions(connection)
        for step in _STEPS[:version]:
            connection.executescript(step)
        return definitions(connection)


def schema_version(connection: sqlite3.Connection) -> int:
    """The version of the file's tables; 0 for an empty file."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _add_functions(connection: sqlite3.Connection) -> None:
    """Let SQL of the steps call the functions that convert sentences and figures.

    They take BLOBs, since SQLite passes no damaged text on.
    """
    connection.create_function("convert_text", 2, convert_text)
    connection.create_function("convert_record", 2, convert_record)
    connection.create_function("convert_figures", 1, convert_figures)


def _statements(step: str) -> list[str]:
    """The statements of a step; executescript would commit between them."""
    statements, buffer = [], ""
    for line in step.splitlines():
        buffer += line + "\n"
        if sqlite3.complete_statement(buffer) and buffer.strip():
            statements.append(buffer)
            buffer = ""
    return statements
