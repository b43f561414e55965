"""Read a file as chunks of a table: CSV, XLSX, Parquet, GeoParquet, GeoJSON, GeoPackage, KML."""

from collections.abc import Iterator

from dashboard.datasets.files.chunks import (
    MOST_ROWS,
    Chunk,
    FileOptions,
    InputFile,
    ReportFault,
    TableError,
)
from dashboard.datasets.files.delimited import delimited
from dashboard.datasets.files.geojson import geojson
from dashboard.datasets.files.geopackage import geopackage
from dashboard.datasets.files.kml import kml
from dashboard.datasets.files.parquet import parquet
from dashboard.datasets.files.workbook import workbook

# Rows of one chunk: large enough for work by column, small enough for progress and memory.
CHUNK_ROWS = 50_000
_DELIMITED = frozenset({".csv", ".tsv", ".txt"})
_PARQUET = frozenset({".parquet", ".geoparquet"})
_GEOJSON = frozenset({".geojson", ".json"})
ENDINGS = (
    ".csv",
    ".tsv",
    ".txt",
    ".xlsx",
    ".parquet",
    ".geoparquet",
    ".geojson",
    ".json",
    ".gpkg",
    ".kml",
)


def read_chunks(
    file: InputFile, options: FileOptions, report: ReportFault, size: int = CHUNK_ROWS
) -> Iterator[Chunk]:
    """The rows of a file as chunks of at most `size`, without blank rows; `report` gets the faults.

    Raises UnclearError if the analyst has to choose an option, TableError if the file cannot be read.
    """
    rows = 0
    for chunk in _chunks(file, options, report, size):
        rows += len(chunk.frame)
        if rows > MOST_ROWS:
            raise TableError(f"{file.name}: expected at most {MOST_ROWS:,} rows, found more")
        yield chunk.without_blank_rows()


def _chunks(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    ending = file.ending
    if ending in _PARQUET:
        return parquet(file, options, report, size)
    if ending in _GEOJSON:
        return geojson(file, options, report, size)
    if ending == ".gpkg":
        return geopackage(file, options, report, size)
    if ending == ".kml":
        return kml(file, report, size)
    if ending == ".xlsx":
        return workbook(file, options, size)
    if ending in _DELIMITED:
        return delimited(file, options, report, size)
    raise TableError(f"{file.name}: expected one of {', '.join(ENDINGS)}")
