"""Checks of a workspace file, each a list of findings, e.g. "text 3f2a…: its hash is another"."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from dashboard.store.codec import (
    StoredValueError,
    decode_fields,
    decode_stored,
    decode_text,
    read_time,
)
from dashboard.store.connection import connected
from dashboard.store.problems import Problem, WorkspaceError, sqlite_errors
from dashboard.store.schema import (
    JSON_VERSION,
    VERSION,
    definitions,
    expected_definitions,
    schema_version,
)

# Findings listed for each check: a damaged file can have one for each of its rows.
_MOST_FINDINGS = 100
Check = Callable[[sqlite3.Connection], Iterator[str]]
# Errors that mean a damaged file; others (locked, no access) say nothing about it.
_DAMAGE = frozenset(
    {Problem.CORRUPT, Problem.NOT_A_DATABASE, Problem.NOT_A_WORKSPACE, Problem.OTHER}
)


def verify(path: Path, *, quick: bool = False) -> list[str]:
    """The findings on the file, one line each; empty for a sound file.

    `quick` leaves out the checks that read each text and each value. Raises WorkspaceError if the
    file cannot be read (missing, locked, no access, disk error) or is of a newer program.
    """
    with sqlite_errors(path):
        path.stat()
    checks = _QUICK if quick else (*_QUICK, *_THOROUGH)
    findings: list[str] = []
    try:
        with connected(path, "ro") as connection:
            # Text that is not UTF-8 becomes a finding of the check that reads it.
            connection.text_factory = lambda value: value.decode("utf-8", "surrogateescape")
            _expect_not_newer(connection, path)
            for check in checks:
                findings += _run(check, connection, path)
    except WorkspaceError as error:
        if error.problem not in _DAMAGE:
            raise
        findings.append(error.sentence())
    return findings


def count_entries(path: Path) -> int:
    """The number of log entries of that file. Raises WorkspaceError."""
    with connected(path, "ro") as connection:
        return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


def _expect_not_newer(connection: sqlite3.Connection, path: Path) -> None:
    if (version := schema_version(connection)) > VERSION:
        detail = f"version {version}; this program reads versions up to {VERSION}"
        raise WorkspaceError(Problem.NEWER, path, detail)


def _run(check: Check, connection: sqlite3.Connection, path: Path) -> list[str]:
    """The findings of one check; an error that stops it is a finding too."""
    findings: list[str] = []
    try:
        with sqlite_errors(path):
            for finding in islice(check(connection), _MOST_FINDINGS):
                findings.append(finding)  # noqa: PERF402  (not extend: findings before an error count)
    except WorkspaceError as error:
        if error.problem not in _DAMAGE:
            raise
        findings.append(f"{(check.__doc__ or '').split('.')[0]}: stopped, {error.detail}")
    return findings


def _integrity(connection: sqlite3.Connection) -> Iterator[str]:
    """Pages and indexes."""
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST_FINDINGS})"):
        if line != "ok":
            yield f"integrity: {line}"


def _schema(connection: sqlite3.Connection) -> Iterator[str]:
    """Tables, indexes and triggers."""
    actual, expected = definitions(connection), expected_definitions(schema_version(connection))
    if not expected:
        yield "schema: not a workspace, no version is set"
    for name in sorted(actual.keys() | expected.keys()):
        if actual.get(name) != expected.get(name):
            yield f"schema: {name!r} is not as this program defines it"


def _foreign_keys(connection: sqlite3.Connection) -> Iterator[str]:
    """References."""
    for table, row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        yield f"references: row {row} of {table} refers to a missing row of {parent}"


def _replay(connection: sqlite3.Connection) -> Iterator[str]:
    """Records against the log."""
    yield from (
        f"replay: {kind} {record_id!r} is not what the log amounts to"
        for kind, record_id in connection.execute(
            "SELECT r.kind, r.record_id FROM record AS r LEFT JOIN change AS c "
            "ON c.seq = r.version AND c.kind = r.kind AND c.record_id = r.record_id "
            "WHERE c.seq IS NULL OR c.after IS NOT r.value "
            "UNION SELECT c.kind, c.record_id FROM change AS c LEFT JOIN record AS r "
            "ON c.kind = r.kind AND c.record_id = r.record_id "
            "WHERE r.version IS NULL OR c.seq > r.version"
        )
    )


def _chain(connection: sqlite3.Connection) -> Iterator[str]:
    """Values before and after in the log."""
    yield from (
        f"log: entry {seq} has another value before {kind} {record_id!r} than the entry before it left"
        for seq, kind, record_id in connection.execute(
            "SELECT seq, kind, record_id FROM (SELECT seq, kind, record_id, before, "
            "lag(after) OVER w AS prior, row_number() OVER w AS place FROM change "
            "WINDOW w AS (PARTITION BY kind, record_id ORDER BY seq)) "
            "WHERE place > 1 AND before IS NOT prior"
        )
    )


def _entries(connection: sqlite3.Connection) -> Iterator[str]:
    """Entries of the log."""
    is_json = schema_version(connection) >= JSON_VERSION
    for seq, at, who, what, why in connection.execute(
        "SELECT seq, at, who, what, why FROM entry ORDER BY seq"
    ):
        try:
            read_time(at)
            if is_json:
                decode_text(what), decode_text(why)
            _expect_utf8(who, what, why)
        except (StoredValueError, UnicodeEncodeError) as error:
            yield f"log: entry {seq}: {error}"


def _values(connection: sqlite3.Connection) -> Iterator[str]:
    """Values of records."""
    for kind, record_id, value in connection.execute(
        "SELECT kind, record_id, value FROM record WHERE value IS NOT NULL"
    ):
        try:
            decode_stored(kind, record_id, value)
        except StoredValueError as error:
            yield f"value: {error}"


def _logged_values(connection: sqlite3.Connection) -> Iterator[str]:
    """Values in the log."""
    for seq, *values in connection.execute("SELECT seq, before, after FROM change"):
        try:
            for value in values:
                if value is not None:
                    decode_fields(value)
        except StoredValueError as error:
            yield f"value: entry {seq}: {error}"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    """Hashes of texts."""
    for sha256, body in connection.execute("SELECT sha256, CAST(body AS BLOB) FROM text"):
        if hashlib.sha256(body).hexdigest() != sha256:
            yield f"text {sha256!r}: its hash is another, so it was changed outside of the program"


def _article_texts(connection: sqlite3.Connection) -> Iterator[str]:
    """Texts of articles."""
    for (record_id,) in connection.execute(
        "SELECT record_id FROM record WHERE kind = 'article' AND value IS NOT NULL "
        "AND json_extract(value, '$.article.sha256') NOT IN (SELECT sha256 FROM text)"
    ):
        yield f"article {record_id!r}: its text is missing"


def _expect_utf8(*texts: object) -> None:
    for text in texts:
        str(text).encode("utf-8")


_QUICK: tuple[Check, ...] = (_integrity, _schema, _foreign_keys, _replay)
_THOROUGH: tuple[Check, ...] = (_chain, _entries, _values, _logged_values, _texts, _article_texts)
