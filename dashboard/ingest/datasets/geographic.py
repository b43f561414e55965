"""Parquet, GeoParquet and GeoPackage as parts of a table.

Coordinates of geometry come as columns `latitude` and `longitude` (EPSG:4326), see `parts.located`.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj
import shapely

from dashboard.ingest.datasets.parts import (
    MOST_ROWS,
    WGS84,
    How,
    InputFile,
    Part,
    TableError,
    Tell,
    check_columns,
    located,
    named,
    only,
    reference_system,
)
from dashboard.ingest.datasets.sqlite_tables import tables_of
from dashboard.model.errors import Fault


def parquet(file: InputFile, how: How, tell: Tell, size: int) -> Iterator[Part]:
    """The rows, part by part; raises UnclearError or TableError."""
    try:
        table = pq.ParquetFile(file.path, memory_map=False, pre_buffer=False)
        check_columns(file.name, table.schema_arrow.names)
        total, number = max(table.metadata.num_rows, 1), 0
        if total > MOST_ROWS:
            raise TableError(f"{file.name}: expected at most {MOST_ROWS:,} rows, found {total:,}")
        geometry, crs = _geometry(file, how, table.schema_arrow.metadata or {})
        for batch in table.iter_batches(batch_size=size):
            part = _part(file, batch, number, geometry, crs, tell)
            number += len(batch)
            yield Part(part.frame, part.numbers, number / total)
    except (OSError, pa.ArrowException) as error:
        raise TableError(f"{file.name}: expected Parquet, found {error}") from error


def geopackage(file: InputFile, how: How, tell: Tell, size: int) -> Iterator[Part]:
    """The features of a layer, part by part; raises UnclearError or TableError."""
    tables = tables_of(file)
    try:
        _one_driver_only()
        path = file.path.resolve()
        held = [
            (name, kind) for name, kind in pyogrio.list_layers(path) if str(name).lower() in tables
        ]
        # Tables without geometry beside a layer, such as QGIS's styles, are about it.
        layers = [str(name) for name, kind in held if kind] or [str(name) for name, _ in held]
        layer = only(layers, how, file.name, "layer")
        total, number = max(int(pyogrio.read_info(path, layer=layer)["features"]), 1), 0
        # Times as they are written: those of several zones would all be turned to one.
        ways = {"batch_size": size, "use_pyarrow": True, "datetime_as_string": True}
        with pyogrio.open_arrow(path, layer=layer, **ways) as (about, reader):
            geometry = about["geometry_name"] or "wkb_geometry"
            crs = reference_system(file.name, how, about["crs"])
            for batch in reader:
                part = _part(file, batch, number, geometry, crs, tell)
                number += len(batch)
                yield Part(part.frame, part.numbers, min(number / total, 1.0))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise TableError(f"{file.name}: expected features, found {error}") from error


def _one_driver_only() -> None:
    """Raise unless GDAL knows GeoPackage alone: by content it would open any of sixty formats.

    Reading processes begin with all other drivers left out (sandbox/start.py).
    """
    others = set(pyogrio.list_drivers()) - {"GPKG"}
    if others:
        raise RuntimeError(f"GDAL has drivers that are not meant: {', '.join(sorted(others))}")


def _part(
    file: InputFile, batch: pa.RecordBatch, before: int, geometry: str, crs: pyproj.CRS, tell: Tell
) -> Part:
    """The rows of a batch, but for those whose geometry is none, which are told as faults."""
    numbers = np.arange(before + 1, before + 1 + len(batch), dtype=np.int64)
    if geometry not in batch.schema.names:
        return Part(_frame(batch), numbers, 0.0)
    told = batch.column(geometry).to_numpy(zero_copy_only=False)
    shapes = shapely.from_wkb(told, on_invalid="ignore")
    broken = pd.notna(told) & shapely.is_missing(shapes)
    for row in numbers[broken].tolist():
        tell(Fault(file.name, row, geometry, "a geometry as WKB", "bytes that are none"))
    kept = np.flatnonzero(~broken)
    frame = _frame(batch.drop_columns([geometry])).iloc[kept]
    return Part(located(frame, shapes[kept], crs), numbers[kept], 0.0)


def _frame(batch: pa.RecordBatch) -> pd.DataFrame:
    """All columns, an index of pandas' among them; lists and the like as text."""
    # Of columns with one name each gets one of its own.
    table = pa.Table.from_batches([batch]).rename_columns(named(batch.schema.names))
    for at, field in enumerate(table.schema):
        if pa.types.is_nested(field.type):
            texts = [None if cell is None else str(cell) for cell in table.column(at).to_pylist()]
            table = table.set_column(at, field.name, pa.array(texts, pa.string()))
    # Whole numbers with blanks among them would become fractions, and large ones others.
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True, integer_object_nulls=True)
    return frame[[name for name in frame if not str(name).startswith("__index_level_")]]


def _geometry(file: InputFile, how: How, metadata: dict[bytes, bytes]) -> tuple[str, pyproj.CRS]:
    """The column of geometry and its reference system; "" if there is none.

    Source: GeoParquet specification 1.1.0: without `crs` it is OGC:CRS84, with null it is unknown.
    """
    if b"geo" not in metadata:
        return "", WGS84
    try:
        about: dict[str, Any] = json.loads(metadata[b"geo"])
        name = str(about["primary_column"])
        column = about["columns"][name]
        encoding, told = column["encoding"], column.get("crs", "OGC:CRS84")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        found = f"{type(error).__name__}: {error}"
        raise TableError(f"{file.name}: expected GeoParquet metadata, found {found}") from error
    if encoding != "WKB":
        raise TableError(f"{file.name}: expected geometry as WKB, found {encoding}")
    return name, reference_system(file.name, how, told)
