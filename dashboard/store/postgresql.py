"""Sessions on a PostgreSQL server, with the guarantees that a SQLite file gives.

Writers wait for each other, so that the log has no gaps and one order; a saved change is on the disk.
"""

import atexit
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from dashboard.store.database import Parameters
from dashboard.store.hash_chain import End, chain_end
from dashboard.store.postgresql_errors import expect_readable, postgresql_errors, shown_name
from dashboard.store.postgresql_schema import SCHEMA, migrate, missing_tables, schema_version
from dashboard.store.problems import WAIT_S, Problem, WorkspaceError

__all__ = [
    "Session",
    "close_idle",
    "missing_tables",
    "noting",
    "prepare",
    "reading",
    "schema_version",
    "shown_name",
    "writing",
]

_OPTIONS = {
    "application_name": "event-map",
    "client_encoding": "UTF8",
    "connect_timeout": 10,
    "options": f"-c search_path={SCHEMA} -c timezone=UTC",
}
# A server that answers sooner than its disk has a change would lose it in a power cut.
_DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'"
)
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
# A connection costs some ms; a server of pages needs a few at once.
_MOST_IDLE = 4
_POLL_S = 0.25
# Idle connections by process and URL: a forked process must not use those of its parent.
_idle: dict[tuple[int, str], list[Any]] = {}
_idle_lock = threading.Lock()


class Session:
    """A connection inside a transaction; SQL has `?` for a value, as for SQLite."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Parameters = ()) -> Any:
        """Run one statement; returns its rows."""
        return self._connection.execute(sql.replace("?", "%s"), parameters or None)

    def executemany(self, sql: str, parameters: Iterable[Parameters]) -> Any:
        """Run one statement for each of several rows of values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(sql.replace("?", "%s"), list(parameters))


@contextmanager
def reading(url: str) -> Iterator[Session]:
    """A session that cannot write and sees the database at one moment. Raises WorkspaceError."""
    with postgresql_errors(url), _transaction(url, _READ) as session:
        yield session
        session.execute("COMMIT")


@contextmanager
def writing(url: str, *, migrated: bool = True) -> Iterator[Session]:
    """A transaction in which nobody else writes; all is saved, or nothing. Raises WorkspaceError.

    `migrated` is False while the tables may be missing. If the connection breaks while a transaction
    with a new entry ends, the log is asked whether it was saved.
    """
    end: End | None = None
    try:
        with postgresql_errors(url), _transaction(url, _WRITE) as session:
            _lock(session, migrated=migrated)
            before = chain_end(session) if migrated else None
            yield session
            after = chain_end(session) if migrated else None
            # Without a new entry the log cannot tell whether the rest was saved.
            end = after if after != before else None
            session.execute("COMMIT")
    except WorkspaceError as error:
        if error.problem is not Problem.UNREACHABLE or end is None:
            raise
        if not _was_saved(url, end):
            raise


@contextmanager
def noting(url: str) -> Iterator[Session]:
    """A transaction for what is no part of the log: no lock, and no wait for the disk."""
    with postgresql_errors(url), _transaction(url, _WRITE) as session:
        session.execute("SET LOCAL synchronous_commit = off")
        yield session
        session.execute("COMMIT")


def prepare(url: str) -> None:
    """Make or migrate the tables. Raises SchemaError or WorkspaceError."""
    with writing(url, migrated=False) as session:
        migrate(session, shown_name(url))


def _lock(session: Session, *, migrated: bool) -> None:
    """Wait until no other process writes, or makes or migrates the tables."""
    session.execute(f"SET LOCAL lock_timeout = '{WAIT_S:.0f}s'")
    if migrated:
        session.execute("LOCK TABLE entry IN SHARE ROW EXCLUSIVE MODE")
    else:
        session.execute(f"SELECT pg_advisory_xact_lock(hashtext('{SCHEMA}'))")


def _was_saved(url: str, end: End) -> bool:
    """Whether the log has the entry, once the server answers again.

    The broken transaction may still be ending on the server: it holds the lock that this one waits for.
    Raises WorkspaceError (UNCERTAIN) if the server does not answer in time.
    """
    deadline = time.monotonic() + WAIT_S
    while True:
        try:
            with postgresql_errors(url), _transaction(url, _WRITE) as session:
                _lock(session, migrated=True)
                row = session.execute("SELECT hash FROM entry_hash WHERE seq = ?", (end.seq,))
                saved = bool(row.fetchone() == (end.hash,))
                session.execute("ROLLBACK")
                return saved
        except WorkspaceError as error:
            if time.monotonic() > deadline:
                raise WorkspaceError(Problem.UNCERTAIN, shown_name(url), error.detail) from error
            time.sleep(_POLL_S)


@contextmanager
def _transaction(url: str, begin: str) -> Iterator[Session]:
    connection = _begun(url, begin)
    try:
        yield Session(connection)
    except BaseException:
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
        raise
    finally:
        _give_back(url, connection)


def _begun(url: str, begin: str) -> Any:
    """A connection in a new transaction; idle ones that the server has closed are left out."""
    expect_readable(url)
    while connection := _take_idle(url):
        try:
            connection.execute(begin)
        except psycopg.OperationalError:
            connection.close()
        else:
            return connection
    connection = psycopg.connect(url, autocommit=True, **_OPTIONS)  # type: ignore[arg-type]
    try:
        connection.execute(_DURABLE)
        connection.execute(begin)
    except BaseException:
        connection.close()
        raise
    return connection


def _take_idle(url: str) -> Any | None:
    with _idle_lock:
        idle = _idle.get((os.getpid(), url))
        return idle.pop() if idle else None


def _give_back(url: str, connection: Any) -> None:
    """Keep the connection for the next transaction, unless it broke or there are enough."""
    in_order = connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    with _idle_lock:
        idle = _idle.setdefault((os.getpid(), url), [])
        if in_order and len(idle) < _MOST_IDLE:
            idle.append(connection)
            return
    connection.close()


@atexit.register
def close_idle() -> None:
    """Close the idle connections of this process, e.g. before the database is dropped."""
    with _idle_lock:
        mine = [key for key in _idle if key[0] == os.getpid()]
        connections = [each for key in mine for each in _idle.pop(key)]
    for connection in connections:
        connection.close()
