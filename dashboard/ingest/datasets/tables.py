"""Files as parts of tables: CSV, XLSX, Parquet, GeoParquet, GeoJSON, GeoPackage, KML.

Encoding and delimiter are recognised by what proves them, or asked for. Coordinates of geometry come
as columns `latitude` and `longitude` (EPSG:4326), its extent as `extent_m`.
"""

import csv
import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import shapely
from python_calamine import CalamineWorkbook

from dashboard.documents.decode import arabic_share
from dashboard.model.errors import DashboardError, Fault

# Rows of one part: large enough for work by column, small enough for progress and memory.
PART = 50_000
_SAMPLE_BYTES = 1_000_000
_DELIMITERS = (",", ";", "\t", "|")
_GEO = frozenset({".geojson", ".json", ".gpkg", ".kml"})
_MAX_CELL = 2_000_000
# Metres of a degree of latitude.
_DEGREE_M = 111_000
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".geoparquet", *sorted(_GEO))


# What is told of each fault.
Tell = Callable[[Fault], None]


class UnclearError(DashboardError):
    """What a file does not tell and an analyst has to: `option` names it, `choices` are its values."""

    def __init__(self, option: str, choices: Sequence[str], why: str) -> None:
        super().__init__(f"{why}; say which: {option} = {' or '.join(choices)}")
        self.option = option
        self.choices = tuple(choices)
        self.why = why


class TableError(DashboardError):
    """A file that is no table that can be read."""


@dataclass(frozen=True, slots=True)
class How:
    """What was asked for; `None` is to be recognised."""

    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows, their numbers as a spreadsheet counts, and how much of the file is read (0 to 1)."""

    frame: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    share: float


def parts(path: Path, how: How, tell: Tell, size: int = PART) -> Iterator[Part]:
    """The rows of a file, part by part; raises UnclearError or TableError."""
    ending = path.suffix.lower()
    if ending in {".parquet", ".geoparquet"}:
        return _parquet(path, size)
    if ending in _GEO:
        return _features(path, size)
    if ending == ".xlsx":
        return _workbook(path, size)
    if ending in {".csv", ".tsv", ".txt"}:
        return _delimited(path, how, tell, size)
    raise TableError(f"{path.name}: expected one of {', '.join(ENDINGS)}")


def _delimited(path: Path, how: How, tell: Tell, size: int) -> Iterator[Part]:
    encoding = how.encoding or _encoding(path)
    total = max(path.stat().st_size, 1)
    csv.field_size_limit(_MAX_CELL)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, newline="") as file:
        delimiter = how.delimiter or _delimiter(file.read(_SAMPLE_BYTES), path.name)
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        first = next(reader, None)
        if first is None:
            raise TableError(f"{path.name}: expected a table, found an empty file")
        header, number = _header(first)
        before: list[list[str]] = [] if number == 1 else [first]
        told = itertools.chain(before, _rows(reader, path.name, tell))
        while rows := list(itertools.islice(told, size)):
            numbers = np.arange(number + 1, number + 1 + len(rows), dtype=np.int64)
            number += len(rows)
            yield _part(path.name, header, rows, numbers, tell, raw.tell() / total)


def _rows(reader: Iterator[list[str]], name: str, tell: Tell) -> Iterator[list[str]]:
    """The rows that are well formed; an empty one stands for one that is not."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            tell(Fault(name, 0, "", "well-formed CSV", str(error)))
            yield []
        except UnicodeDecodeError as error:
            raise TableError(f"{name}: expected text in that encoding, found {error}") from error


# Source: GDELT 2.0 Event Database codebook, whose files have no header.
GDELT = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code")),
    *(f"Actor2{name}" for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code")),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in (
        "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip


def _header(first: list[str]) -> tuple[list[str], int]:
    """The names of the columns and the number of the row that they stand in; 0 if in none."""
    if len(first) == len(GDELT) and first[0].isdigit() and first[1].isdigit():
        return list(GDELT), 0
    return [name.strip().lstrip("\ufeff") for name in first], 1


def _part(
    name: str,
    header: list[str],
    rows: list[list[str]],
    numbers: npt.NDArray[np.int64],
    tell: Tell,
    share: float,
) -> Part:
    width = len(header)
    whole = [len(row) == width for row in rows]
    if not all(whole):
        for row, number, good in zip(rows, numbers, whole, strict=True):
            if not good and row:
                found = f"{len(row)} cells"
                tell(Fault(name, int(number), "", f"{width} cells", found))
        rows = [row for row, good in zip(rows, whole, strict=True) if good]
        numbers = numbers[np.array(whole, dtype=bool)]
    columns = zip(*rows, strict=True) if rows else [()] * width
    frame = pd.DataFrame(
        {key: np.array(cells, dtype=object) for key, cells in zip(header, columns, strict=True)}
    )
    return Part(frame, numbers, min(share, 1.0))


def _encoding(path: Path) -> str:
    """UTF-8 if all of it is, or what its mark says; other code pages look alike and are asked for."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_SAMPLE_BYTES):
                pass
    except UnicodeDecodeError:
        with path.open("rb") as raw:
            sample = raw.read(_SAMPLE_BYTES)
        arabic = arabic_share(sample.decode("windows-1256", errors="replace"))
        if arabic > 0.5:
            return "windows-1256"
        choices = ("windows-1256", "windows-1252", "iso-8859-1", "cp1254")
        raise UnclearError("encoding", choices, f"{path.name} is not UTF-8") from None
    return "utf-8-sig"


def _delimiter(sample: str, name: str) -> str:
    """The delimiter that cuts the first lines into equally many cells, more than one."""
    lines = sample.splitlines(keepends=True)[:50]
    fitting = []
    for delimiter in _DELIMITERS:
        widths = {len(row) for row in csv.reader(lines[:-1] or lines, delimiter=delimiter) if row}
        if len(widths) == 1 and min(widths) > 1:
            fitting.append((min(widths), delimiter))
    if not fitting:
        header = lines[0] if lines else ""
        fitting = [(header.count(d) + 1, d) for d in _DELIMITERS if d in header]
    best = [delimiter for width, delimiter in fitting if width == max(fitting)[0]]
    if len(best) == 1:
        return best[0]
    names = ("comma", "semicolon", "tab", "bar")
    raise UnclearError("delimiter", names, f"{name}: what stands between cells cannot be told")


def _workbook(path: Path, size: int) -> Iterator[Part]:
    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except Exception as error:  # its errors have no common base but Exception
        raise TableError(f"{path.name}: expected an Excel workbook, found {error}") from error
    if not rows:
        raise TableError(f"{path.name}: expected a table, found an empty sheet")
    header = [str(cell).strip() for cell in rows[0]]
    for start in range(1, len(rows), size):
        piece = rows[start : start + size]
        frame = pd.DataFrame(
            {
                name: np.array(cells, dtype=object)
                for name, cells in zip(header, zip(*piece, strict=True), strict=True)
            }
        )
        numbers = np.arange(start + 1, start + 1 + len(piece), dtype=np.int64)
        yield Part(frame.map(_whole), numbers, min((start + size) / len(rows), 1.0))


def _whole(cell: object) -> object:
    """A whole number without its ".0", which a spreadsheet does not show."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _parquet(path: Path, size: int) -> Iterator[Part]:
    try:
        file = pq.ParquetFile(path)
    except (OSError, ValueError) as error:
        raise TableError(f"{path.name}: expected Parquet, found {error}") from error
    geometry = b"geo" in (file.schema_arrow.metadata or {})
    total, number = max(file.metadata.num_rows, 1), 0
    for batch in file.iter_batches(batch_size=size):
        frame = batch.to_pandas()
        if geometry and "geometry" in frame:
            frame = _located(frame.drop(columns="geometry"), shapely.from_wkb(frame["geometry"]))
        numbers = np.arange(number + 1, number + 1 + len(frame), dtype=np.int64)
        number += len(frame)
        yield Part(frame, numbers, number / total)


def _features(path: Path, size: int) -> Iterator[Part]:
    try:
        total = max(int(pyogrio.read_info(path)["features"]), 1)
        for start in range(0, total, size):
            frame = pyogrio.read_dataframe(path, skip_features=start, max_features=size)
            numbers = np.arange(start + 1, start + 1 + len(frame), dtype=np.int64)
            yield Part(_points(frame), numbers, min((start + size) / total, 1.0))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise TableError(f"{path.name}: expected features, found {error}") from error


def _points(frame: pd.DataFrame) -> pd.DataFrame:
    if not isinstance(frame, gpd.GeoDataFrame):
        return frame
    if frame.crs is not None and not frame.crs.equals("EPSG:4326"):
        frame = frame.to_crs("EPSG:4326")
    return _located(
        pd.DataFrame(frame.drop(columns=frame.geometry.name)), frame.geometry.to_numpy()
    )


def _located(frame: pd.DataFrame, geometry: npt.NDArray[np.object_]) -> pd.DataFrame:
    """The rows with the point inside their geometry, and half the diagonal of its bounds."""
    points = shapely.point_on_surface(geometry)
    west, south, east, north = shapely.bounds(geometry).T
    half = np.hypot(north - south, (east - west) * np.cos(np.radians((north + south) / 2))) / 2
    return frame.assign(
        latitude=shapely.get_y(points),
        longitude=shapely.get_x(points),
        extent_m=np.nan_to_num(half) * _DEGREE_M,
    )
