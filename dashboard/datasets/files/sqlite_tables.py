"""The ordinary tables of a GeoPackage, e.g. "events"; views are never read.

A view is SQL from the file, which could run forever, e.g. by recursion.
"""

import re
import sqlite3
from contextlib import closing

from dashboard.datasets.files.archive import read_member
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import InputFile
from dashboard.model.message import message

_HEADER = b"SQLite format 3\0"
# The tables that describe the others; source: OGC GeoPackage Encoding Standard 1.3.
_DESCRIBING = ("gpkg_", "sqlite_")
# Keywords of a table definition that may contain an expression.
_COMPUTES = re.compile(r"\b(CHECK|GENERATED|AS)\b", re.IGNORECASE)


def ordinary_tables(file: InputFile) -> frozenset[str]:
    """The names of ordinary tables in lower case; raises TableError for a file without any."""
    with file.open() as raw:
        if raw.read(len(_HEADER)) != _HEADER:
            raise TableError(
                message("{file}: expected a GeoPackage, found another kind of file", file=file.name)
            )
    try:
        objects = _objects(file)
    except sqlite3.Error as error:
        raise TableError(
            message(
                "{file}: expected a GeoPackage, found {error}", file=file.name, error=str(error)
            )
        ) from error
    views = {name for name, kind, sql in objects if kind == "view" or _is_virtual(sql)}
    describing = sorted(name for name in views if name.startswith(_DESCRIBING))
    if describing:
        raise TableError(
            message(
                "{file}: expected tables, found a view {view}",
                file=file.name,
                view=f"{describing[0]!r:.60}",
            )
        )
    tables = frozenset(name for name, kind, _ in objects if kind == "table") - views
    layers = {name for name in views if not name.startswith("rtree_")}
    if layers and not any(not name.startswith((*_DESCRIBING, "rtree_")) for name in tables):
        raise TableError(
            message(
                "{file}: expected a table, found views alone, which are not run", file=file.name
            )
        )
    return tables


def open_read_only(file: InputFile) -> sqlite3.Connection:
    """A read-only connection that runs no functions which the file defines.

    Invalid UTF-8 is decoded to surrogates. A file in an archive is read from memory, at most 200 MB.
    """
    if file.member is None:
        uri = f"{file.path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True)
    else:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(_without_journal(read_member(file)))
        connection.execute("PRAGMA query_only = ON")
    connection.text_factory = lambda text: text.decode("utf-8", errors="surrogateescape")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _without_journal(content: bytes) -> bytes:
    """A database that is not read with a write-ahead log, of which a file in memory has none.

    Source: SQLite, Database File Format, "File format version numbers": bytes 18 and 19.
    """
    return content[:18] + b"\x01\x01" + content[20:]


def damage_of(connection: sqlite3.Connection, table: str) -> str | None:
    """The first damage that SQLite finds in the pages of a table; `None` if there is none.

    A table with computed columns or constraints is not checked: that would run its SQL.
    """
    row = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?)", (table,)
    ).fetchone()
    if row is None or _COMPUTES.search(row[0]):
        return None
    result = connection.execute("SELECT * FROM pragma_quick_check(?)", (table,)).fetchone()
    return None if result is None or result[0] == "ok" else str(result[0])


def _objects(file: InputFile) -> list[tuple[str, str, str]]:
    """Name, type and SQL of all tables, views and indexes of the file; none of the SQL is run."""
    with closing(open_read_only(file)) as connection:
        rows = connection.execute("SELECT name, type, coalesce(sql, '') FROM sqlite_master")
        return [(str(name).lower(), str(kind), str(sql)) for name, kind, sql in rows]


def _is_virtual(sql: str) -> bool:
    """Whether the SQL creates a virtual table; it may have comments between the words."""
    words = re.sub(r"/\*.*?\*/|--[^\n]*", " ", sql, flags=re.DOTALL).split(maxsplit=2)
    return [word.upper() for word in words[:2]] == ["CREATE", "VIRTUAL"]
