"""Files as parts of tables: CSV, XLSX, Parquet, GeoParquet, GeoJSON, GeoPackage, KML."""

from collections.abc import Iterator
from pathlib import Path

from dashboard.ingest.datasets.delimited import delimited
from dashboard.ingest.datasets.geographic import features, parquet
from dashboard.ingest.datasets.kml import kml
from dashboard.ingest.datasets.parts import How, Part, TableError, Tell
from dashboard.ingest.datasets.workbook import workbook

# Rows of one part: large enough for work by column, small enough for progress and memory.
PART = 50_000
_DELIMITED = frozenset({".csv", ".tsv", ".txt"})
_PARQUET = frozenset({".parquet", ".geoparquet"})
_FEATURES = frozenset({".geojson", ".json", ".gpkg"})
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".geoparquet", *sorted(_FEATURES), ".kml")


def parts(path: Path, how: How, tell: Tell, size: int = PART) -> Iterator[Part]:
    """The rows of a file in which there is anything, part by part; raises UnclearError or TableError."""
    return (part.without_blank_rows() for part in _parts(path, how, tell, size))


def _parts(path: Path, how: How, tell: Tell, size: int) -> Iterator[Part]:
    ending = path.suffix.lower()
    if ending in _PARQUET:
        return parquet(path, how, tell, size)
    if ending in _FEATURES:
        return features(path, how, tell, size)
    if ending == ".kml":
        return kml(path, tell, size)
    if ending == ".xlsx":
        return workbook(path, how, size)
    if ending in _DELIMITED:
        return delimited(path, how, tell, size)
    raise TableError(f"{path.name}: expected one of {', '.join(ENDINGS)}")
