"""The tables of the workspace file and how older files become newer ones, e.g. version 0 -> 1."""

import sqlite3

from dashboard.model.errors import DataError, Fault

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
)
VERSION = len(_STEPS)


class SchemaError(DataError):
    """A workspace file that this program cannot read."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to this program's version, all or nothing.

    Raises SchemaError if the file comes from a newer program.
    """
    if _version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited for the lock.
        found = _version(connection)
        _expect_not_newer(found)
        for step in _STEPS[found:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _expect_not_newer(found: int) -> None:
    if found > VERSION:
        expected = f"a workspace of version {VERSION} or older"
        raise SchemaError((Fault("workspace", 0, "", expected, f"{found}, of a newer program"),))


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _statements(step: str) -> list[str]:
    """The statements of a step; executescript would commit between them."""
    found, buffer = [], ""
    for line in step.splitlines():
        buffer += line + "\n"
        if sqlite3.complete_statement(buffer) and buffer.strip():
            found.append(buffer)
            buffer = ""
    return found
