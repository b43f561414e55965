"""Parquet and GeoParquet as parts of a table.

Coordinates of geometry come as columns `latitude` and `longitude` (EPSG:4326), see `parts.located`.
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

from dashboard.datasets.files.parts import (
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
    reference_system,
    shapes_of,
)
from dashboard.model.errors import Fault

# Of what is wrong with a cell, the beginning says enough.
_MOST_FOUND = 200


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


def _part(
    file: InputFile, batch: pa.RecordBatch, before: int, geometry: str, crs: pyproj.CRS, tell: Tell
) -> Part:
    """The rows of a batch, but for those with a cell or a geometry that is none, which are faults."""
    numbers = np.arange(before + 1, before + 1 + len(batch), dtype=np.int64)
    if geometry not in batch.schema.names:
        frame, good = _frame(file, batch, numbers, tell)
        return Part(frame[good], numbers[good], 0.0)
    shapes = shapes_of(batch.column(geometry).to_numpy(zero_copy_only=False))
    frame, good = _frame(file, batch.drop_columns([geometry]), numbers, tell)
    rows = Part(frame[good], numbers[good], 0.0)
    return located(file.name, rows, shapes[good], crs, tell)


def _frame(
    file: InputFile, batch: pa.RecordBatch, numbers: npt.NDArray[np.int64], tell: Tell
) -> tuple[pd.DataFrame, npt.NDArray[np.bool_]]:
    """All columns, an index of pandas' among them, lists and the like as text; and which rows are good.

    Others have a cell that pandas has no value for, or that is no text, and are faults.
    """
    # Of columns with one name each gets one of its own.
    table = pa.Table.from_batches([batch]).rename_columns(named(batch.schema.names))
    good = np.ones(len(batch), dtype=bool)
    columns = {}
    for name in table.column_names:
        columns[name], wrong = _column(table.column(name))
        for at, found in wrong.items():
            tell(Fault(file.name, int(numbers[at]), name, "a value that can be read", found))
        good[list(wrong)] = False
    frame = pd.DataFrame(columns, index=range(len(batch)))
    return frame[[name for name in frame if not str(name).startswith("__index_level_")]], good


def _column(cells: pa.ChunkedArray) -> tuple[pd.Series, dict[int, str]]:
    """A column as pandas has it, and by position what is wrong with the cells that it cannot hold."""
    if not pa.types.is_nested(cells.type):
        try:
            # Letters that are no UTF-8 are found by nothing else.
            cells.validate(full=True)
            # Whole numbers with blanks among them would become fractions, and large ones others.
            return cells.to_pandas(integer_object_nulls=True), {}
        except (pa.ArrowException, ValueError, OverflowError):
            pass
    values: list[object] = []
    wrong: dict[int, str] = {}
    for at, cell in enumerate(cells):
        try:
            value = cell.as_py()
            values.append(str(value) if isinstance(value, list | dict | tuple) else value)
        except (pa.ArrowException, ValueError, OverflowError) as error:
            values.append(None)
            wrong[at] = f"{type(error).__name__}: {error}"[:_MOST_FOUND]
    return pd.Series(values, dtype=object), wrong


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
