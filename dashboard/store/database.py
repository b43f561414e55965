"""The two databases of a workspace, a SQLite file or a PostgreSQL server, behind one interface.

A source is the path of a file or a `Server`. SQL is written once, with `?` for a value.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, TypeAlias

from dashboard.settings import Settings, is_server
from dashboard.store import connection as sqlite_file
from dashboard.store.codec import decode_fields
from dashboard.store.problems import Problem, WorkspaceError

# Fields of a record by which records are searched. SQLite indexes them as expressions; PostgreSQL has
# a column for each, since its JSON functions refuse the character of code 0 anywhere in a value.
SEARCHED = ("status", "article_id", "sha256")
Parameters: TypeAlias = Sequence[str | int | None]


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database by its URL, which may have a password and is never shown."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        return "PostgreSQL"


Source: TypeAlias = Path | Server


class Connection(Protocol):
    """What `sqlite3.Connection` and `postgresql.Session` have in common."""

    def execute(self, sql: str, parameters: Parameters = ..., /) -> Any:
        """Run one statement; returns its rows, with `fetchone` and `fetchall`."""

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> Any:
        """Run one statement for each of several rows of values."""


def source_of(settings: Settings) -> Source:
    """The database of the workspace of the settings."""
    return Server(settings.workspace_url) if settings.workspace_url else settings.workspace


def as_source(text: str) -> Source:
    """The source that a setting or an argument names, a URL or the path of a file."""
    return Server(text) if is_server(text) else Path(text)


@contextmanager
def reading(source: Source, mode: sqlite_file.Mode = "ro") -> Iterator[Connection]:
    """A connection for reading; `mode` is that of a file. Raises WorkspaceError."""
    if isinstance(source, Server):
        with postgresql(source).reading(source.url) as session:
            yield session
        return
    with sqlite_file.connected(source, mode) as connection:
        yield connection


@contextmanager
def writing(source: Source) -> Iterator[Connection]:
    """A transaction in which nobody else writes: all of the block is saved, or nothing.

    Raises WorkspaceError. At its end all of it is on the disk.
    """
    if isinstance(source, Server):
        with postgresql(source).writing(source.url) as session:
            yield session
        return
    with sqlite_file.writing(source) as connection:
        yield connection


def searched(connection: Connection, name: str) -> str:
    """SQL of a field of a record's value, one of `SEARCHED`."""
    if isinstance(connection, sqlite3.Connection):
        return f"json_extract(value, '$.{name}')"
    return name


def put_record(
    connection: Connection, kind: str, record_id: str, value: str | None, version: int
) -> None:
    """Write the latest value of a record, `None` if it is deleted."""
    names, values = ["kind", "record_id", "value", "version"], [kind, record_id, value, version]
    if not isinstance(connection, sqlite3.Connection):
        fields = {} if value is None else decode_fields(value)
        names += SEARCHED
        values += [_text_or_none(fields.get(name)) for name in SEARCHED]
    updates = ", ".join(f"{name} = excluded.{name}" for name in names[2:])
    connection.execute(
        f"INSERT INTO record ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "  # noqa: S608
        f"ON CONFLICT (kind, record_id) DO UPDATE SET {updates}",
        values,
    )


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def postgresql(server: Server) -> ModuleType:
    """The module for PostgreSQL servers. Raises WorkspaceError if its driver is not installed."""
    try:
        # Imported only if needed: the driver is an optional dependency.
        from dashboard.store import postgresql as sessions  # noqa: PLC0415
    except ImportError as error:
        detail = f"{error}; see docs/workspace.md"
        raise WorkspaceError(Problem.OTHER, str(server), detail) from error
    return sessions


def source_name(source: Source) -> Path | str:
    """The path of a file, or the name of a server's database without user and password."""
    if isinstance(source, Server):
        return str(postgresql(source).shown_name(source.url))
    return source
