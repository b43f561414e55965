"""Read a file as chunks of a table: CSV, XLSX, Parquet, GeoParquet, GeoJSON, GeoPackage, KML."""

from collections.abc import Callable, Iterator, Mapping

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
# The reader of each file format by the ending of the file's name.
_READERS: Mapping[str, Callable[[InputFile, FileOptions, ReportFault, int], Iterator[Chunk]]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), delimited),
    ".xlsx": workbook,
    **dict.fromkeys((".parquet", ".geoparquet"), parquet),
    **dict.fromkeys((".geojson", ".json"), geojson),
    ".gpkg": geopackage,
    ".kml": kml,
}
ENDINGS = tuple(_READERS)


def read_chunks(
    file: InputFile, options: FileOptions, report: ReportFault, size: int = CHUNK_ROWS
) -> Iterator[Chunk]:
    """The rows of a file as chunks of at most `size`, without blank rows; `report` gets the faults.

    Raises UnclearError if the analyst has to choose an option, TableError if the file cannot be read.
    """
    if file.ending not in _READERS:
        raise TableError(f"{file.name}: expected one of {', '.join(ENDINGS)}")
    rows = 0
    for chunk in _READERS[file.ending](file, options, report, size):
        rows += len(chunk.frame)
        if rows > MOST_ROWS:
            raise TableError(f"{file.name}: expected at most {MOST_ROWS:,} rows, found more")
        yield chunk.without_blank_rows()
