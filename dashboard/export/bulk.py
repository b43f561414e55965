"""Exports of any size as CSV or GeoParquet, written batch by batch to limit memory."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import shapely

from dashboard.language.messages import N_
from dashboard.text.escape import FORMULA_STARTS

_FORMULA = f"^([{re.escape(''.join(FORMULA_STARTS))}])"
# Source: GeoParquet specification 1.1.0.
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}
# Endings and labels of the formats.
BULK: Mapping[str, str] = {"csv": N_("CSV, UTF-8"), "parquet": N_("GeoParquet")}


def write_bulk(
    path: Path, ending: str, batches: Iterable[pa.RecordBatch], about: Mapping[str, str]
) -> None:
    """Write the rows (columns of `query.bulk.flat`) to a file; `about` is metadata of GeoParquet."""
    if ending == "csv":
        _csv(path, batches)
    else:
        _geoparquet(path, batches, about)


def _csv(path: Path, batches: Iterable[pa.RecordBatch]) -> None:
    writer: pa_csv.CSVWriter | None = None
    try:
        for batch in batches:
            safe = _defused(batch)
            writer = writer or pa_csv.CSVWriter(path, safe.schema)
            writer.write_batch(safe)
    finally:
        if writer is not None:
            writer.close()


def _defused(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with an apostrophe before every text that begins like a formula."""
    columns = [
        pc.replace_substring_regex(column, _FORMULA, r"'\1")
        if pa.types.is_string(column.type)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _geoparquet(path: Path, batches: Iterable[pa.RecordBatch], about: Mapping[str, str]) -> None:
    writer: pq.ParquetWriter | None = None
    try:
        for batch in batches:
            placed = _with_points(batch)
            if writer is None:
                metadata = {"geo": json.dumps(_GEO), **about}
                writer = pq.ParquetWriter(path, placed.schema.with_metadata(metadata))
            writer.write_batch(placed)
    finally:
        if writer is not None:
            writer.close()


def _with_points(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with a point (WKB, lon before lat, EPSG:4326), null where there is no place."""
    lat, lon = (batch.column(name).to_numpy(zero_copy_only=False) for name in ("lat", "lon"))
    points = shapely.to_wkb(shapely.points(lon.astype(float), lat.astype(float)))
    known = pc.is_valid(batch.column("lat")).to_numpy(zero_copy_only=False)
    geometry = pa.array(
        [point if at else None for point, at in zip(points, known, strict=True)], pa.binary()
    )
    return batch.append_column("geometry", geometry)
