"""The hash chain of the log: the hash of an entry covers its content and the hash of the entry before.

Who changes, removes or reorders entries in the database has to compute all later hashes again. Values
count by their SHA-256, so that an erased value can be replaced by its hash.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from dashboard.store.database import Connection

# The hash before the first entry.
_NOTHING = "0" * 64
_LOG = (
    "SELECT e.seq, e.at, e.who, e.what, e.why, e.undoes, c.kind, c.record_id, c.before, c.after "
    "FROM entry AS e LEFT JOIN change AS c ON c.seq = e.seq "
)
_ORDER = "ORDER BY e.seq"


@dataclass(frozen=True, slots=True)
class End:
    """The last entry of the chain and its hash."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Start:
    """Since when the chain holds: entries up to `seq` were there before, and were hashed `at` (UTC)."""

    seq: int
    at: str


def chain_end(connection: Connection) -> End:
    """The end of the chain; 0 and 64 zeros for an empty log."""
    row = connection.execute("SELECT seq, hash FROM chain_end").fetchone()
    return End(int(row[0]), str(row[1])) if row else End(0, _NOTHING)


def chain_start(connection: Connection) -> Start | None:
    """Since when the chain holds, or `None` in a file whose chain has not begun."""
    row = connection.execute("SELECT seq, at FROM chain_start").fetchone()
    return Start(int(row[0]), str(row[1])) if row else None


def append_hash(connection: Connection, seq: int) -> None:
    """Append the entry `seq`, with all of its changes, to the chain."""
    before = chain_end(connection).hash
    rows = connection.execute(f"{_LOG} WHERE e.seq = ?", (seq,)).fetchall()
    _append(connection, [End(seq, _entry_hash(before, rows))])


def begin_chain(connection: Connection) -> None:
    """Hash all entries that were written before there was a chain, and say since when it holds."""
    if chain_start(connection) is not None:
        return
    with _damaged_text_read(connection):
        hashes = list(_computed(connection))
    _append(connection, hashes)
    seq = hashes[-1].seq if hashes else 0
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    connection.execute("INSERT INTO chain_start (seq, at) VALUES (?, ?)", (seq, at))


def chain_findings(connection: Connection) -> Iterator[str]:
    """What is wrong with the chain, one line each."""
    stored = dict(connection.execute("SELECT seq, hash FROM entry_hash ORDER BY seq").fetchall())
    before, last = _NOTHING, End(0, _NOTHING)
    for seq, rows in _entries(connection):
        expected = stored.pop(seq, None)
        if expected is None:
            yield f"chain: entry {seq} has no hash, so it was added outside of the program"
            continue
        if _entry_hash(before, rows) != expected:
            yield (
                f"chain: entry {seq} was changed, or one before it removed or moved, outside of the "
                "program"
            )
        # The stored one, so that later entries are judged by themselves.
        before = expected
        last = End(seq, expected)
    for seq in stored:
        yield f"chain: entry {seq} is missing, so it was removed outside of the program"
    if chain_end(connection) != last:
        yield f"chain: it ends at entry {chain_end(connection).seq}, the log at entry {last.seq}"


def _computed(connection: Connection) -> Iterator[End]:
    before = _NOTHING
    for seq, rows in _entries(connection):
        before = _entry_hash(before, rows)
        yield End(seq, before)


def _entries(connection: Connection) -> Iterator[tuple[int, list[Any]]]:
    """Each entry in the order of the log, with a row for each of its changes."""
    rows = connection.execute(f"{_LOG} {_ORDER}")
    return ((seq, list(group)) for seq, group in groupby(rows, key=itemgetter(0)))


def _append(connection: Connection, hashes: list[End]) -> None:
    if not hashes:
        return
    rows = [(each.seq, each.hash) for each in hashes]
    connection.executemany("INSERT INTO entry_hash (seq, hash) VALUES (?, ?)", rows)
    connection.execute(
        "INSERT INTO chain_end (id, seq, hash) VALUES (1, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        rows[-1],
    )


def _entry_hash(before: str, rows: list[Any]) -> str:
    seq, at, who, what, why, undoes = rows[0][:6]
    changes = [
        [str(kind), str(record_id), _value_hash(old), _value_hash(new)]
        for *_entry, kind, record_id, old, new in rows
        if kind is not None
    ]
    entry = [
        before,
        seq,
        at,
        _value_hash(who),
        _value_hash(what),
        _value_hash(why),
        undoes,
        sorted(changes),
    ]
    return hashlib.sha256(json.dumps(entry, default=repr).encode()).hexdigest()


def _value_hash(value: object) -> str:
    """The SHA-256 of a text, "" for none; what a damaged file has in its place counts as it is."""
    if value is None:
        return ""
    return hashlib.sha256(as_bytes(value)).hexdigest()


def as_bytes(value: object) -> bytes:
    """A text as UTF-8; bytes that are none are those of the file again."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")


@contextmanager
def _damaged_text_read(connection: Connection) -> Iterator[None]:
    """Let SQLite return text that is not UTF-8, for which Python would raise an error."""
    if not isinstance(connection, sqlite3.Connection):
        yield
        return
    before = connection.text_factory
    connection.text_factory = lambda value: value.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before
