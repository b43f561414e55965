"""Parquet and GeoParquet files as chunks of a table.

A geometry adds the columns `latitude` and `longitude` (EPSG:4326), see `geometries.with_coordinates`. A
file in an archive is read from memory, thus at most 200 MB.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj

from dashboard.datasets.files.archive import as_stream
from dashboard.datasets.files.chunks import (
    MOST_IN_CHUNK,
    MOST_ROWS,
    Chunk,
    ReportFault,
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
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.model.errors import Fault
from dashboard.model.message import message

# Most characters of an error message in a fault.
_MOST_FOUND = 200


def parquet(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The rows as chunks of `size`; raises UnclearError or TableError."""
    try:
        source = file.path if file.member is None else as_stream(file)
        table = pq.ParquetFile(source, memory_map=False, pre_buffer=False)
        check_column_count(file.name, table.schema_arrow.names)
        total, number = max(table.metadata.num_rows, 1), 0
        if total > MOST_ROWS:
            raise TableError(
                message(
                    "{file}: expected at most {most} rows, found {found}",
                    file=file.name,
                    most=f"{MOST_ROWS:,}",
                    found=f"{total:,}",
                )
            )
        geometry, crs = _geometry(file, options, table.schema_arrow.metadata or {})
        for batch in table.iter_batches(batch_size=_rows_of_chunk(table.metadata, size)):
            chunk = _chunk(file, batch, number, geometry, crs, report)
            number += len(batch)
            yield Chunk(chunk.frame, chunk.numbers, number / total)
    except (OSError, pa.ArrowException) as error:
        raise TableError(
            message("{file}: expected Parquet, found {error}", file=file.name, error=str(error))
        ) from error


def _rows_of_chunk(about: pq.FileMetaData, size: int) -> int:
    """At most `size` rows, of wide ones fewer, by their mean size in the widest row group."""
    groups = [about.row_group(at) for at in range(about.num_row_groups)]
    widest = max((it.total_byte_size / max(it.num_rows, 1) for it in groups), default=0.0)
    return max(1, min(size, int(MOST_IN_CHUNK / max(widest, 1.0))))


def _chunk(
    file: InputFile,
    batch: pa.RecordBatch,
    before: int,
    geometry: str,
    crs: pyproj.CRS,
    report: ReportFault,
) -> Chunk:
    """The rows of a batch, without those with an invalid cell or geometry, which are faults.

    `before` is the number of rows before the batch; `geometry` is "" if there is no such column.
    """
    numbers = np.arange(before + 1, before + 1 + len(batch), dtype=np.int64)
    if geometry not in batch.schema.names:
        frame, valid = _frame(file, batch, numbers, report)
        return Chunk(frame[valid], numbers[valid], 0.0)
    shapes = geometries_from_wkb(batch.column(geometry).to_numpy(zero_copy_only=False))
    frame, valid = _frame(file, batch.drop_columns([geometry]), numbers, report)
    rows = Chunk(frame[valid], numbers[valid], 0.0)
    return with_coordinates(file.name, rows, shapes[valid], crs, report)


def _frame(
    file: InputFile, batch: pa.RecordBatch, numbers: npt.NDArray[np.int64], report: ReportFault
) -> tuple[pd.DataFrame, npt.NDArray[np.bool_]]:
    """The columns as a frame, nested values as text, and a mask of the valid rows.

    Rows with a cell that pandas cannot represent, or with invalid UTF-8, are faults.
    """
    table = pa.Table.from_batches([batch]).rename_columns(unique_names(batch.schema.names))
    valid = np.ones(len(batch), dtype=bool)
    columns = {}
    for name in table.column_names:
        columns[name], errors = _column(table.column(name))
        for at, error in errors.items():
            report(
                Fault(file.name, int(numbers[at]), name, message("a value that can be read"), error)
            )
        valid[list(errors)] = False
    frame = pd.DataFrame(columns, index=range(len(batch)))
    return frame[[name for name in frame if not str(name).startswith("__index_level_")]], valid


def _column(cells: pa.ChunkedArray) -> tuple[pd.Series, dict[int, str]]:
    """A column as a Series, and the errors of the cells that pandas cannot represent, by position."""
    if not pa.types.is_nested(cells.type):
        try:
            # Only the full validation finds invalid UTF-8.
            cells.validate(full=True)
            # As floats, integers in a column with blanks would lose digits.
            return cells.to_pandas(integer_object_nulls=True), {}
        except (pa.ArrowException, ValueError, OverflowError):
            pass
    values: list[object] = []
    errors: dict[int, str] = {}
    for at, cell in enumerate(cells):
        try:
            value = cell.as_py()
            values.append(str(value) if isinstance(value, list | dict | tuple) else value)
        except (pa.ArrowException, ValueError, OverflowError) as error:
            values.append(None)
            errors[at] = f"{type(error).__name__}: {error}"[:_MOST_FOUND]
    return pd.Series(values, dtype=object), errors


def _geometry(
    file: InputFile, options: FileOptions, metadata: dict[bytes, bytes]
) -> tuple[str, pyproj.CRS]:
    """The name of the geometry column ("" if there is none) and its reference system.

    Source: GeoParquet specification 1.1.0: without `crs` it is OGC:CRS84, with null it is unknown.
    Raises TableError for other metadata or encodings, UnclearError for an unknown system.
    """
    if b"geo" not in metadata:
        return "", WGS84
    try:
        about: dict[str, Any] = json.loads(metadata[b"geo"])
        name = str(about["primary_column"])
        column = about["columns"][name]
        encoding, crs = column["encoding"], column.get("crs", "OGC:CRS84")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        found = f"{type(error).__name__}: {error}"
        raise TableError(
            message(
                "{file}: expected GeoParquet metadata, found {found}", file=file.name, found=found
            )
        ) from error
    if encoding != "WKB":
        raise TableError(
            message(
                "{file}: expected geometry as WKB, found {encoding}",
                file=file.name,
                encoding=encoding,
            )
        )
    return name, reference_system(file.name, options, crs)
