"""Errors of a PostgreSQL server as sentences, e.g. SQLSTATE 53100 -> "No space is left …".

A message never has the URL, which may have a password.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict

from dashboard.store.problems import Problem, WorkspaceError, sqlite_errors

# SQLSTATEs, or their first two letters: PostgreSQL manual, "PostgreSQL Error Codes".
_BY_STATE: Mapping[str, Problem] = {
    "53100": Problem.DISK_FULL,
    "55P03": Problem.LOCKED,
    "57014": Problem.LOCKED,
    "40": Problem.LOCKED,
    "25006": Problem.READ_ONLY,
    "42501": Problem.NO_ACCESS,
    "28": Problem.NO_ACCESS,
    "3D": Problem.NOT_A_WORKSPACE,
    "3F": Problem.NOT_A_WORKSPACE,
    "42": Problem.NOT_A_WORKSPACE,
    "22": Problem.INVALID_TEXT,
    "54": Problem.TOO_LARGE,
    "53200": Problem.TOO_LARGE,
    "08": Problem.UNREACHABLE,
    "53": Problem.UNREACHABLE,
    "57": Problem.UNREACHABLE,
    "58": Problem.DISK_ERROR,
    "XX001": Problem.CORRUPT,
    "XX002": Problem.CORRUPT,
}


def shown_name(url: str) -> str:
    """The database of a URL without user and password, e.g. "PostgreSQL event_map at localhost:5432"."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        return "PostgreSQL"
    host, port = parts.get("host") or "localhost", parts.get("port") or 5432
    return f"PostgreSQL {parts.get('dbname') or ''} at {host}:{port}".replace("  ", " ")


def expect_readable(url: str) -> None:
    """Raise WorkspaceError for a URL that libpq would misread, and then show parts of in a message."""
    beyond_scheme = url.partition("://")[2]
    try:
        conninfo_to_dict(url)
        readable = beyond_scheme.partition("?")[0].count("@") <= 1
    except psycopg.Error:
        readable = False
    if not readable:
        detail = (
            "the URL cannot be read; a character such as @ or / in a password is written %40, %2F"
        )
        # Without the cause, whose message has parts of the URL.
        raise WorkspaceError(Problem.UNREACHABLE, "PostgreSQL", detail) from None


@contextmanager
def postgresql_errors(url: str) -> Iterator[None]:
    """Raise every error of the server in the block as WorkspaceError."""
    name = shown_name(url)
    try:
        with sqlite_errors(name):
            yield
    except psycopg.Error as error:
        raise WorkspaceError(_problem(error), name, _detail(error)) from error


def _problem(error: psycopg.Error) -> Problem:
    state = error.sqlstate or ""
    if not state:
        # Of the driver: no connection, or a text with the character of code 0.
        if isinstance(error, psycopg.DataError):
            return Problem.INVALID_TEXT
        lost = isinstance(error, psycopg.OperationalError)
        return Problem.UNREACHABLE if lost else Problem.OTHER
    return _BY_STATE.get(state) or _BY_STATE.get(state[:2]) or Problem.OTHER


def _detail(error: psycopg.Error) -> str:
    """The server's sentence, in one line."""
    message = error.diag.message_primary or str(error)
    return " ".join(message.split())
