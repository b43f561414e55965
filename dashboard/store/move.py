"""Moving a workspace between a SQLite file and a PostgreSQL server, in either direction.

Log, records, texts, hash chain and the log of taken files are copied as they are, and so are the files
beside them.
"""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from dashboard.model.errors import DashboardError
from dashboard.settings import Settings
from dashboard.store.backup import copy_database
from dashboard.store.capture_files import captures_folder
from dashboard.store.captures import copy_captures, named_files
from dashboard.store.database import Connection, put_record, source_of, writing
from dashboard.store.entries import last_entry
from dashboard.store.hash_chain import chain_end
from dashboard.store.verify import verify
from dashboard.store.workspace import open_workspace

# In an order in which rows refer to earlier ones only.
_COLUMNS: Mapping[str, Sequence[str]] = {
    "text": ("sha256", "body"),
    "entry": ("seq", "at", "who", "what", "why", "undoes"),
    "change": ("seq", "kind", "record_id", "before", "after"),
    "record": ("kind", "record_id", "value", "version"),
    "entry_hash": ("seq", "hash"),
    "chain_start": ("seq", "at"),
    "chain_end": ("id", "seq", "hash"),
    "entry_account": ("seq", "account"),
    "taken_file": ("number", "at", "account", "who", "format", "link", "events"),
}
_ROWS_AT_ONCE = 1000
_REPLAY = "SELECT kind, record_id, after FROM change ORDER BY seq"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: the number of the last entry, the hash of the records that the log gives.

    `faults` are those of captured files, `left_out` the folders and files that the target had already.
    """

    entry: int
    digest: str
    faults: Sequence[str]
    left_out: Sequence[Path]


def move(before: Settings, after: Settings) -> Moved:
    """Copy the workspace of `before` to the empty one of `after`; the one before stays as it is.

    If that is of an older program, its tables are migrated first. Nobody can write to it meanwhile.
    Raises DashboardError if it has faults, or if the other one is not empty; then nothing was copied.
    """
    _expect_sound(before, "nothing was moved")
    source, target = open_workspace(before).source, open_workspace(after)
    with writing(source) as origin, writing(target.source) as copy:
        if last_entry(copy) or _has_rows(copy, "text") or _has_rows(copy, "taken_file"):
            raise DashboardError("expected an empty workspace to move to, found one with entries")
        # It has the moment at which the empty tables were made.
        copy.execute("DELETE FROM chain_start")
        for table, columns in _COLUMNS.items():
            _copy_table(origin, copy, table, columns)
        digest = replayed_digest(origin)
        if replayed_digest(copy) != digest or chain_end(copy) != chain_end(origin):
            raise DashboardError("the copy of the log gives other records; nothing was moved")
        entry = last_entry(origin)
    _expect_sound(after, "do not use the copy")
    folders = captures_folder(before.workspace), captures_folder(after.workspace)
    faults = copy_captures(named_files(source), *folders)
    return Moved(entry, digest, faults, _copy_files(before, after))


def replayed_digest(connection: Connection) -> str:
    """A SHA-256 of the records that the log gives when it is replayed, the same in both databases."""
    records = {(kind, record_id): value for kind, record_id, value in connection.execute(_REPLAY)}
    hashed = hashlib.sha256()
    for key in sorted(records):
        for text in (*key, records[key]):
            part = b"-" if text is None else text.encode()
            hashed.update(f"{len(part)}:".encode() + part)
    return hashed.hexdigest()


def _expect_sound(settings: Settings, consequence: str) -> None:
    findings = verify(source_of(settings))
    if findings:
        raise DashboardError(f"the workspace has faults, {consequence}: {'; '.join(findings[:3])}")


def _has_rows(connection: Connection, table: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table}").fetchone() is not None  # noqa: S608


def _copy_table(origin: Connection, copy: Connection, table: str, columns: Sequence[str]) -> None:
    names, order = ", ".join(columns), ", ".join(columns[:3])
    rows = origin.execute(f"SELECT {names} FROM {table} ORDER BY {order}")  # noqa: S608
    while batch := rows.fetchmany(_ROWS_AT_ONCE):
        if table == "record":
            for row in batch:
                put_record(copy, *row)
        else:
            _insert(copy, table, columns, batch)


def _insert(
    copy: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    copy.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def _copy_files(before: Settings, after: Settings) -> list[Path]:
    """Copy folders and files beside the workspace; returns those that the target had already."""
    databases = (
        (before.drafts, after.drafts),
        (before.accounts, after.accounts),
        (before.alerts, after.alerts),
    )
    folders = (
        (before.place_lists, after.place_lists),
        (before.basemaps, after.basemaps),
        (before.layers, after.layers),
        (before.datasets, after.datasets),
    )
    left_out = []
    for old, new in chain(databases, folders):
        if old.resolve() == new.resolve() or not old.exists():
            continue
        if new.exists():
            left_out.append(old)
        elif old.is_dir():
            shutil.copytree(old, new)
        else:
            copy_database(old, new)
    return left_out
