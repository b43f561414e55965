"""A layer of a GeoPackage as chunks of a table, read with SQLite, which reports damaged pages.

Source: OGC GeoPackage Encoding Standard 1.3. GDAL stops at the first damaged page without an error.
"""

import sqlite3
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyproj

from dashboard.datasets.event_map.join import EVENTS_TABLE, ChildTables, program_tables
from dashboard.datasets.files.chunks import (
    Chunk,
    ReportFault,
    batches,
    check_column_count,
    unique_names,
)
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.geometries import (
    WGS84,
    geometries_from_wkb,
    reference_system,
    with_coordinates,
)
from dashboard.datasets.files.input_file import FileOptions, InputFile, choose_layer
from dashboard.datasets.files.sqlite_tables import damage_of, open_read_only, ordinary_tables
from dashboard.model.errors import Fault
from dashboard.model.message import message

# Most bytes of a cell: a detailed outline of a country has a few million.
_MOST_CELL = 100_000_000
# Length in bytes of the envelope in a geometry's header by its indicator; source: clause 2.1.3.
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER = struct.Struct("<2sBBi")
# Codes of undefined reference systems.
_UNDEFINED = frozenset({-1, 0})

Row = tuple[int, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Layer:
    """A table, its columns, the column of the geometry if it has one, and its reference system.

    `crs` is `None` if the file says that it is undefined.
    """

    table: str
    columns: tuple[str, ...]
    geometry: str | None
    crs: str | None


def geopackage(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The rows of a layer as chunks of `size`; raises UnclearError or TableError.

    A damaged file is read as far as possible, and then raises TableError.
    """
    tables = ordinary_tables(file)
    try:
        with closing(open_read_only(file)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_CELL)
            exported = _program_tables(connection, tables, options)
            if exported is not None:
                options = replace(options, layer=exported[EVENTS_TABLE])
            layer = _layer(connection, file, options, tables, report)
            children = ChildTables(_children(connection, exported or {}))
            crs = WGS84
            if layer.geometry is not None:
                crs = reference_system(file.name, options, layer.crs)
            total = max(_count(connection, layer), 1)
            for batch in batches(_rows(connection, layer, file, report), size):
                chunk = _chunk(file, layer, batch, crs, min(batch[-1][0] / total, 1.0), report)
                yield chunk if exported is None else _joined(chunk, children)
            damage = damage_of(connection, layer.table)
    except (sqlite3.Error, OverflowError) as error:
        raise TableError(
            message(
                "{file}: expected an undamaged GeoPackage, found {error}",
                file=file.name,
                error=str(error),
            )
        ) from error
    if damage is not None:
        raise TableError(
            message(
                "{file}: expected an undamaged GeoPackage, found {error}",
                file=file.name,
                error=damage,
            )
        )


def _program_tables(
    connection: sqlite3.Connection, tables: frozenset[str], options: FileOptions
) -> dict[str, str] | None:
    """The tables of a file that this program exported, unless another layer was chosen."""
    names = [name for name in sorted(tables) if not name.startswith(("gpkg_", "rtree_", "sqlite_"))]
    headers = {name: _stored(connection, name) for name in names}
    return program_tables(headers, options.layer)


def _stored(connection: sqlite3.Connection, table: str) -> list[str]:
    rows = connection.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (table,))
    return [name for name, hidden in rows if not hidden]


def _children(
    connection: sqlite3.Connection, exported: Mapping[str, str]
) -> dict[str, Iterator[dict[str, object]]]:
    """The rows of the tables beside the events."""
    return {
        kind: _dicts(connection, name) for kind, name in exported.items() if kind != EVENTS_TABLE
    }


def _dicts(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    names = _stored(connection, table)
    # SQL cannot bind names; they are quoted.
    listed = ", ".join(map(_quoted, names))
    for row in connection.execute(f"SELECT {listed} FROM {_quoted(table)}"):  # noqa: S608
        cells = (_cell(cell) for cell in row)
        yield dict(zip(names, cells, strict=True))


def _joined(chunk: Chunk, children: ChildTables) -> Chunk:
    """The events with the rows of the other tables as JSON."""
    cells = children.cells(chunk.frame["event_id"].tolist())
    return Chunk(chunk.frame.assign(**cells), chunk.numbers, chunk.share)


def _layer(
    connection: sqlite3.Connection,
    file: InputFile,
    options: FileOptions,
    tables: frozenset[str],
    report: ReportFault,
) -> _Layer:
    """The layer of that name, or the only one."""
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
    # Beside a layer, tables without geometry are metadata, such as QGIS's styles.
    layers = [name for name in contents if name.lower() in geometries] or contents
    table = choose_layer(layers, options, file.name, message("layer"))
    geometry, srs = geometries.get(table.lower(), (None, None))
    columns = _columns(connection, file, table, report)
    crs = None if srs is None else _crs(connection, int(srs))
    return _Layer(table, columns, geometry, crs)


def _columns(
    connection: sqlite3.Connection, file: InputFile, table: str, report: ReportFault
) -> tuple[str, ...]:
    """The stored columns; computed ones are SQL of the file, which is never run, and are faults."""
    stored = []
    for name, hidden in connection.execute(
        "SELECT name, hidden FROM pragma_table_xinfo(?)", (table,)
    ):
        if hidden:
            report(
                Fault(
                    file.name, 0, name, message("a column that is stored"), "one that is computed"
                )
            )
        else:
            stored.append(name)
    check_column_count(file.name, stored)
    return tuple(stored)


def _crs(connection: sqlite3.Connection, srs: int) -> str | None:
    """A reference system by its EPSG code, else by its definition; `None` if it is undefined."""
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
    """The number of rows, for the progress only: 0 if the table is damaged."""
    try:
        return int(connection.execute(f"SELECT count(*) FROM {_quoted(layer.table)}").fetchone()[0])  # noqa: S608
    except sqlite3.Error:
        return 0


def _rows(
    connection: sqlite3.Connection, layer: _Layer, file: InputFile, report: ReportFault
) -> Iterator[Row]:
    """Number and cells of each row; rows with text that is not UTF-8 are faults."""
    names = ", ".join(map(_quoted, layer.columns))
    # SQL cannot bind names; they are quoted.
    rows = connection.execute(f"SELECT {names} FROM {_quoted(layer.table)}")  # noqa: S608
    for number, cells in enumerate(rows, start=1):
        damaged = [
            name for name, cell in zip(layer.columns, cells, strict=True) if _is_damaged(cell)
        ]
        if damaged:
            report(
                Fault(
                    file.name, number, damaged[0], message("text in UTF-8"), "bytes that are none"
                )
            )
        else:
            yield number, cells


def _is_damaged(cell: object) -> bool:
    """Whether a text has surrogates, to which `open_read_only` decodes invalid UTF-8."""
    if not isinstance(cell, str) or cell.isascii():
        return False
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _chunk(
    file: InputFile,
    layer: _Layer,
    rows: Sequence[Row],
    crs: pyproj.CRS,
    share: float,
    report: ReportFault,
) -> Chunk:
    values = zip(*(cells for _, cells in rows), strict=True)
    columns = dict(zip(unique_names(layer.columns), values, strict=True))
    binary = None
    if layer.geometry is not None:
        at = [name.lower() for name in layer.columns].index(layer.geometry.lower())
        binary = columns.pop(list(columns)[at])
    cells = {name: list(map(_cell, column)) for name, column in columns.items()}
    frame = pd.DataFrame(cells, index=range(len(rows)), dtype=object)
    chunk = Chunk(frame, np.array([number for number, _ in rows], dtype=np.int64), share)
    if binary is None:
        return chunk
    wkb = np.array([_geopackage_wkb(cell) for cell in binary] + [None], dtype=object)[:-1]
    return with_coordinates(file.name, chunk, geometries_from_wkb(wkb), crs, report)


def _cell(value: object) -> object:
    """A cell; for bytes a text with their number."""
    return f"{len(value):,} bytes" if isinstance(value, bytes) else value


def _geopackage_wkb(blob: object) -> bytes | None:
    """The WKB in a geometry's blob; `None` for NULL, empty bytes for an invalid blob."""
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
    """A name as a quoted identifier of SQL."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
