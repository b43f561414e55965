"""The SQLite file of accounts, sessions and tokens: its tables, and times in them."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dashboard.store.connection import connected, transaction

_TABLES = """
CREATE TABLE IF NOT EXISTS account (
    account TEXT PRIMARY KEY, issuer TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL,
    groups TEXT NOT NULL, signed_in_at TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0,
    UNIQUE (issuer, subject)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
    session_id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account,
    begun_at TEXT NOT NULL, ends_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (
    token_id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account, name TEXT NOT NULL,
    scope TEXT NOT NULL, begun_at TEXT NOT NULL, ends_at TEXT NOT NULL, used_at TEXT
) WITHOUT ROWID;
"""


def open_file(path: Path) -> None:
    """Create the file if there is none, readable for this user of the machine alone, with its tables."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    with connected(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_TABLES)


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on the file."""
    with connected(path) as connection, transaction(connection):
        yield connection


def time_text(at: datetime) -> str:
    """In UTC, of one length, so that texts compare as times do."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def read_time(text: str) -> datetime:
    """The time of such a text."""
    return datetime.fromisoformat(text)
