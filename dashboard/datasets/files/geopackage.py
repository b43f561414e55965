"""A layer of a GeoPackage as parts of a table, read by SQLite itself, which says where one is damaged.

Source: OGC GeoPackage Encoding Standard 1.3. GDAL ends in silence at the first damaged page.
"""

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyproj

from dashboard.datasets.files.parts import (
    WGS84,
    How,
    InputFile,
    Part,
    TableError,
    Tell,
    batches,
    check_columns,
    located,
    named,
    only,
    reference_system,
    shapes_of,
)
from dashboard.datasets.files.sqlite_tables import damage_of, open_read_only, tables_of
from dashboard.model.errors import Fault

# Of a cell, in bytes: an outline of a country in all detail has a few million.
_MOST_CELL = 100_000_000
# Bytes of the envelope in a geometry's header by its indicator; source: clause 2.1.3.
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER = struct.Struct("<2sBBi")
# Reference systems that are said to be unknown.
_UNDEFINED = frozenset({-1, 0})

Row = tuple[int, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Layer:
    """A table, its columns, and which of them is the geometry, with its reference system.

    `crs` is `None` where the file says that it is unknown.
    """

    table: str
    columns: tuple[str, ...]
    geometry: str | None
    crs: str | None


def geopackage(file: InputFile, how: How, tell: Tell, size: int) -> Iterator[Part]:
    """The rows of a layer, part by part; raises UnclearError or TableError.

    A damaged file is read as far as it goes, and at its end raises TableError too.
    """
    tables = tables_of(file)
    try:
        with closing(open_read_only(file)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_CELL)
            layer = _layer(connection, file, how, tables, tell)
            crs = WGS84
            if layer.geometry is not None:
                crs = reference_system(file.name, how, layer.crs)
            total = max(_count(connection, layer), 1)
            for some in batches(_rows(connection, layer, file, tell), size):
                yield _part(file, layer, some, crs, min(some[-1][0] / total, 1.0), tell)
            damage = damage_of(connection, layer.table)
    except (sqlite3.Error, OverflowError) as error:
        raise TableError(f"{file.name}: expected an undamaged GeoPackage, found {error}") from error
    if damage is not None:
        raise TableError(f"{file.name}: expected an undamaged GeoPackage, found {damage}")


def _layer(
    connection: sqlite3.Connection,
    file: InputFile,
    how: How,
    tables: frozenset[str],
    tell: Tell,
) -> _Layer:
    """The layer asked for, or the only one."""
    geometries = {
        table.lower(): (column, srs)
        for table, column, srs in connection.execute(
            "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns"
        )
    }
    contents = [
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
        )
        if name.lower() in tables
    ]
    # Tables without geometry beside a layer, such as QGIS's styles, are about it.
    layers = [name for name in contents if name.lower() in geometries] or contents
    table = only(layers, how, file.name, "layer")
    geometry, srs = geometries.get(table.lower(), (None, None))
    columns = _columns(connection, file, table, tell)
    crs = None if srs is None else _crs(connection, int(srs))
    return _Layer(table, columns, geometry, crs)


def _columns(
    connection: sqlite3.Connection, file: InputFile, table: str, tell: Tell
) -> tuple[str, ...]:
    """The columns that are stored; computed ones are SQL of a stranger, and are not run."""
    stored = []
    for name, hidden in connection.execute(
        "SELECT name, hidden FROM pragma_table_xinfo(?)", (table,)
    ):
        if hidden:
            tell(Fault(file.name, 0, name, "a column that is stored", "one that is computed"))
        else:
            stored.append(name)
    check_columns(file.name, stored)
    return tuple(stored)


def _crs(connection: sqlite3.Connection, srs: int) -> str | None:
    """A reference system by its code, or else by its definition."""
    if srs in _UNDEFINED:
        return None
    row = connection.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys "
        "WHERE srs_id = ?",
        (srs,),
    ).fetchone()
    if row is None:
        return None
    organization, code, definition = row
    return f"EPSG:{code}" if str(organization).upper() == "EPSG" else str(definition)


def _count(connection: sqlite3.Connection, layer: _Layer) -> int:
    """How many rows there are: for progress alone, so that damage counts none."""
    try:
        return int(connection.execute(f"SELECT count(*) FROM {_quoted(layer.table)}").fetchone()[0])  # noqa: S608
    except sqlite3.Error:
        return 0


def _rows(
    connection: sqlite3.Connection, layer: _Layer, file: InputFile, tell: Tell
) -> Iterator[Row]:
    """Number and cells of each row whose text is text; the others are faults."""
    names = ", ".join(map(_quoted, layer.columns))
    # Names cannot be bound; quoted, none of them can be anything but a name.
    found = connection.execute(f"SELECT {names} FROM {_quoted(layer.table)}")  # noqa: S608
    for number, cells in enumerate(found, start=1):
        wrong = [name for name, cell in zip(layer.columns, cells, strict=True) if _is_damaged(cell)]
        if wrong:
            tell(Fault(file.name, number, wrong[0], "text in UTF-8", "bytes that are none"))
        else:
            yield number, cells


def _is_damaged(cell: object) -> bool:
    """Whether it has bytes that are no UTF-8, as `open_read_only` has them."""
    if not isinstance(cell, str) or cell.isascii():
        return False
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _part(
    file: InputFile,
    layer: _Layer,
    some: Sequence[Row],
    crs: pyproj.CRS,
    share: float,
    tell: Tell,
) -> Part:
    values_of = zip(*(cells for _, cells in some), strict=True)
    columns = dict(zip(named(layer.columns), values_of, strict=True))
    binary = None
    if layer.geometry is not None:
        at = [name.lower() for name in layer.columns].index(layer.geometry.lower())
        binary = columns.pop(list(columns)[at])
    cells = {name: list(map(_cell, values)) for name, values in columns.items()}
    frame = pd.DataFrame(cells, index=range(len(some)), dtype=object)
    part = Part(frame, np.array([number for number, _ in some], dtype=np.int64), share)
    if binary is None:
        return part
    wkb = np.array([_wkb(cell) for cell in binary] + [None], dtype=object)[:-1]
    return located(file.name, part, shapes_of(wkb), crs, tell)


def _cell(value: object) -> object:
    """A cell; of bytes only how many they are."""
    return f"{len(value):,} bytes" if isinstance(value, bytes) else value


def _wkb(blob: object) -> bytes | None:
    """The well-known binary within a geometry's blob; what is no such blob is no geometry either."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < _HEADER.size:
        return b""
    magic, _version, flags, _srs = _HEADER.unpack_from(blob)
    envelope = _ENVELOPES.get((flags >> 1) & 0b111)
    if magic != b"GP" or envelope is None:
        return b""
    return blob[_HEADER.size + envelope :]


def _quoted(name: str) -> str:
    """A name as an identifier of SQL."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
