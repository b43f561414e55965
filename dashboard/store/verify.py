"""Checks of a workspace file, each a list of findings, e.g. "text 3f2a…: its hash is another"."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from dashboard.store import checks
from dashboard.store.connection import connected
from dashboard.store.database import Connection, Server, Source, postgresql, reading, source_name
from dashboard.store.hash_chain import Start, chain_start
from dashboard.store.problems import Problem, WorkspaceError, sqlite_errors
from dashboard.store.schema import (
    CHAIN_VERSION,
    VERSION,
    definitions,
    expected_definitions,
    schema_version,
)

# Findings listed for each check: a damaged file can have one for each of its rows.
_MOST_FINDINGS = 100
Check = Callable[[Any, int], Iterator[str]]
# Errors that mean a damaged file; others (locked, no access) say nothing about it.
_DAMAGE = frozenset(
    {Problem.CORRUPT, Problem.NOT_A_DATABASE, Problem.NOT_A_WORKSPACE, Problem.OTHER}
)


def verify(source: Source, *, quick: bool = False) -> list[str]:
    """The findings on the file or the server's database, one line each; empty for a sound one.

    `quick` leaves out the checks that read each text and each value. Raises WorkspaceError if it
    cannot be read (missing, locked, no access, disk error) or is of a newer program.
    """
    if isinstance(source, Server):
        return _verify_server(source, quick=quick)
    with sqlite_errors(source):
        source.stat()
    findings: list[str] = []
    try:
        with connected(source, "ro") as connection:
            # Text that is not UTF-8 becomes a finding of the check that reads it.
            connection.text_factory = lambda value: value.decode("utf-8", "surrogateescape")
            version = _expect_not_newer(schema_version(connection), source)
            for check in _QUICK if quick else (*_QUICK, *_THOROUGH):
                findings += _run(check, connection, version, source)
    except WorkspaceError as error:
        if error.problem not in _DAMAGE:
            raise
        findings.append(error.sentence())
    return findings


def _verify_server(server: Server, *, quick: bool) -> list[str]:
    """As `verify`; pages, indexes and references are the server's business."""
    name = source_name(server)
    with reading(server) as session:
        version = _expect_not_newer(postgresql(server).schema_version(session), name)
        missing = [f"schema: the table {table} is missing" for table in _missing(server, session)]
        if missing or not version:
            return missing or ["schema: not a workspace, no version is set"]
        checks_here = (checks.replay,) if quick else (checks.replay, *_THOROUGH)
        return [line for check in checks_here for line in _run(check, session, version, name)]


def _missing(server: Server, session: Connection) -> list[str]:
    return list(postgresql(server).missing_tables(session))


def count_entries(source: Source) -> int:
    """The number of log entries of that workspace. Raises WorkspaceError."""
    with reading(source) as connection:
        return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


def chain_since(source: Source) -> Start | None:
    """Since when its log has a hash chain; `None` if it has none. Raises WorkspaceError."""
    with reading(source) as connection:
        if (
            isinstance(connection, sqlite3.Connection)
            and schema_version(connection) < CHAIN_VERSION
        ):
            return None
        return chain_start(connection)


def _expect_not_newer(version: int, source: Path | str) -> int:
    if version > VERSION:
        detail = f"version {version}; this program reads versions up to {VERSION}"
        raise WorkspaceError(Problem.NEWER, source, detail)
    return version


def _run(check: Check, connection: Connection, version: int, source: Path | str) -> list[str]:
    """The findings of one check; an error that stops it is a finding too."""
    findings: list[str] = []
    try:
        with sqlite_errors(source):
            for finding in islice(check(connection, version), _MOST_FINDINGS):
                findings.append(finding)  # noqa: PERF402  (not extend: findings before an error count)
    except WorkspaceError as error:
        if error.problem not in _DAMAGE:
            raise
        findings.append(f"{(check.__doc__ or '').split('.')[0]}: stopped, {error.detail}")
    return findings


def _integrity(connection: sqlite3.Connection, _version: int) -> Iterator[str]:
    """Pages and indexes."""
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST_FINDINGS})"):
        if line != "ok":
            yield f"integrity: {line}"


def _schema(connection: sqlite3.Connection, version: int) -> Iterator[str]:
    """Tables, indexes and triggers."""
    actual, expected = definitions(connection), expected_definitions(version)
    if not expected:
        yield "schema: not a workspace, no version is set"
    for name in sorted(actual.keys() | expected.keys()):
        if actual.get(name) != expected.get(name):
            yield f"schema: {name!r} is not as this program defines it"


def _foreign_keys(connection: sqlite3.Connection, _version: int) -> Iterator[str]:
    """References."""
    for table, row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        yield f"references: row {row} of {table} refers to a missing row of {parent}"


_QUICK: tuple[Check, ...] = (_integrity, _schema, _foreign_keys, checks.replay)
_THOROUGH: tuple[Check, ...] = (
    checks.values_before,
    checks.entries,
    checks.hash_chain,
    checks.values,
    checks.logged_values,
    checks.texts,
    checks.article_texts,
)
