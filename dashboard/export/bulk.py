"""Exports of any size as CSV or GeoParquet, written batch by batch to limit memory."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import shapely

from dashboard.language.messages import N_
from dashboard.text.escape import FORMULA_STARTS

# Apostrophes before the first character too, as in `text.escape.defuse`.
_FORMULA = f"^('*[{re.escape(''.join(FORMULA_STARTS))}])"
# Source: GeoParquet specification 1.1.0.
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}
# Endings and labels of the formats.
BULK: Mapping[str, str] = {"csv": N_("CSV, UTF-8"), "parquet": N_("GeoParquet")}


def write_bulk(
    path: Path,
    ending: str,
    batches: Iterable[pa.RecordBatch],
    about: Mapping[str, str],
    terms: Mapping[str, str],
) -> None:
    """Write the rows (columns of `query.bulk.flat`) to a file; `about` is metadata of GeoParquet.

    `terms` has credit and licence of each imported dataset by its id. CSV has no metadata: there they
    are a column.
    """
    prepare = partial(_for_csv, terms=terms) if ending == "csv" else _with_points
    writer: pa_csv.CSVWriter | pq.ParquetWriter | None = None
    try:
        for batch in batches:
            rows = prepare(batch)
            writer = writer or _writer(path, ending, rows.schema, about)
            writer.write_batch(rows)
    finally:
        if writer is not None:
            writer.close()


def _writer(
    path: Path, ending: str, schema: pa.Schema, about: Mapping[str, str]
) -> pa_csv.CSVWriter | pq.ParquetWriter:
    if ending == "csv":
        return pa_csv.CSVWriter(path, schema)
    return pq.ParquetWriter(path, schema.with_metadata({"geo": json.dumps(_GEO), **about}))


def _for_csv(batch: pa.RecordBatch, terms: Mapping[str, str]) -> pa.RecordBatch:
    """The rows for a spreadsheet, with the terms of the dataset of each."""
    known = pc.index_in(batch.column("dataset"), pa.array(list(terms), pa.string()))
    column = pa.array(list(terms.values()), pa.string()).take(known)
    return _defused(batch.append_column("dataset_terms", column))


def _defused(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with an apostrophe before every text that begins like a formula."""
    columns = [
        pc.replace_substring_regex(column, _FORMULA, r"'\1")
        if pa.types.is_string(column.type)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _with_points(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with a point (WKB, lon before lat, EPSG:4326), null where there is no place."""
    lat, lon = (
        batch.column(name).to_numpy(zero_copy_only=False) for name in ("latitude", "longitude")
    )
    points = shapely.to_wkb(shapely.points(lon.astype(float), lat.astype(float)))
    known = pc.is_valid(batch.column("latitude")).to_numpy(zero_copy_only=False)
    geometry = pa.array(
        [point if at else None for point, at in zip(points, known, strict=True)], pa.binary()
    )
    return batch.append_column("geometry", geometry)
