"""Which tables of a GeoPackage hold rows of their own, e.g. "events", and not a view that would be run.

A view is SQL of a stranger: one that refers to itself takes all time there is. GDAL would run it, and
views in place of the tables that describe a GeoPackage already when it opens the file.
"""

import sqlite3
from contextlib import closing

from dashboard.ingest.datasets.parts import InputFile, TableError

_HEADER = b"SQLite format 3\0"
# The tables that describe the others; source: OGC GeoPackage Encoding Standard 1.3.
_DESCRIBING = ("gpkg_", "sqlite_")


def tables_of(file: InputFile) -> frozenset[str]:
    """The names of ordinary tables; raises TableError for a file that is no GeoPackage to be read."""
    with file.path.open("rb") as raw:
        if raw.read(len(_HEADER)) != _HEADER:
            raise TableError(f"{file.name}: expected a GeoPackage, found another kind of file")
    try:
        objects = _objects(file)
    except sqlite3.Error as error:
        raise TableError(f"{file.name}: expected a GeoPackage, found {error}") from error
    views = {name for name, kind, sql in objects if kind == "view" or _is_virtual(sql)}
    describing = sorted(name for name in views if name.startswith(_DESCRIBING))
    if describing:
        raise TableError(f"{file.name}: expected tables, found a view {describing[0]!r:.60}")
    tables = frozenset(name for name, kind, _ in objects if kind == "table") - views
    layers = {name for name in views if not name.startswith("rtree_")}
    if layers and not any(not name.startswith((*_DESCRIBING, "rtree_")) for name in tables):
        raise TableError(f"{file.name}: expected a table, found views alone, which are not run")
    return tables


def _objects(file: InputFile) -> list[tuple[str, str, str]]:
    """Name, kind and SQL of all that the file defines; nothing of it is run."""
    uri = f"{file.path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        found = connection.execute("SELECT name, type, coalesce(sql, '') FROM sqlite_master")
        return [(str(name).lower(), str(kind), str(sql)) for name, kind, sql in found]


def _is_virtual(sql: str) -> bool:
    return sql.lstrip().upper().startswith("CREATE VIRTUAL")
