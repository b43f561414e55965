"""Files as parts of tables: CSV, XLSX, Parquet, GeoParquet, GeoJSON, GeoPackage, KML."""

from collections.abc import Iterator

from dashboard.datasets.files.delimited import delimited
from dashboard.datasets.files.geojson import geojson
from dashboard.datasets.files.geopackage import geopackage
from dashboard.datasets.files.kml import kml
from dashboard.datasets.files.parquet import parquet
from dashboard.datasets.files.parts import MOST_ROWS, How, InputFile, Part, TableError, Tell
from dashboard.datasets.files.workbook import workbook

# Rows of one part: large enough for work by column, small enough for progress and memory.
PART = 50_000
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


def parts(file: InputFile, how: How, tell: Tell, size: int = PART) -> Iterator[Part]:
    """The rows of a file in which there is anything, part by part; raises UnclearError or TableError."""
    rows = 0
    for part in _parts(file, how, tell, size):
        rows += len(part.frame)
        if rows > MOST_ROWS:
            raise TableError(f"{file.name}: expected at most {MOST_ROWS:,} rows, found more")
        yield part.without_blank_rows()


def _parts(file: InputFile, how: How, tell: Tell, size: int) -> Iterator[Part]:
    ending = file.ending
    if ending in _PARQUET:
        return parquet(file, how, tell, size)
    if ending in _GEOJSON:
        return geojson(file, how, tell, size)
    if ending == ".gpkg":
        return geopackage(file, how, tell, size)
    if ending == ".kml":
        return kml(file, tell, size)
    if ending == ".xlsx":
        return workbook(file, how, size)
    if ending in _DELIMITED:
        return delimited(file, how, tell, size)
    raise TableError(f"{file.name}: expected one of {', '.join(ENDINGS)}")
